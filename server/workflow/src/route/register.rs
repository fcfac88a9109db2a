//! 代理設定: who may decide in whose place, and when.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{PersonId, WorkflowKey};

/// All delegations that were registered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Register {
    pub delegations: Vec<Delegation>,
}

/// One person lets another decide for him, for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Delegation {
    pub of: PersonId,
    pub to: PersonId,
    pub from: Timestamp,
    /// From here on no more; none: until it is ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Only in these; none: in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workflows: Option<BTreeSet<WorkflowKey>>,
}

impl Delegation {
    fn holds(&self, workflow: &WorkflowKey, now: Timestamp) -> bool {
        let covers = |workflows: &BTreeSet<WorkflowKey>| workflows.contains(workflow);
        self.from <= now
            && self.until.is_none_or(|until| now < until)
            && self.workflows.as_ref().is_none_or(covers)
            && self.of != self.to
    }
}

impl Register {
    /// The deputies of these people now. A deputy's own deputies are not among them: there is no chain.
    pub fn deputies<'a>(
        &self,
        people: impl IntoIterator<Item = &'a PersonId>,
        workflow: &WorkflowKey,
        now: Timestamp,
    ) -> BTreeMap<PersonId, BTreeSet<PersonId>> {
        let wanted: BTreeSet<&PersonId> = people.into_iter().collect();
        let mut deputies: BTreeMap<PersonId, BTreeSet<PersonId>> = BTreeMap::new();
        let holding = self.delegations.iter().filter(|one| one.holds(workflow, now));
        for one in holding.filter(|one| wanted.contains(&one.of)) {
            deputies.entry(one.of.clone()).or_default().insert(one.to.clone());
        }
        deputies
    }

    /// When a period begins or ends next.
    pub fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        self.turns().filter(|moment| *moment > now).min()
    }

    /// When a period began or ended last.
    pub fn last_change(&self, now: Timestamp) -> Option<Timestamp> {
        self.turns().filter(|moment| *moment <= now).max()
    }

    fn turns(&self) -> impl Iterator<Item = Timestamp> {
        let ends = self.delegations.iter().filter_map(|one| one.until);
        self.delegations.iter().map(|one| one.from).chain(ends)
    }
}
