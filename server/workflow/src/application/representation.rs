//! 代理: when the deputies of an application are no longer those of the register.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::application::{Application, Asking, Command, Notice};
use crate::definition::Definition;
use crate::ids::PersonId;
use crate::route::{Register, Route};

/// The command that makes the application's deputies those of the register; none if they are.
///
/// To be asked when a route is accepted or changed, when the register changes, and at [`Register::next_change`].
pub fn represent(
    application: &Application,
    definition: &Definition,
    register: &Register,
    now: Timestamp,
) -> Option<Command> {
    if application.is_closed() && application.represented.is_empty() {
        return None;
    }
    let deputies = if definition.deputies {
        of_register(application, register, now)
    } else {
        BTreeMap::new()
    };
    (deputies != application.represented).then_some(Command::Represent { deputies })
}

fn of_register(
    application: &Application,
    register: &Register,
    now: Timestamp,
) -> BTreeMap<PersonId, BTreeSet<PersonId>> {
    let mut deputies = register.deputies(involved(application), &application.workflow, now);
    // Nobody decides on his own application, not for another either.
    for of in deputies.values_mut() {
        of.remove(&application.applicant);
    }
    deputies.retain(|_, of| !of.is_empty());
    deputies
}

/// Everyone who is asked, or may still be.
fn involved(application: &Application) -> BTreeSet<&PersonId> {
    let steps = application.route().into_iter().flat_map(|route| &route.steps);
    let named = steps.flat_map(|step| step.assignees.iter().chain(&step.escalation));
    let asked = application.asking().into_iter().flat_map(Asking::people);
    let shown = application.notices.iter().flat_map(Notice::open);
    named.chain(asked).chain(shown).collect()
}

impl Application {
    /// The route, while there is one.
    pub fn route(&self) -> Option<&Route> {
        self.case().map(|case| &case.route)
    }
}
