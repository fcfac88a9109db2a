//! From a wish and what the tenant says to a plan, or to what the applicant has to mend. Pure.

use forms::{Code, Issue};
use serde_json::{Map, Value};

use super::{AccountView, ChangeWish, ManagerWish, SignIn, Turnover};
use crate::attributes::{Attribute, MAX_DISPLAY_NAME, too_long};
use crate::connect::covers;
use crate::{AccountKey, AccountPlan, AccountStep, Change, Licence, Plan, leaving, licences};

/// Properties that Graph does not let be empty ("user resource type").
const NEVER_EMPTY: [&str; 2] = ["displayName", "usageLocation"];

/// Plans the change, or says everything that stands against it. `view`: none if there is no such account.
pub fn plan_change(wish: &ChangeWish, view: Option<&AccountView>) -> Result<Plan, Vec<Issue>> {
    let Some(view) = view else {
        return Err(vec![Issue::new(Code::AccountGone, &wish.fields.account)]);
    };
    let mut planner = Planner {
        wish,
        view,
        issues: Vec::new(),
    };
    let steps = planner.steps();
    if planner.issues.is_empty() && steps.is_empty() {
        planner.issue(Issue::new(Code::NothingToDo, &wish.fields.account));
    }
    if planner.issues.is_empty() {
        let account = AccountKey::standing(&view.user_principal_name, wish.account);
        Ok(Plan::Account(AccountPlan { account, steps }))
    } else {
        Err(planner.issues)
    }
}

struct Planner<'a> {
    wish: &'a ChangeWish,
    view: &'a AccountView,
    issues: Vec<Issue>,
}

