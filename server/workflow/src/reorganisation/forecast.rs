//! 人事異動シミュレーション: which running applications would get stuck under another organisation, whose route would
//! change, and who would have how much to decide.

use std::collections::{BTreeMap, BTreeSet};

use forms::Date;
use serde::Serialize;

use crate::application::{Application, InApproval, ItemState, attendance};
use crate::definition::Definition;
use crate::ids::{PersonId, StepKey, WorkflowKey};
use crate::route::{Drift, Organisation, Request, RouteError, drift};

/// One application that waits for approval.
#[derive(Debug, Clone, Copy)]
pub struct Running<'a> {
    pub application: &'a Application,
    pub definition: &'a Definition,
    /// What its plan counts.
    pub plan: &'a BTreeMap<String, u64>,
    /// The organisation as this application would meet it.
    pub organisation: &'a Organisation,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Forecast {
    pub outlooks: Vec<Outlook>,
    /// Open items of each person: as it is, and if each step asked whom the new organisation names.
    pub loads: BTreeMap<PersonId, Load>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outlook {
    pub number: String,
    pub workflow: WorkflowKey,
    /// The step that stands.
    pub step: StepKey,
    pub fate: Fate,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "fate", rename_all = "camelCase")]
pub enum Fate {
    /// The same people are asked.
    Same,
    /// It goes on with the people of its frozen route; others would be asked today.
    Changes { drifts: Vec<Drift> },
    /// It does not go on unless somebody hands it over or changes the route.
    Stuck { why: Stuck, drifts: Vec<Drift> },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "why", rename_all = "camelCase")]
pub enum Stuck {
    /// Too few of those asked at the step that stands are there.
    AskedHaveLeft { gone: BTreeSet<PersonId> },
    /// Of those who are asked at a later step nobody is there.
    LaterHaveLeft { step: StepKey, gone: BTreeSet<PersonId> },
    /// The new organisation has no route for it.
    NoRoute { step: StepKey, problem: String },
}

impl Fate {
    /// Steps that would ask others.
    pub fn drifts(&self) -> &[Drift] {
        match self {
            Self::Same => &[],
            Self::Changes { drifts } | Self::Stuck { drifts, .. } => drifts,
        }
    }

    /// Those who would be asked and are not there.
    pub fn gone(&self) -> impl Iterator<Item = &PersonId> {
        let gone = match self {
            Self::Stuck {
                why: Stuck::AskedHaveLeft { gone } | Stuck::LaterHaveLeft { gone, .. },
                ..
            } => Some(gone),
            _ => None,
        };
        gone.into_iter().flatten()
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Load {
    pub now: u32,
    pub then: u32,
}

/// `base`: the day whose posts count.
pub fn forecast<'a>(running: impl IntoIterator<Item = Running<'a>>, base: Date) -> Forecast {
    let mut forecast = Forecast::default();
    for one in running {
        let Some(review) = one.application.review() else {
            continue;
        };
        let drifted = one.drifts(review, base);
        forecast.count(review, drifted.as_deref().unwrap_or_default());
        forecast.outlooks.push(Outlook {
            number: one.application.number.clone(),
            workflow: one.application.workflow.clone(),
            step: review.asking.step.clone(),
            fate: one.fate(review, drifted),
        });
    }
    forecast
}

impl Running<'_> {
    fn drifts(&self, review: &InApproval, base: Date) -> Result<Vec<Drift>, RouteError> {
        let request = Request {
            applicant: &self.application.applicant,
            unit: self.definition.unit(&review.case.payload.values),
            values: &review.case.payload.values,
            plan: self.plan,
            base,
            organisation: self.organisation,
        };
        let from = review.case.route.position(&review.asking.step).unwrap_or(0);
        drift(self.definition, &request, &review.case.route, from)
    }

    fn fate(&self, review: &InApproval, drifted: Result<Vec<Drift>, RouteError>) -> Fate {
        let (drifts, no_route) = match drifted {
            Ok(drifts) => (drifts, None),
            Err(error) => (
                Vec::new(),
                Some(Stuck::NoRoute {
                    step: error.step,
                    problem: error.problem.to_string(),
                }),
            ),
        };
        match self.frozen(review).or(no_route) {
            Some(why) => Fate::Stuck { why, drifts },
            None if drifts.is_empty() => Fate::Same,
            None => Fate::Changes { drifts },
        }
    }

    /// Where the route as it is frozen comes to nobody.
    fn frozen(&self, review: &InApproval) -> Option<Stuck> {
        let gone: BTreeSet<_> = review
            .asking
            .pending()
            .filter(|person| self.is_gone(person))
            .cloned()
            .collect();
        if attendance(self.application, self.definition, &gone).is_some() {
            return Some(Stuck::AskedHaveLeft { gone });
        }
        let at = review.case.route.position(&review.asking.step).unwrap_or(0);
        let later = review
            .case
            .route
            .steps
            .iter()
            .skip(at + 1)
            .filter(|step| step.is_asked());
        let mut empty = later.filter(|step| step.assignees.iter().all(|person| self.is_gone(person)));
        empty.next().map(|step| Stuck::LaterHaveLeft {
            step: step.key.clone(),
            gone: step.assignees.clone(),
        })
    }

    fn is_gone(&self, person: &PersonId) -> bool {
        !self.organisation.is_enabled(person)
    }
}

impl Forecast {
    fn count(&mut self, review: &InApproval, drifts: &[Drift]) {
        let asking = &review.asking;
        let mut then: BTreeSet<&PersonId> = asking.pending().collect();
        for person in &then {
            self.loads.entry((*person).clone()).or_default().now += 1;
        }
        if let Some(drift) = drifts.iter().find(|drift| drift.step == asking.step) {
            then.retain(|person| !drift.former.contains(*person));
            let has_decided = |person: &&PersonId| {
                let item = asking.item(person);
                item.is_some_and(|item| matches!(item.state, ItemState::Done { .. }))
            };
            then.extend(drift.successors.iter().filter(|person| !has_decided(person)));
        }
        for person in then {
            self.loads.entry(person.clone()).or_default().then += 1;
        }
    }
}
