//! From a wish and what the tenant says to a plan, or to what the applicant has to mend. Pure.

use std::collections::BTreeSet;

use forms::{Code, Issue};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{AccountView, ChangeWish, LicenceTurnover, ManagerWish, SignIn, Turnover};
use crate::attributes::{Attribute, MAX_DISPLAY_NAME, too_long};
use crate::connect::covers;
use crate::{
    AccountKey, AccountPlan, AccountStep, Assignment, Change, Former, Licence, Plan, leaving, licences,
};

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
    let is_by_hand = view.synced && is_touched(wish, &steps);
    if planner.issues.is_empty() && steps.is_empty() {
        planner.issue(Issue::new(Code::NothingToDo, &wish.fields.account));
    }
    if planner.issues.is_empty() {
        let account = AccountKey::standing(&view.user_principal_name, wish.account);
        let plan = Plan::Account(AccountPlan { account, steps });
        Ok(if is_by_hand {
            plan.with_work_by_hand()
        } else {
            plan
        })
    } else {
        Err(planner.issues)
    }
}

/// Whether the account itself shall change.
fn is_touched(wish: &ChangeWish, steps: &[AccountStep]) -> bool {
    wish.reset_password || steps.iter().any(AccountStep::is_of_account)
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
        steps.extend(self.reset_password());
        steps.extend(self.properties());
        steps.extend(self.manager());
        steps.extend(self.leaving());
        steps.extend(self.licences());
        steps.extend(self.groups());
        if self.wish.delete {
            steps.push(AccountStep::DeleteUser {});
        }
        if self.view.synced && !self.wish.by_hand && is_touched(self.wish, &steps) {
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

    /// The manager is shown the password, as with a new account: whoever asks for a colleague must not get into the
    /// colleague's account.
    fn reset_password(&mut self) -> Option<AccountStep> {
        if !self.wish.reset_password {
            return None;
        }
        if self.view.guest {
            self.issue(Issue::new(Code::GuestAccount, &self.wish.fields.account));
        }
        let step = self
            .view
            .receiver
            .as_ref()
            .map(|(to, name)| AccountStep::ResetPassword {
                to: *to,
                name: name.clone(),
            });
        if step.is_none() {
            self.issue(Issue::new(Code::ManagerGone, &self.wish.fields.account));
        }
        step
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
            ManagerWish::Nobody => is.map(|(id, name)| AccountStep::RemoveManager {
                manager: Some(*id),
                name: name.clone(),
            }),
            ManagerWish::Be(manager) if is.is_some_and(|(id, _)| *id == manager) => None,
            ManagerWish::Be(manager) => match &self.view.wanted_manager {
                Some(found) if found.enabled && manager != self.wish.account => {
                    Some(AccountStep::SetManager {
                        manager,
                        name: found.name.clone(),
                        from: Former::of(is),
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
        let wish = self.wish;
        let wanted = wish.licences.add.iter();
        let give: Vec<Assignment> = wanted
            .filter_map(|(sku, without)| self.given(*sku, without))
            .collect();
        if !give.is_empty() && !self.has_location() {
            self.issue(Issue::new(Code::UsageLocationMissing, &wish.fields.add_licences));
        }
        let take = self.taken();
        if let ([one], true) = (give.as_slice(), take.is_empty()) {
            let mut failed = self.view.failed_licences.iter();
            let failed = failed.find_map(|failed| failed.issue(one, &wish.fields.add_licences));
            self.issues.extend(failed);
        }
        licences::steps(give, take)
    }

    /// None: it is held like this already, or cannot be given.
    fn given(&mut self, sku: Uuid, without: &BTreeSet<Uuid>) -> Option<Assignment> {
        let (view, field) = (self.view, &self.wish.fields.add_licences);
        let held = view.licences.get(&sku);
        if held == Some(without) {
            return None;
        }
        let licence = view.wanted_licences.get(&sku);
        let Some((licence, given)) = licence.and_then(|one| Some((one, one.assignment(sku, without)?)))
        else {
            self.issue(Issue::new(Code::UnknownLicence, field));
            return None;
        };
        if held.is_none() && licence.free < 1 {
            self.issue(Issue::new(Code::NoSeat, field).with("licence", licence.name.clone()));
        }
        Some(Assignment {
            from: held.map(|off| licence.named(off)),
            ..given
        })
    }

    fn taken(&mut self) -> Vec<Licence> {
        let (wish, view) = (self.wish, self.view);
        let mut take = Vec::new();
        let LicenceTurnover { add, remove } = &wish.licences;
        for &sku in remove.iter().filter(|sku| !add.contains_key(sku)) {
            let licence = view.wanted_licences.get(&sku);
            let name = licence.map_or_else(|| sku.to_string(), |licence| licence.name.clone());
            if view.licences.contains_key(&sku) {
                take.push(Licence { sku, name });
            } else if view.inherited_licences.contains(&sku) {
                let issue = Issue::new(Code::LicenceOfGroup, &wish.fields.remove_licences);
                self.issue(issue.with("licence", name));
            }
        }
        take
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
    fn writable(&mut self, group: &Uuid, field: &str) -> Option<String> {
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
