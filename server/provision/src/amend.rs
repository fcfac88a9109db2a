//! 変更: from what an account was planned to be to what it shall be now. Pure.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{AccountPlan, AccountStep, Assignment, Change, Former, Licence, NewAccount, licences};

/// Everything that plans gave an account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    attributes: Map<String, Value>,
    manager: Option<(Uuid, String)>,
    licences: BTreeMap<Uuid, Assignment>,
    groups: BTreeMap<Uuid, String>,
}

impl Given {
    /// By plans that were carried out one after the other, the oldest first.
    pub fn by<'a>(plans: impl IntoIterator<Item = &'a AccountPlan>) -> Self {
        let mut given = Self::default();
        for step in plans.into_iter().flat_map(|plan| &plan.steps) {
            given.take(step);
        }
        given
    }

    /// The licences that it has a seat of.
    pub fn licences(&self) -> BTreeSet<Uuid> {
        self.licences.keys().copied().collect()
    }

    fn take(&mut self, step: &AccountStep) {
        match step {
            AccountStep::CreateUser(new) => self.attributes = attributes(new),
            AccountStep::UpdateUser(change) => self.attributes.extend(change.to.clone()),
            AccountStep::SetManager { manager, name, .. } => self.manager = Some((*manager, name.clone())),
            AccountStep::RemoveManager { .. } => self.manager = None,
            AccountStep::AssignLicence(_)
            | AccountStep::ChangeLicences { .. }
            | AccountStep::RemoveLicence(_) => self.turn_over(step.licences()),
            AccountStep::AddToGroup { group, name } => {
                self.groups.insert(*group, name.clone());
            }
            AccountStep::RemoveFromGroup { group, .. } => {
                self.groups.remove(group);
            }
            AccountStep::DeleteUser {} => *self = Self::default(),
            AccountStep::RestoreUser {}
            | AccountStep::BlockSignIn {}
            | AccountStep::AllowSignIn {}
            | AccountStep::ResetPassword { .. }
            | AccountStep::ShareMailbox {}
            | AccountStep::UnshareMailbox {}
            | AccountStep::SetForwarding { .. }
            | AccountStep::OpenMailbox { .. }
            | AccountStep::CloseMailbox { .. }
            | AccountStep::AddToList { .. }
            | AccountStep::RemoveFromList { .. } => {}
        }
    }

    fn turn_over(&mut self, (give, take): (&[Assignment], &[Licence])) {
        self.licences
            .retain(|sku, _| take.iter().all(|one| one.sku != *sku));
        let given = give.iter().map(|one| Assignment {
            from: None,
            ..one.clone()
        });
        self.licences.extend(given.map(|one| (one.sku, one)));
    }

    /// Gives first and takes away after, so that nobody is without a licence meanwhile.
    pub fn steps_to(&self, wanted: &Self) -> Vec<AccountStep> {
        let mut steps = self.account_to(wanted);
        steps.extend(self.licences_to(wanted));
        let new = wanted
            .groups
            .iter()
            .filter(|(group, _)| !self.groups.contains_key(group));
        steps.extend(new.map(|(group, name)| AccountStep::AddToGroup {
            group: *group,
            name: name.clone(),
        }));
        let old = self
            .groups
            .iter()
            .filter(|(group, _)| !wanted.groups.contains_key(group));
        steps.extend(old.map(|(group, name)| AccountStep::RemoveFromGroup {
            group: *group,
            name: name.clone(),
        }));
        steps
    }

    fn licences_to(&self, wanted: &Self) -> Vec<AccountStep> {
        let give = wanted.licences.values().filter_map(|one| {
            let from = self.licences.get(&one.sku).map(|was| was.without.clone());
            let is_so = from.as_ref().map(licences::ids) == Some(licences::ids(&one.without));
            (!is_so).then(|| Assignment { from, ..one.clone() })
        });
        let own = self.licences.values();
        let take = own.filter(|one| !wanted.licences.contains_key(&one.sku));
        licences::steps(give.collect(), take.map(Assignment::licence).collect())
    }

    fn account_to(&self, wanted: &Self) -> Vec<AccountStep> {
        let names = self.attributes.keys().chain(wanted.attributes.keys());
        let mut change = Change {
            from: Map::new(),
            to: Map::new(),
        };
        for name in names {
            let [from, to] = [self, wanted].map(|one| one.attributes.get(name).cloned().unwrap_or_default());
            if from != to {
                change.from.insert(name.clone(), from);
                change.to.insert(name.clone(), to);
            }
        }
        let mut steps = Vec::new();
        steps.extend((!change.to.is_empty()).then_some(AccountStep::UpdateUser(change)));
        let id = |manager: &Option<(Uuid, String)>| manager.as_ref().map(|(id, _)| *id);
        match (&self.manager, &wanted.manager) {
            (was, now) if id(was) == id(now) => {}
            (_, Some((manager, name))) => steps.push(AccountStep::SetManager {
                manager: *manager,
                name: name.clone(),
                from: Former::of(self.manager.as_ref()),
            }),
            (Some((manager, name)), None) => steps.push(AccountStep::RemoveManager {
                manager: Some(*manager),
                name: name.clone(),
            }),
            (None, None) => {}
        }
        steps
    }
}

fn attributes(new: &NewAccount) -> Map<String, Value> {
    let mut attributes = new.attributes.clone();
    attributes.insert("displayName".to_owned(), new.display_name.clone().into());
    attributes.insert("mailNickname".to_owned(), new.mail_nickname.clone().into());
    attributes
}