impl Planner<'_> {
    fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }

    /// Whoever shall be stopped is stopped first; what is given is given before something is taken away, so that
    /// nobody is without a licence meanwhile; the account itself goes last.
    fn steps(&mut self) -> Vec<AccountStep> {
        let mut steps = Vec::new();
        steps.extend(self.sign_in());
        steps.extend(self.properties());
        steps.extend(self.manager());
        steps.extend(self.leaving());
        steps.extend(self.licences());
        steps.extend(self.groups());
        if self.wish.delete {
            steps.push(AccountStep::DeleteUser {});
        }
        if self.view.synced && steps.iter().any(AccountStep::is_of_account) {
            self.issue(Issue::new(Code::SyncedFromPremises, &self.wish.fields.account));
        }
        steps
    }

    /// The mailbox is shared before its licence goes.
    fn leaving(&mut self) -> Vec<AccountStep> {
        let (Some(wish), Some(view)) = (&self.wish.leave, &self.view.leaving) else {
            return Vec::new();
        };
        let mut steps = leaving::mailbox(self.wish.account, wish, view, &mut self.issues);
        steps.extend(leaving::freed(view, &self.view.licences));
        steps
    }

    fn sign_in(&self) -> Option<AccountStep> {
        match (self.wish.sign_in?, self.view.enabled) {
            (SignIn::Blocked, true) => Some(AccountStep::BlockSignIn {}),
            (SignIn::Allowed, false) => Some(AccountStep::AllowSignIn {}),
            _ => None,
        }
    }

    fn properties(&mut self) -> Option<AccountStep> {
        let mut wanted = self.view.properties.clone();
        for (name, value) in &self.wish.properties {
            self.put(&mut wanted, name, value.trim());
        }
        let mut change = Change {
            from: Map::new(),
            to: Map::new(),
        };
        for (name, to) in wanted {
            let from = self.view.properties.get(&name);
            if !covers(&to, from) {
                change
                    .from
                    .insert(name.clone(), from.cloned().unwrap_or(Value::Null));
                change.to.insert(name, to);
            }
        }
        (!change.to.is_empty()).then_some(AccountStep::UpdateUser(change))
    }

    fn put(&mut self, wanted: &mut Map<String, Value>, name: &str, value: &str) {
        if value.is_empty() && NEVER_EMPTY.contains(&name) {
            self.issue(Issue::new(Code::Required, name));
            return;
        }
        if name == "displayName" {
            self.issues.extend(too_long(name, value, MAX_DISPLAY_NAME));
            wanted.insert(name.to_owned(), value.into());
            return;
        }
        if name == "usageLocation" {
            wanted.insert(name.to_owned(), value.into());
            return;
        }
        let Some(attribute) = Attribute::find(name) else {
            self.issue(Issue::new(Code::UnknownField, name));
            return;
        };
        self.issues.extend(attribute.issues(value));
        if value.is_empty() {
            attribute.take_away(wanted);
        } else {
            attribute.put(wanted, value);
        }
    }

    fn manager(&mut self) -> Option<AccountStep> {
        let is = self.view.manager.as_ref();
        match self.wish.manager? {
            ManagerWish::Nobody => is.map(|(_, name)| AccountStep::RemoveManager { name: name.clone() }),
            ManagerWish::Be(manager) if is.is_some_and(|(id, _)| *id == manager) => None,
            ManagerWish::Be(manager) => match &self.view.wanted_manager {
                Some(found) if found.enabled && manager != self.wish.account => {
                    Some(AccountStep::SetManager {
                        manager,
                        name: found.name.clone(),
                    })
                }
                _ => {
                    self.issue(Issue::new(Code::ManagerGone, &self.wish.fields.manager));
                    None
                }
            },
        }
    }

    fn licences(&mut self) -> Vec<AccountStep> {
        let (wish, view) = (self.wish, self.view);
        let Turnover { add, remove } = &wish.licences;
        let (mut give, mut take) = (Vec::new(), Vec::new());
        for sku in add.iter().filter(|sku| !view.licences.contains(sku)) {
            let Some(licence) = view.wanted_licences.get(sku) else {
                self.issue(Issue::new(Code::UnknownLicence, &wish.fields.add_licences));
                continue;
            };
            if licence.free < 1 {
                let issue = Issue::new(Code::NoSeat, &wish.fields.add_licences);
                self.issue(issue.with("licence", licence.name.clone()));
            }
            let (sku, name) = (*sku, licence.name.clone());
            give.push(Licence { sku, name });
        }
        if !give.is_empty() && !self.has_location() {
            self.issue(Issue::new(Code::UsageLocationMissing, &wish.fields.add_licences));
        }
        for sku in remove.difference(add) {
            let name = view.wanted_licences.get(sku).map(|licence| licence.name.clone());
            let name = name.unwrap_or_else(|| sku.to_string());
            if view.licences.contains(sku) {
                take.push(Licence { sku: *sku, name });
            } else if view.inherited_licences.contains(sku) {
                let issue = Issue::new(Code::LicenceOfGroup, &wish.fields.remove_licences);
                self.issue(issue.with("licence", name));
            }
        }
        licences::steps(give, take)
    }

    /// Where the licence will be used: given with it, or known already.
    fn has_location(&self) -> bool {
        let known = self.view.properties.get("usageLocation").and_then(Value::as_str);
        let wished = self.wish.properties.get("usageLocation").map(String::as_str);
        wished
            .or(known)
            .is_some_and(|location| !location.trim().is_empty())
    }

    fn groups(&mut self) -> Vec<AccountStep> {
        let (wish, view) = (self.wish, self.view);
        let Turnover { add, remove } = &wish.groups;
        let mut steps = Vec::new();
        for group in add.iter().filter(|group| !view.groups.contains(group)) {
            if let Some(name) = self.writable(group, &wish.fields.add_groups) {
                steps.push(AccountStep::AddToGroup { group: *group, name });
            }
        }
        for group in remove.difference(add).filter(|group| view.groups.contains(group)) {
            if let Some(name) = self.writable(group, &wish.fields.remove_groups) {
                steps.push(AccountStep::RemoveFromGroup { group: *group, name });
            }
        }
        steps
    }

    /// The name of a group whose members may be written.
    fn writable(&mut self, group: &uuid::Uuid, field: &str) -> Option<String> {
        match self.view.wanted_groups.get(group) {
            None => {
                self.issue(Issue::new(Code::UnknownGroup, field).with("group", group.to_string()));
                None
            }
            Some(found) if !found.writable => {
                self.issue(Issue::new(Code::GroupNotWritable, field).with("group", found.name.clone()));
                None
            }
            Some(found) => Some(found.name.clone()),
        }
    }
}
