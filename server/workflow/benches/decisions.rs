//! Decisions a second of the pure machine on one processor: what a vote costs from the command to the sealed line, and
//! what a whole life costs. Prints one line of JSON. `scripts/bench workflow`.

#![expect(
    clippy::unwrap_used,
    reason = "what is wrong here should stop the measurement at once"
)]

use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde_json::json;
use workflow::application::{Channel, Marks, Source, Submission, Terms};
use workflow::calendar::Calendar;
use workflow::journal::{Head, Line};
use workflow::route::{Route, RouteStep};
use workflow::{
    Application, ApplicationId, Choice, Command, Definition, PersonId, Plan, PlanStepId, State, StepKey,
    apply, decide,
};

const DEFINITION: &str = include_str!("../../../manifests/workflows/user-create.json");
const CALENDAR: &str = include_str!("../../../manifests/calendar.json");
const WARM_UP: Duration = Duration::from_millis(500);
const MEASURED: Duration = Duration::from_secs(5);

struct Life<'a> {
    terms: Terms<'a>,
    now: Timestamp,
    application: Option<Application>,
    head: Head,
}

impl Life<'_> {
    fn act(&mut self, command: Command) {
        let id = ApplicationId::new("00000000-0000-0000-0000-000000000001");
        for event in decide(self.application.as_ref(), command, self.terms, self.now).unwrap() {
            let line = Line::after(self.head, id.clone(), event, self.now);
            let hash = line.seal().unwrap().hash;
            self.head = Head { seq: line.seq, hash };
            self.application = Some(apply(self.application.take(), &line.event, self.now).unwrap());
        }
    }

    fn begin(&mut self) {
        let values = json!({ "lastName": "高橋", "firstName": "花", "employeeNumber": "123456", "department": "営業部" });
        self.act(Command::Submit(Box::new(Submission {
            application: ApplicationId::new("00000000-0000-0000-0000-000000000001"),
            number: "USR-2027-00001".to_owned(),
            applicant: PersonId::new("applicant"),
            drafter: None,
            link: None,
            viewers: Vec::new(),
            source: Source::Row {
                inbox_item: 7,
                round: 1,
            },
            values: serde_json::from_value(values).unwrap(),
        })));
        let asked = |key: &str, people: &[&str]| {
            RouteStep::asking(StepKey::new(key), people.iter().map(|name| PersonId::new(*name)))
        };
        let steps = ["user", "licence"].map(PlanStepId::new).to_vec();
        self.act(Command::Accept {
            plan: Plan::seal(steps, json!({ "creates": "hana" })),
            route: Route::of(vec![
                asked("manager", &["manager"]),
                asked("it", &["it1", "it2", "it3"]),
            ]),
        });
    }

    fn vote(&mut self, by: &str) {
        let State::InApproval(review) = &self.application.as_ref().unwrap().state else {
            panic!("nothing is asked")
        };
        let token = review.token;
        self.act(Command::Decide {
            by: PersonId::new(by),
            token,
            choice: Choice::Approve,
            comment: Some("確認しました".to_owned()),
            marks: Marks::of(Channel::List),
        });
    }

    fn carry_out(&mut self) {
        self.act(Command::StartExecution);
        for step in ["user", "licence"].map(PlanStepId::new) {
            let (begun, before, receipt) = (step.clone(), json!(null), json!({ "settled": true }));
            self.act(Command::BeginStep { step: begun, before });
            self.act(Command::FinishStep { step, receipt });
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this measures real time")]
fn clock() -> Instant {
    Instant::now()
}

fn life<'a>(definition: &'a Definition, calendar: &'a Calendar) -> Life<'a> {
    Life {
        terms: Terms { definition, calendar },
        now: Timestamp::from_second(1_800_000_000).unwrap(),
        application: None,
        head: Head::START,
    }
}

/// Lives for so long; how many votes there were in how much time of voting, and how many lives in how much time of all.
fn measure(definition: &Definition, calendar: &Calendar, time: Duration) -> (u32, Duration, u32, Duration) {
    let (started, mut voting, mut lives) = (clock(), Duration::ZERO, 0);
    while started.elapsed() < time {
        let mut life = life(definition, calendar);
        life.begin();
        let votes = clock();
        for by in ["manager", "it1", "it2"] {
            life.vote(by);
        }
        voting += votes.elapsed();
        life.carry_out();
        assert!(life.application.unwrap().is_closed());
        lives += 1;
    }
    (3 * lives, voting, lives, started.elapsed())
}

#[expect(clippy::print_stdout, reason = "this is a program for the shell")]
fn main() {
    let definition = Definition::parse(DEFINITION).unwrap();
    let calendar = Calendar::parse(CALENDAR).unwrap();
    measure(&definition, &calendar, WARM_UP);
    let (votes, voting, lives, living) = measure(&definition, &calendar, MEASURED);
    let each_second = |count: u32, time: Duration| (f64::from(count) / time.as_secs_f64()).round();
    let figures = json!({
        "votesPerSecond": each_second(votes, voting), "wholeLivesPerSecond": each_second(lives, living),
        "votes": votes, "lives": lives,
    });
    println!("{figures}");
}
