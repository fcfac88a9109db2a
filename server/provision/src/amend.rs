//! 変更: from what an account was planned to be to what it shall be now. Pure.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{AccountPlan, AccountStep, Change, Licence, NewAccount, licences};

/// Everything that plans gave an account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    attributes: Map<String, Value>,
    manager: Option<(Uuid, String)>,
    licences: BTreeMap<Uuid, String>,
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

    pub fn has_licence(&self, sku: Uuid) -> bool {
        self.licences.contains_key(&sku)
    }

    fn take(&mut self, step: &AccountStep) {
        match step {
            AccountStep::CreateUser(new) => self.attributes = attributes(new),
            AccountStep::UpdateUser(change) => self.attributes.extend(change.to.clone()),
            AccountStep::SetManager { manager, name } => self.manager = Some((*manager, name.clone())),
            AccountStep::RemoveManager { .. } => self.manager = None,
            AccountStep::AssignLicence { sku, name } => {
                self.licences.insert(*sku, name.clone());
            }
            AccountStep::RemoveLicence { sku, .. } => {
                self.licences.remove(sku);
            }
            AccountStep::ChangeLicences { give, take } => {
                self.licences
                    .retain(|sku, _| take.iter().all(|one| one.sku != *sku));
                let given = give.iter().map(|one| (one.sku, one.name.clone()));
                self.licences.extend(given);
            }
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
            | AccountStep::ShareMailbox {}
            | AccountStep::UnshareMailbox {}
            | AccountStep::SetForwarding { .. }
            | AccountStep::OpenMailbox { .. }
            | AccountStep::CloseMailbox { .. }
            | AccountStep::AddToList { .. }
            | AccountStep::RemoveFromList { .. } => {}
        }
    }

    /// Gives first and takes away after, so that nobody is without a licence meanwhile.
    pub fn steps_to(&self, wanted: &Self) -> Vec<AccountStep> {
        let mut steps = self.account_to(wanted);
        steps.extend(licences::steps(
            wanted.licences_beyond(self),
            self.licences_beyond(wanted),
        ));
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

    fn licences_beyond(&self, other: &Self) -> Vec<Licence> {
        let own = self.licences.iter().filter(|(sku, _)| !other.has_licence(**sku));
        let own = own.map(|(sku, name)| Licence {
            sku: *sku,
            name: name.clone(),
        });
        own.collect()
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
            }),
            (Some((_, name)), None) => steps.push(AccountStep::RemoveManager { name: name.clone() }),
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
