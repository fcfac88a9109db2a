//! The life of one application, told by the product's own rules: every line follows from a command.

use e2e::house::House;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::JournalLine;
use uuid::Uuid;
use workflow::application::{Actor, Channel, Marks, Source, Submission, Terms};
use workflow::calendar::Calendar;
use workflow::journal::{Head, Line};
use workflow::route::{Route, RouteStep};
use workflow::{
    Application, ApplicationId, Choice, Command, Definition, PersonId, Plan, State, apply, decide,
};

use super::cast::{Fate, Part};

/// The calendar that the product counts deadlines in.
const CALENDAR: &str = include_str!("../../../manifests/calendar.json");
/// Between two commands.
const PACE: SignedDuration = SignedDuration::from_mins(10);

/// What every application has in common: taken from one that lived.
pub(crate) struct Pattern {
    pub(crate) definition: Definition,
    pub(crate) calendar: Calendar,
    pub(crate) plan: Plan,
}

pub(crate) struct Tale<'a> {
    pattern: &'a Pattern,
    id: ApplicationId,
    now: Timestamp,
    told: Option<Application>,
    pub(crate) lines: Vec<JournalLine>,
    /// The end of each command: each is signed.
    pub(crate) heads: Vec<Head>,
}

impl<'a> Tale<'a> {
    /// `number`: as people read it.
    pub(crate) fn of(pattern: &'a Pattern, part: &Part, number: String, begun: Timestamp) -> Self {
        let id = uuid_of(&format!("application {}", part.number));
        let mut tale = Self {
            pattern,
            id: ApplicationId::new(id.to_string()),
            now: begun,
            told: None,
            lines: Vec::new(),
            heads: Vec::new(),
        };
        tale.submit(part, number);
        match part.fate {
            Fate::WithManager => {}
            Fate::WithVoters => tale.vote(&part.manager, Choice::Approve),
            Fate::Rejected => tale.vote(&part.manager, Choice::Reject),
            Fate::Withdrawn => tale.act(Command::Withdraw {
                by: part.applicant.clone(),
                comment: None,
            }),
            Fate::Completed => tale.complete(part),
        }
        assert_eq!(tale.application().is_closed(), part.fate.is_closed());
        tale
    }

    pub(crate) fn application(&self) -> &Application {
        self.told.as_ref().expect("an application that was submitted")
    }

    pub(crate) fn ended(&self) -> Timestamp {
        self.now
    }

    fn submit(&mut self, part: &Part, number: String) {
        let values = forms::Values::parse(&part.form().to_string()).expect("a form");
        self.act(Command::Submit(Box::new(Submission {
            application: self.id.clone(),
            number,
            applicant: part.applicant.clone(),
            drafter: None,
            link: None,
            viewers: Vec::new(),
            source: Source::Row {
                inbox_item: 1_000 + i64::try_from(part.number).expect("a number"),
                round: 1,
            },
            values,
        })));
        let assignees = [vec![part.manager.clone()], part.voters.to_vec()];
        let steps = self.pattern.definition.steps.iter().zip(assignees);
        let steps = steps.map(|(step, people)| RouteStep::asking(step.key.clone(), people));
        self.act(Command::Accept {
            plan: self.pattern.plan.clone(),
            route: Route::of(steps.collect()),
        });
    }

    fn complete(&mut self, part: &Part) {
        for by in [&part.manager, &part.voters[0], &part.voters[1]] {
            self.vote(by, Choice::Approve);
        }
        self.act(Command::StartExecution);
        for step in self.pattern.plan.steps.clone() {
            let (before, receipt) = (json!({ "found": null }), json!({ "settled": true }));
            self.act(Command::BeginStep {
                step: step.clone(),
                before,
            });
            self.act(Command::FinishStep { step, receipt });
        }
    }

    fn vote(&mut self, by: &PersonId, choice: Choice) {
        let State::InApproval(review) = &self.application().state else {
            panic!("nothing is asked: {:?}", self.told)
        };
        let (by, token) = (by.clone(), review.token);
        self.act(Command::Decide {
            by,
            token,
            choice,
            comment: Some("確認しました".to_owned()),
            marks: Marks::of(Channel::List),
        });
    }

    fn act(&mut self, command: Command) {
        let terms = Terms {
            definition: &self.pattern.definition,
            calendar: &self.pattern.calendar,
        };
        let decided = decide(self.told.as_ref(), command, terms, self.now);
        for event in decided.expect("a command that fits") {
            let head = self.heads_end();
            let line = Line::after(head, self.id.clone(), event, self.now);
            let sealed = line.seal().expect("a line");
            self.told = Some(apply(self.told.take(), &line.event, self.now).expect("an event that fits"));
            self.lines.push(JournalLine {
                seq: i64::try_from(line.seq).expect("a number"),
                at: self.now,
                actor: match &line.actor {
                    Actor::Service => "service".to_owned(),
                    Actor::Person(person) => person.to_string(),
                },
                body: sealed.body,
                prev_hash: store::Hash(head.hash.0),
                hash: store::Hash(sealed.hash.0),
            });
        }
        self.heads.push(self.heads_end());
        self.now += PACE;
    }

    fn heads_end(&self) -> Head {
        self.lines.last().map_or(Head::START, |line| Head {
            seq: u64::try_from(line.seq).expect("a number"),
            hash: workflow::Hash(line.hash.0),
        })
    }
}

/// As good as random, and the same in every run.
pub(crate) fn uuid_of(what: &str) -> Uuid {
    let hash = workflow::Hash::of(what.as_bytes());
    let bytes = hash.0.first_chunk().copied();
    uuid::Builder::from_random_bytes(bytes.expect("32 bytes")).into_uuid()
}

impl Pattern {
    /// From the application of this number, which waits for its manager. The product must not run.
    pub(crate) async fn of(house: &House, store: &store::Store, number: &str) -> Self {
        let tenant = store::TenantId::new(house.world().names.id.to_string());
        let found: Result<_, store::StoreError> = store::transaction!(store.read(&tenant), tx => {
            let row = tx.application_by_number(number).await?.expect("an application");
            let pinned = tx.pinned_definition(&row.workflow, row.definition_version).await?;
            Ok((row, pinned.expect("its definition")))
        });
        let (row, pinned) = found.expect("the database");
        let application: Application = serde_json::from_value(row.state).expect("its state");
        let review = application.review().expect("an application that is asked about");
        Self {
            plan: review.case.plan.clone(),
            definition: Definition::parse(&pinned.body).expect("a definition"),
            calendar: Calendar::parse(CALENDAR).expect("a calendar"),
        }
    }
}
