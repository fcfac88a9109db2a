//! What people try, at random, with applications of random definitions. What the service does besides is in
//! `service_tries`.

use std::collections::BTreeMap;

use crate::any_definition::company;
use crate::fixture::{Story, answers, at, decision, marks, person, plan, route_of, submission};
use crate::invariants::INVOLVED;
use serde_json::json;
use workflow::application::{Authority, SendBackTo, Submission, represent};
use workflow::route::{Delegation, Register};
use workflow::{Choice, Command, Definition, Event, Hash, PersonId, SealedFile, State, StepKey, StepToken};

const PEOPLE: [&str; 8] = ["applicant", "a", "b", "c", "d", "e", "admin", "stranger"];
/// One thing that somebody tries: what, who, and a number for what is left to choose.
pub(crate) type Try = (u8, usize, usize);

pub(crate) struct Run {
    pub(crate) story: Story,
    pub(crate) tokens: Vec<StepToken>,
}

impl Run {
    /// Submitted, and taken in.
    pub(crate) fn new(definition: Definition) -> Self {
        let taken = taken_in(&definition);
        let mut story = Story::under(definition);
        story.tell(submitted()).unwrap();
        story.tell(taken).unwrap();
        Self {
            story,
            tokens: Vec::new(),
        }
    }

    /// Mostly the token that stands, sometimes an old one.
    pub(crate) fn token(&self, which: usize) -> StepToken {
        let old = self.tokens.get(which).copied();
        let old = old.filter(|_| which % 4 == 3);
        old.or(self.story.token()).unwrap_or(StepToken(Hash([7; 32])))
    }

    fn step(&self, which: usize) -> StepKey {
        let steps = &self.story.definition.steps;
        steps[which % steps.len()].key.clone()
    }

    pub(crate) fn commands(&self, (kind, who, which): Try) -> Vec<Command> {
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
                by: self.offered(which).unwrap_or(by),
                token,
                comment: None,
                marks: marks(),
            }],
            37 | 38 => self.look(by, which),
            39 => self.edit(by, token, which),
            40 => self.change_route(by, which),
            41 => self.represent(who, which),
            42 => vec![deputise(by, which)],
            67 => vec![crate::deletions::hold()],
            74 => self.settle(by, which),
            75 => vec![Command::Attach {
                by: Some(by),
                files: vec![a_file()],
            }],
            82 => vec![Command::TurnDown { by, reason }],
            83 => self.offer_pull_up(which),
            68 => vec![Command::AllowDeletions { by, reason }],
            _ => self.by_service((kind, which), by),
        }
    }

    fn edit(&self, by: PersonId, token: StepToken, which: usize) -> Vec<Command> {
        let State::InApproval(review) = &self.story.now().state else {
            return Vec::new();
        };
        let licence = ["E3", "E5"][which % 2];
        let values = answers(
            json!({ "lastName": "佐藤", "firstName": "花子", "licence": licence, "startDate": UNTIL }),
        );
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

    /// One of those who may go ahead.
    fn offered(&self, which: usize) -> Option<PersonId> {
        let State::InApproval(review) = &self.story.now().state else {
            return None;
        };
        review.pull_up.iter().nth(which).cloned()
    }

    /// Whoever it is shown to, or somebody else, says that he has seen it, or objects.
    fn look(&self, by: PersonId, which: usize) -> Vec<Command> {
        let notices = self.story.now().notices.iter();
        let shown =
            notices.flat_map(|notice| notice.open().map(|person| (notice.step.clone(), person.clone())));
        let shown: Vec<_> = shown.collect();
        let (step, by) = match shown.get(which % 4) {
            Some((step, person)) if which < 8 => (step.clone(), person.clone()),
            _ => (self.step(which), by),
        };
        let marks = marks();
        if which.is_multiple_of(2) {
            return vec![Command::Acknowledge {
                by,
                step: Some(step),
                comment: None,
                marks,
            }];
        }
        vec![Command::Object {
            by,
            step: Some(step),
            comment: "理由".to_owned(),
            marks,
        }]
    }

    /// Of an objection that stands, where there is one.
    fn settle(&self, by: PersonId, which: usize) -> Vec<Command> {
        let objections = self
            .story
            .events
            .iter()
            .rev()
            .filter_map(|(_, event)| match event {
                Event::Objected {
                    by,
                    step,
                    on_behalf_of,
                    ..
                } => Some((on_behalf_of.as_ref().unwrap_or(by), step)),
                _ => None,
            });
        let found = objections
            .clone()
            .nth(which)
            .or_else(|| objections.clone().next());
        let settled = found.map(|(person, step)| Command::SettleObjection {
            by,
            step: step.clone(),
            person: person.clone(),
            reason: "理由".to_owned(),
        });
        settled.into_iter().collect()
    }

    fn offer_pull_up(&self, which: usize) -> Vec<Command> {
        let asking = self.story.now().asking().map(|asking| asking.number);
        let offer = asking.map(|asking| Command::OfferPullUp {
            asking,
            absent: which.is_multiple_of(2),
        });
        offer.into_iter().collect()
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
}

/// A day that may end what is given.
const UNTIL: &str = "2027-01-30";

pub(crate) fn answered() -> forms::Values {
    answers(json!({ "lastName": "佐藤", "firstName": "花子", "startDate": UNTIL }))
}

fn submitted() -> Command {
    Command::Submit(Box::new(Submission {
        values: answered(),
        ..submission()
    }))
}

pub(crate) fn a_file() -> SealedFile {
    SealedFile {
        name: "x".to_owned(),
        hash: Hash([1; 32]),
    }
}

/// Whoever it is, also whom no register would let.
fn deputise(of: PersonId, which: usize) -> Command {
    let deputy = person(INVOLVED[which % INVOLVED.len()]);
    let deputies = [(of, [deputy].into())].into();
    Command::Represent { deputies }
}

/// What the service does with a submission: where the route ends at nobody it goes back.
pub(crate) fn taken_in(definition: &Definition) -> Command {
    let values = answered();
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
