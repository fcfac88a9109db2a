//! What may be tried once everything is approved: by those who work by hand, by administrators and by the service.

use crate::acts_of_people::{rarely, reason};
use crate::acts_of_service::plan_for;
use crate::any_try::{Acts, Moment, plan_step};
use crate::fixture::marks;
use crate::states::a_file;
use serde_json::json;
use workflow::application::{RowBegun, RowEnd, RowEnded};
use workflow::{Command, PersonId, PlanStepId};

pub(crate) const OF_EXECUTION: Acts = &[
    (1, |now, by, which| work(now, by, which)),
    (5, |now, by, which| work(now, now.asked(by, which), which)),
    (2, |now, by, which| {
        vec![Command::DeclineWork {
            by: now.asked(by, which),
            token: now.token(which),
            reason: reason(),
            marks: marks(),
        }]
    }),
    (1, |_, _, _| vec![Command::MissWorkers]),
    (2, |_, by, _| vec![Command::Retry { by }]),
    (2, skip),
    (2, |_, by, _| {
        let reason = reason();
        vec![Command::Compensate { by, reason }]
    }),
    (1, |_, by, which| {
        let reason = reason();
        rarely(which % 2, Command::AcceptAsIs { by, reason })
    }),
    (1, |_, by, which| {
        let reason = reason();
        rarely(which % 6, Command::Cancel { by, reason })
    }),
    (1, |_, by, _| {
        let reason = reason();
        vec![Command::AllowDeletions { by, reason }]
    }),
    (1, |_, by, _| vec![Command::ShowPassword { to: by }]),
    (1, |_, _, which| {
        let why = "why".to_owned();
        rarely(which % 2, Command::Park { why })
    }),
    (4, |_, _, _| vec![Command::StartExecution]),
    (1, |_, _, which| rarely(which % 3, crate::deletions::hold())),
    (1, |_, _, which| {
        let plan = plan_for(which / 3);
        rarely(which % 3, Command::PlanChanged { plan })
    }),
    (1, |_, _, which| {
        vec![Command::BeginStep {
            step: plan_step(which),
            before: json!({}),
        }]
    }),
    (3, |_, _, which| {
        vec![Command::FinishStep {
            step: plan_step(which),
            receipt: json!({}),
        }]
    }),
    (1, |_, _, which| {
        let begun = |row| RowBegun {
            row,
            before: json!({}),
        };
        let rows = rows(which).map(begun).collect();
        vec![Command::BeginRows { rows }]
    }),
    (2, |_, _, which| {
        let rows = ended(which).collect();
        vec![Command::EndRows { rows }]
    }),
    (2, |_, _, which| {
        vec![Command::FinishCompensation {
            step: plan_step(which),
            receipt: json!({}),
        }]
    }),
    (1, |_, _, which| {
        let rows = ended(which).collect();
        vec![Command::EndRowCompensations { rows }]
    }),
];

fn work(now: &Moment, by: PersonId, which: usize) -> Vec<Command> {
    vec![Command::FinishWork {
        by,
        token: now.token(which),
        result: reason(),
        proof: vec![a_file()],
        marks: marks(),
    }]
}

/// A step of the plan, or of work that was declined.
fn skip(now: &Moment, by: PersonId, which: usize) -> Vec<Command> {
    let step = if which.is_multiple_of(3) {
        PlanStepId::new(now.step(which / 3).as_str())
    } else {
        plan_step(which)
    };
    let reason = reason();
    vec![Command::Skip { by, step, reason }]
}

/// One row or both.
fn rows(which: usize) -> impl Iterator<Item = PlanStepId> {
    let both = (which + 1).is_multiple_of(3).then(|| plan_step(which + 1));
    [plan_step(which)].into_iter().chain(both)
}

/// Some of them fail.
fn ended(which: usize) -> impl Iterator<Item = RowEnded> {
    rows(which).map(move |row| RowEnded {
        row,
        end: if which % 4 == 3 {
            RowEnd::Failed {
                why: "taken".to_owned(),
            }
        } else {
            RowEnd::Done { receipt: json!({}) }
        },
    })
}
