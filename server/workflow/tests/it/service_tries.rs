//! What the service, its clock and administrators try, at random.

use crate::fixture::{DAY, at, marks, person, plan, source};
use crate::tries::{Run, a_file, answered, taken_in};
use serde_json::json;
use workflow::application::{RowBegun, RowEnd, RowEnded, due_actions};
use workflow::{ApplicationId, Command, PersonId, PlanStepId};

impl Run {
    pub(crate) fn by_service(&self, (kind, which): (u8, usize), by: PersonId) -> Vec<Command> {
        let step = PlanStepId::new(["user", "licence"][which % 2]);
        let (reason, receipt) = ("理由".to_owned(), json!({}));
        match kind {
            43..=45 => due_actions(self.story.now(), self.story.terms(), at(self.story.clock)),
            46 | 47 => {
                let round = self.story.now().round() + 1;
                vec![again(round)]
            }
            48 | 49 => vec![taken_in(&self.story.definition)],
            50..=52 => vec![Command::StartExecution],
            53..=56 => vec![Command::FinishStep { step, receipt }],
            57 => vec![Command::BeginStep {
                step,
                before: receipt,
            }],
            58 => vec![Command::Park {
                why: "why".to_owned(),
            }],
            59 => vec![Command::Retry { by }],
            60 => vec![Command::Skip { by, step, reason }],
            61 => vec![Command::Compensate { by, reason }],
            62 => vec![Command::FinishCompensation { step, receipt }],
            63 if which < 6 => vec![Command::AcceptAsIs { by, reason }],
            64 => vec![Command::PlanChanged {
                plan: plan("changed"),
            }],
            65 => vec![Command::Return { issues: Vec::new() }],
            66 => vec![Command::Resume],
            71 => vec![number(which)],
            76..=81 => self.of_rows_and_ends((kind, which), by),
            72 => vec![Command::MissWorkers],
            73 => vec![Command::DeclineWork {
                by,
                token: self.token(which),
                reason,
                marks: marks(),
            }],
            _ => {
                let proof = vec![a_file()];
                let token = self.token(which);
                vec![Command::FinishWork {
                    by,
                    token,
                    result: reason,
                    proof,
                    marks: marks(),
                }]
            }
        }
    }

    fn of_rows_and_ends(&self, (kind, which): (u8, usize), by: PersonId) -> Vec<Command> {
        let step = PlanStepId::new(["user", "licence"][which % 2]);
        match kind {
            76 | 77 => vec![Command::BeginRows {
                rows: vec![RowBegun {
                    row: step,
                    before: json!({}),
                }],
            }],
            78 => vec![Command::EndRows {
                rows: vec![ended(step, which)],
            }],
            79 => vec![Command::EndRowCompensations {
                rows: vec![ended(step, which)],
            }],
            80 => vec![Command::MoveExpiry {
                by: ApplicationId::new("a-2"),
                number: "USR-2027-00002".to_owned(),
                at: (which > 0).then(|| at(self.story.clock + 30 * DAY)),
            }],
            _ => vec![Command::ShowPassword { to: by }],
        }
    }
}

fn again(round: u32) -> Command {
    Command::Resubmit {
        by: person("applicant"),
        source: source(round),
        values: answered(),
    }
}

fn ended(row: PlanStepId, which: usize) -> RowEnded {
    let end = if which.is_multiple_of(3) {
        RowEnd::Failed {
            why: "why".to_owned(),
        }
    } else {
        RowEnd::Done { receipt: json!({}) }
    };
    RowEnded { row, end }
}

fn number(which: usize) -> Command {
    let number = format!("USR-2027-{which:05}");
    Command::Number { number }
}
