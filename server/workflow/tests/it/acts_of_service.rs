//! What time and the service may try beside the execution.

use crate::acts_of_people::rarely;
use crate::any_definition::company;
use crate::any_try::{Acts, Moment, form};
use crate::fixture::{DAY, at, person, plan, route_of};
use serde_json::json;
use workflow::application::due_actions;
use workflow::{ApplicationId, Command, Definition, Plan};

pub(crate) const OF_SERVICE: Acts = &[
    (4, |now, _, _| {
        due_actions(now.story.now(), now.story.terms(), at(now.story.clock))
    }),
    (4, |now, _, _| {
        let asking = now.story.now().asking().map_or(1, |asking| asking.number);
        let absent = true;
        vec![Command::OfferPullUp { asking, absent }]
    }),
    (2, |now, _, which| {
        vec![taken_in(&now.story.definition, plan_for(which))]
    }),
    (1, |_, _, _| vec![Command::Return { issues: Vec::new() }]),
    (1, |_, _, which| {
        let number = format!("USR-2027-{which:05}");
        vec![Command::Number { number }]
    }),
    (1, |_, _, which| {
        let why = "why".to_owned();
        rarely(which % 4, Command::Park { why })
    }),
    (1, |_, _, _| vec![Command::Resume]),
    (1, move_expiry),
    (1, |_, by, _| {
        let reason = "stale_step".to_owned();
        vec![Command::TurnDown { by, reason }]
    }),
];

fn move_expiry(now: &Moment, _: workflow::PersonId, which: usize) -> Vec<Command> {
    let days = i64::try_from(which).unwrap();
    let later = at(now.story.clock + days * DAY);
    vec![Command::MoveExpiry {
        by: ApplicationId::new("a-2"),
        number: "USR-2027-00002".to_owned(),
        at: (!which.is_multiple_of(3)).then_some(later),
    }]
}

/// Mostly there is something to be done.
pub(crate) fn plan_for(which: usize) -> Plan {
    if which == 0 {
        return Plan::seal(Vec::new(), json!({ "creates": "nothing" }));
    }
    plan("hanako")
}

/// What the service does with a submission: where the route ends at nobody it goes back.
pub(crate) fn taken_in(definition: &Definition, plan: Plan) -> Command {
    match route_of(
        definition,
        (person("applicant").as_str(), &company()),
        &form(None),
        &[],
    ) {
        Ok(route) => Command::Accept { plan, route },
        Err(_) => Command::Return { issues: Vec::new() },
    }
}
