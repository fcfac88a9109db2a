//! What people call the workflows, steps and people of a report, by our own copies.

use std::collections::{BTreeMap, BTreeSet};

use forms::Label;
use store::transaction;
use workflow::report::Report;
use workflow::{Definition, PersonId, StepKey, WorkflowKey};

use super::ReportError;
use crate::jobs::JobError;
use crate::people;
use crate::service::Service;

#[derive(Default)]
pub(super) struct Names {
    workflows: BTreeMap<WorkflowKey, Label>,
    steps: BTreeMap<(WorkflowKey, StepKey), Label>,
    people: BTreeMap<PersonId, String>,
}

impl Names {
    pub(super) async fn of(service: &Service, report: &Report) -> Result<Self, ReportError> {
        let late = report.late.iter().flat_map(|late| &late.people);
        let people: BTreeSet<_> = report
            .people
            .iter()
            .map(|load| &load.person)
            .chain(late)
            .collect();
        let names: Result<Self, JobError> = transaction!(service.store.read(&service.tenant), tx => {
            let mut names = Self::default();
            for pinned in tx.pinned_definitions().await? {
                names.define(&pinned.body);
            }
            for person in &people {
                if let Some(name) = people::name_of(tx, person).await? {
                    names.people.insert((*person).clone(), name);
                }
            }
            Ok(names)
        });
        Ok(names?)
    }

    /// Newer definitions come later. One that cannot be read any more leaves its keys for names.
    fn define(&mut self, body: &str) {
        let Ok(definition) = Definition::parse(body) else {
            return;
        };
        for step in definition.steps {
            let key = (definition.key.clone(), step.key);
            self.steps.insert(key, step.title);
        }
        self.workflows.insert(definition.key, definition.title);
    }

    pub(super) fn workflow(&self, key: &WorkflowKey) -> Label {
        let found = self.workflows.get(key).cloned();
        found.unwrap_or_else(|| both(key.as_str()))
    }

    pub(super) fn step(&self, workflow: &WorkflowKey, step: &StepKey) -> Label {
        let found = self.steps.get(&(workflow.clone(), step.clone())).cloned();
        found.unwrap_or_else(|| both(step.as_str()))
    }

    pub(super) fn person(&self, id: &PersonId) -> String {
        let found = self.people.get(id).cloned();
        found.unwrap_or_else(|| id.to_string())
    }
}

fn both(key: &str) -> Label {
    Label {
        ja: key.to_owned(),
        en: key.to_owned(),
    }
}
