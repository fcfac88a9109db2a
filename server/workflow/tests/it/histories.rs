//! Random definitions and random histories: whatever people, time and the service try, these things hold.

use std::collections::BTreeMap;

use crate::any_definition::{any_definition, company};
use crate::fixture::{
    DAY, Story, answers, at, decision, marks, person, plan, resubmit, route_of, submit, values,
};
use crate::invariants::{INVOLVED, decisions_stand_once, nobody_else_reads, somebody_is_to_act};
use crate::pack::{packed, problems};
use proptest::prelude::*;
use serde_json::json;
use workflow::application::{Authority, SendBackTo, due_actions, represent};
use workflow::evidence::Problem;
use workflow::route::{Delegation, Register};
use workflow::{
    Choice, Command, Definition, Hash, PersonId, PlanStepId, SealedFile, State, StepKey, StepToken, replay,
};

const PEOPLE: [&str; 8] = ["applicant", "a", "b", "c", "d", "e", "admin", "stranger"];
/// One thing that somebody tries: what, who, and a number for what is left to choose.
type Try = (u8, usize, usize);

struct Run {
    story: Story,
    tokens: Vec<StepToken>,
}

impl Run {
    fn new(definition: Definition) -> Self {
        let taken = taken_in(&definition);
        let mut story = Story::under(definition);
        story.tell(submit()).unwrap();
        story.tell(taken).unwrap();
        Self {
            story,
            tokens: Vec::new(),
        }
    }

    /// Mostly the token that stands, sometimes an old one.
    fn token(&self, which: usize) -> StepToken {
        let old = self.tokens.get(which).copied();
        let old = old.filter(|_| which % 4 == 3);
        old.or(self.story.token()).unwrap_or(StepToken(Hash([7; 32])))
    }

    fn step(&self, which: usize) -> StepKey {
        let steps = &self.story.definition.steps;
        steps[which % steps.len()].key.clone()
    }

    fn commands(&self, (kind, who, which): Try) -> Vec<Command> {
        let by = person(PEOPLE[who]);
        let (reason, token) = ("理由".to_owned(), self.token(which));
        let vote = |choice| vec![decision(PEOPLE[who], token, choice)];
        match kind {
            0..=19 => vote(Choice::Approve),
            20 | 21 => vote(Choice::Reject),
            22 => vote(Choice::SendBack(SendBackTo::Applicant {})),
            23 => vote(Choice::SendBack(SendBackTo::Step {
                step: self.step(which),
            })),
            24 => vote(Choice::Hold),
            25 => vote(Choice::Confirm),
            26 => vote(Choice::Finish),
            27 => vec![Command::PullBack { by }],
            28 | 29 => vec![Command::TakeBack { by }],
            30 if which == 0 => vec![Command::Withdraw { by, comment: None }],
            31 if which < 3 => vec![Command::Cancel { by, reason }],
            32 => vec![Command::Release { by }],
            33 | 34 => reassign(by, which),
            35 | 36 => vec![Command::PullUp {
                by,
                token,
                comment: None,
                marks: marks(),
            }],
            37 => vec![Command::Acknowledge {
                by,
                step: Some(self.step(which)),
                comment: None,
                marks: marks(),
            }],
            38 => vec![Command::Object {
                by,
                step: Some(self.step(which)),
                comment: reason,
                marks: marks(),
            }],
            39 => self.edit(by, token, which),
            40 => self.change_route(by, which),
            41 | 42 => self.represent(who, which),
            67 => vec![crate::deletions::hold()],
            68 => vec![Command::AllowDeletions { by, reason }],
            _ => self.by_service((kind, which), by),
        }
    }

    fn edit(&self, by: PersonId, token: StepToken, which: usize) -> Vec<Command> {
        let State::InApproval(review) = &self.story.now().state else {
            return Vec::new();
        };
        let licence = ["E3", "E5"][which % 2];
        let values = answers(json!({ "lastName": "佐藤", "firstName": "花子", "licence": licence }));
        let kept = review.case.route.position(&review.asking.step).unwrap() + 1;
        let organisation = company();
        let request = workflow::route::Request {
            applicant: &person("applicant"),
            unit: None,
            values: &values,
            plan: &BTreeMap::new(),
            base: crate::fixture::today(),
            organisation: &organisation,
        };
        let route = workflow::route::resolve_rest(&self.story.definition, &request, &review.case.route, kept);
        let Ok(route) = route else {
            return Vec::new();
        };
        vec![Command::Edit {
            by,
            token,
            values,
            plan: plan(licence),
            route,
            comment: None,
            marks: marks(),
        }]
    }

