//! 経路点検: where a running route is no longer what today's organisation would give.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::definition::Definition;
use crate::ids::{PersonId, StepKey};
use crate::route::{Request, Route, RouteError, resolve_rest};

/// A step whose people have changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Drift {
    pub step: StepKey,
    /// Asked by the route, and not any more by the organisation.
    pub former: BTreeSet<PersonId>,
    /// Whom the organisation would ask instead or too.
    pub successors: BTreeSet<PersonId>,
}

/// The steps from `from` on whose people differ; a step that the way would no longer take loses all its people.
pub fn drift(
    definition: &Definition,
    request: &Request,
    route: &Route,
    from: usize,
) -> Result<Vec<Drift>, RouteError> {
    let now = resolve_rest(definition, request, route, from)?;
    let mut drifts = Vec::new();
    for step in route.steps.iter().skip(from) {
        let people = now
            .step(&step.key)
            .map(|step| step.assignees.clone())
            .unwrap_or_default();
        let former: BTreeSet<_> = step.assignees.difference(&people).cloned().collect();
        let successors: BTreeSet<_> = people.difference(&step.assignees).cloned().collect();
        if !former.is_empty() || !successors.is_empty() {
            let step = step.key.clone();
            drifts.push(Drift {
                step,
                former,
                successors,
            });
        }
    }
    Ok(drifts)
}
