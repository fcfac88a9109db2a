//! From a wish and what the tenant says to a plan, or to what the applicant has to mend. Pure.

use std::collections::BTreeSet;

use forms::{Code, Issue};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::attributes::{Attribute, MAX_DISPLAY_NAME, MAX_MAIL_NICKNAME, too_long};
use crate::{
    AccountKey, AccountPlan, AccountStep, Assignment, Former, NewAccount, Plan, TenantView, UserWish,
    licences, mark,
};

/// Plans the account, or says everything that stands against it.
pub fn plan(wish: &UserWish, view: &TenantView) -> Result<Plan, Vec<Issue>> {
    let mut planner = Planner {
        wish,
        view,
        issues: Vec::new(),
    };
    let mut steps = vec![planner.create_user()];
    steps.extend(planner.manager());
    steps.extend(planner.licences());
    steps.extend(planner.groups());
    if planner.issues.is_empty() {
        let account = AccountKey::marked(&wish.user_principal_name, mark::of(&wish.application));
        Ok(Plan::Account(AccountPlan { account, steps }))
    } else {
        Err(planner.issues)
    }
}

struct Planner<'a> {
    wish: &'a UserWish,
    view: &'a TenantView,
    issues: Vec<Issue>,
}

impl Planner<'_> {
    fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }

    fn create_user(&mut self) -> AccountStep {
        self.check_name();
        let mut attributes = self.attributes();
        if let Some(location) = self.wish.usage_location.as_ref().filter(|text| !text.is_empty()) {
            attributes.insert("usageLocation".to_owned(), json!(location));
        }
        mark::put(&mut attributes, &mark::of(&self.wish.application));
        AccountStep::CreateUser(NewAccount {
            display_name: self.wish.display_name.clone(),
            mail_nickname: self.wish.mail_nickname(),
            attributes,
        })
    }

    fn check_name(&mut self) {
        let (local, domain) = self.wish.name_and_domain();
        let field = &self.wish.fields.user_principal_name;
        if local.is_empty() || self.wish.mail_nickname().is_empty() {
            self.issue(Issue::new(Code::NotUpnLocal, field));
        }
        if !self.view.domains.contains(&domain.to_lowercase()) {
            self.issue(Issue::new(Code::UnknownDomain, field).with("domain", domain));
        }
        if !self.view.holders.is_empty() {
            self.issue(Issue::new(Code::Taken, field));
        }
        self.issues
            .extend(too_long(field, &self.wish.mail_nickname(), MAX_MAIL_NICKNAME));
        if self.wish.display_name.is_empty() {
            self.issue(Issue::new(Code::Required, "displayName"));
        }
        self.issues
            .extend(too_long("displayName", &self.wish.display_name, MAX_DISPLAY_NAME));
    }

    fn attributes(&mut self) -> Map<String, Value> {
        let mut body = Map::new();
        for (name, value) in &self.wish.properties {
            let Some(attribute) = Attribute::find(name) else {
                self.issue(Issue::new(Code::UnknownField, name));
                continue;
            };
            let value = value.trim();
            self.issues.extend(attribute.issues(value));
            if !value.is_empty() {
                attribute.put(&mut body, value);
            }
        }
        body
    }

    fn manager(&mut self) -> Option<AccountStep> {
        let manager = self.wish.manager?;
        match &self.view.manager {
            Some(found) if found.enabled => Some(AccountStep::SetManager {
                manager,
                name: found.name.clone(),
                from: Former::Unsaid,
            }),
            _ => {
                self.issue(Issue::new(Code::ManagerGone, &self.wish.fields.manager));
                None
            }
        }
    }

    /// In one request, for services of one may need those of another.
    fn licences(&mut self) -> Option<AccountStep> {
        let wish = self.wish;
        let licences = wish.licences.iter();
        let give: Vec<Assignment> = licences
            .filter_map(|(sku, without)| self.licence(*sku, without))
            .collect();
        if !give.is_empty() && wish.usage_location.as_deref().unwrap_or_default().is_empty() {
            self.issue(Issue::new(Code::UsageLocationMissing, &wish.fields.licence));
        }
        licences::at_once(give, Vec::new())
    }

    fn licence(&mut self, sku: Uuid, without: &BTreeSet<Uuid>) -> Option<Assignment> {
        let (licence, field) = (self.view.licences.get(&sku), &self.wish.fields.licence);
        let given = licence.and_then(|licence| licence.assignment(sku, without));
        if given.is_none() {
            self.issue(Issue::new(Code::UnknownLicence, field));
        }
        if let Some(licence) = licence.filter(|licence| licence.free < 1 && !self.wish.held.contains(&sku)) {
            self.issue(Issue::new(Code::NoSeat, field).with("licence", licence.name.clone()));
        }
        given
    }

    fn groups(&mut self) -> Vec<AccountStep> {
        let mut steps = Vec::new();
        let field = &self.wish.fields.groups;
        for &group in &self.wish.groups {
            match self.view.groups.get(&group) {
                None => {
                    let issue = Issue::new(Code::UnknownGroup, field).with("group", group.to_string());
                    self.issue(issue);
                }
                Some(found) if !found.writable => {
                    let issue = Issue::new(Code::GroupNotWritable, field).with("group", found.name.clone());
                    self.issue(issue);
                }
                Some(found) => steps.push(AccountStep::AddToGroup {
                    group,
                    name: found.name.clone(),
                }),
            }
        }
        steps
    }
}