    fn change_route(&self, by: PersonId, which: usize) -> Vec<Command> {
        let Some(route) = self.story.now().route() else {
            return Vec::new();
        };
        let mut route = route.clone();
        let at = which % route.steps.len();
        if route.steps[at].is_asked() {
            let more = person(["c", "d", "e"][which % 3]);
            route.steps[at].assignees.insert(more);
        }
        vec![Command::ChangeRoute {
            by,
            route,
            reason: "異動".to_owned(),
        }]
    }

    fn represent(&self, who: usize, which: usize) -> Vec<Command> {
        let delegation = Delegation {
            of: person(PEOPLE[who]),
            to: person(INVOLVED[which % INVOLVED.len()]),
            from: at(0),
            until: None,
            workflows: None,
        };
        let register = Register {
            delegations: vec![delegation],
        };
        let command = represent(
            self.story.now(),
            &self.story.definition,
            &register,
            at(self.story.clock),
        );
        command.into_iter().collect()
    }

    fn by_service(&self, (kind, which): (u8, usize), by: PersonId) -> Vec<Command> {
        let step = PlanStepId::new(["user", "licence"][which % 2]);
        let (reason, receipt) = ("理由".to_owned(), json!({}));
        match kind {
            43..=45 => due_actions(self.story.now(), self.story.terms(), at(self.story.clock)),
            46 | 47 => {
                let round = self.story.now().round() + 1;
                vec![resubmit(round)]
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
            63 if which == 0 => vec![Command::AcceptAsIs { by, reason }],
            64 => vec![Command::PlanChanged {
                plan: plan("changed"),
            }],
            65 => vec![Command::Return { issues: Vec::new() }],
            66 => vec![Command::Resume],
            71 => vec![number(which)],
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
}

fn a_file() -> SealedFile {
    SealedFile {
        name: "x".to_owned(),
        hash: Hash([1; 32]),
    }
}

fn number(which: usize) -> Command {
    let number = format!("USR-2027-{which:05}");
    Command::Number { number }
}

/// What the service does with a submission: where the route ends at nobody it goes back.
fn taken_in(definition: &Definition) -> Command {
    let values = values();
    match route_of(definition, ("applicant", &company()), &values, &[]) {
        Ok(route) => Command::Accept {
            plan: plan("hanako"),
            route,
        },
        Err(_) => Command::Return { issues: Vec::new() },
    }
}

fn reassign(by: PersonId, which: usize) -> Vec<Command> {
    let authority = if which.is_multiple_of(2) {
        Authority::Assignee
    } else {
        Authority::Administrator
    };
    let from = if authority == Authority::Assignee {
        by.clone()
    } else {
        person(PEOPLE[which % 5])
    };
    let to = person(INVOLVED[which % INVOLVED.len()]);
    vec![Command::Reassign {
        by,
        authority,
        from,
        to,
        reason: "異動".to_owned(),
    }]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_is_tried_the_invariants_hold(
        definition in any_definition(),
        tries in prop::collection::vec((0u8..74, 0usize..8, 0usize..12), 1..80),
    ) {
        let mut run = Run::new(definition);
        let mut lines = run.story.events.len();
        for one in tries {
            run.tokens.extend(run.story.token());
            run.story.clock += DAY / 4;
            for command in run.commands(one) {
                // A refused command leaves no trace.
                let before = run.story.now().clone();
                if run.story.tell(command).is_err() {
                    prop_assert_eq!(run.story.now(), &before);
                }
            }
            prop_assert!(run.story.events.len() >= lines, "history only grows");
            lines = run.story.events.len();
            somebody_is_to_act(&run.story);
            nobody_else_reads(&run.story);
            decisions_stand_once(&run.story);
        }
        let through_json = run.story.events.iter().map(|(at, event)| {
            let text = serde_json::to_string(event).unwrap();
            (*at, serde_json::from_str::<workflow::Event>(&text).unwrap())
        });
        let events: Vec<_> = through_json.collect();
        let replayed = replay(events.iter().map(|(at, event)| (*at, event))).unwrap();
        prop_assert_eq!(replayed.as_ref(), Some(run.story.now()));
        // The service begins every step; here one may be finished at once.
        let wrong = problems(&packed(&run.story)).into_iter().filter(|found| found.0 != Problem::StepNotBegun);
        prop_assert_eq!(wrong.collect::<Vec<_>>(), []);
    }
}
