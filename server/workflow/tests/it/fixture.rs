//! One company: an applicant with managers above, three people of the information systems department; and stories of
//! applications in it.

use std::collections::BTreeMap;

use forms::Date;
use jiff::Timestamp;
use serde_json::{Value, json};
use workflow::application::{Channel, Marks, Source, Submission, apply};
use workflow::route::{Organisation, Person, Post, Request, Route, RouteError, resolve_all};
use workflow::{
    Application, ApplicationId, Choice, Command, Definition, Event, PersonId, Plan, PlanStepId, Refusal,
    StepToken, decide,
};

pub(crate) const USER_CREATE: &str = include_str!("../../../../manifests/workflows/user-create.json");

pub(crate) fn definition() -> Definition {
    Definition::parse(USER_CREATE).unwrap()
}

/// The shipped definition with other members.
pub(crate) fn with(changes: Value) -> Definition {
    let mut definition: Value = serde_json::from_str(USER_CREATE).unwrap();
    let Value::Object(changes) = changes else {
        panic!("members")
    };
    definition.as_object_mut().unwrap().extend(changes);
    Definition::parse(&definition.to_string()).unwrap_or_else(|error| panic!("{error}"))
}

/// The shipped definition with these steps.
pub(crate) fn flow(steps: impl IntoIterator<Item = Value>) -> Definition {
    with(json!({ "steps": steps.into_iter().collect::<Vec<_>>() }))
}

pub(crate) fn step(key: &str, kind: Value) -> Value {
    json!({ "key": key, "title": { "ja": key, "en": key }, "kind": kind })
}

/// An approval by these people, with further members.
pub(crate) fn approval(key: &str, people: &[&str], more: Value) -> Value {
    let mut approval = json!({ "assignees": [{ "from": "people", "people": people }] });
    approval
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    step(key, json!({ "approval": approval }))
}

/// A step with further members of its own, such as `when`.
pub(crate) fn and(mut step: Value, more: Value) -> Value {
    step.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    step
}

pub(crate) fn person(name: &str) -> PersonId {
    PersonId::new(name)
}

pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

pub(crate) const DAY: i64 = 24 * 60 * 60;

pub(crate) fn today() -> Date {
    Date::new(2027, 1, 15).unwrap()
}

fn employee(manager: Option<&str>, department: &str) -> Person {
    Person {
        manager: manager.map(person),
        posts: vec![Post::main(department, None)],
        enabled: true,
    }
}

pub(crate) fn organisation() -> Organisation {
    let it = "情報システム部";
    let people = [
        ("applicant", employee(Some("manager"), "営業部")),
        ("manager", employee(Some("director"), "営業部")),
        ("director", employee(None, "役員")),
        ("it1", employee(Some("it2"), it)),
        ("it2", employee(Some("director"), it)),
        ("it3", employee(Some("it2"), it)),
        ("admin", employee(None, "管理")),
    ];
    let others = ["a", "b", "c", "d", "e"].map(|name| (name, employee(None, "その他")));
    Organisation {
        people: people
            .into_iter()
            .chain(others)
            .map(|(name, who)| (person(name), who))
            .collect(),
        administrators: [person("admin")].into(),
        ..Organisation::default()
    }
}

pub(crate) fn plan(what: &str) -> Plan {
    let steps = ["user", "licence"].map(PlanStepId::new).to_vec();
    Plan::seal(steps, json!({ "creates": what }))
}

pub(crate) fn values() -> forms::Values {
    answers(json!({ "lastName": "佐藤", "firstName": "花子" }))
}

pub(crate) fn answers(values: Value) -> forms::Values {
    serde_json::from_value(values).unwrap()
}

pub(crate) fn source(round: u32) -> Source {
    Source { inbox_item: 7, round }
}

pub(crate) fn submission() -> Submission {
    Submission {
        application: ApplicationId::new("a-1"),
        number: "USR-2026-00001".to_owned(),
        applicant: person("applicant"),
        drafter: None,
        link: None,
        viewers: vec![person("viewer")],
        source: source(1),
        values: values(),
    }
}

pub(crate) fn submit() -> Command {
    Command::Submit(Box::new(submission()))
}

pub(crate) fn resubmit(round: u32) -> Command {
    Command::Resubmit {
        by: person("applicant"),
        source: source(round),
        values: values(),
    }
}

/// The route for these answers and counts.
pub(crate) fn route_of(
    definition: &Definition,
    (applicant, organisation): (&str, &Organisation),
    values: &forms::Values,
    plan: &[(&str, u64)],
) -> Result<Route, RouteError> {
    let plan: BTreeMap<String, u64> = plan.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect();
    let request = Request {
        applicant: &person(applicant),
        unit: None,
        values,
        plan: &plan,
        base: today(),
        organisation,
    };
    resolve_all(definition, &request)
}

pub(crate) fn route(definition: &Definition, values: &forms::Values) -> Route {
    route_of(definition, ("applicant", &organisation()), values, &[]).unwrap()
}

pub(crate) fn accept_in(definition: &Definition) -> Command {
    Command::Accept {
        plan: plan("hanako"),
        route: route(definition, &values()),
    }
}

pub(crate) fn accept() -> Command {
    accept_in(&definition())
}

/// An application and everything that ever happened to it.
pub(crate) struct Story {
    pub(crate) definition: Definition,
    pub(crate) application: Option<Application>,
    pub(crate) events: Vec<(Timestamp, Event)>,
    /// Seconds since the beginning.
    pub(crate) clock: i64,
}

impl Default for Story {
    fn default() -> Self {
        Self::under(definition())
    }
}

impl Story {
    pub(crate) fn under(definition: Definition) -> Self {
        Self {
            definition,
            application: None,
            events: Vec::new(),
            clock: 0,
        }
    }

    /// Submitted and accepted under this definition.
    pub(crate) fn accepted(definition: Definition) -> Self {
        let accept = accept_in(&definition);
        let mut story = Self::under(definition);
        story.tell(submit()).unwrap();
        story.tell(accept).unwrap();
        story
    }

    pub(crate) fn tell(&mut self, command: Command) -> Result<(), Refusal> {
        self.clock += 60;
        let now = at(self.clock);
        let events = decide(self.application.as_ref(), command, &self.definition, now)?;
        for event in events {
            self.application = Some(apply(self.application.take(), &event, now).unwrap());
            self.events.push((now, event));
        }
        Ok(())
    }

    pub(crate) fn of(commands: impl IntoIterator<Item = Command>) -> Self {
        let mut story = Self::default();
        for command in commands {
            story.tell(command).unwrap();
        }
        story
    }

    pub(crate) fn now(&self) -> &Application {
        self.application.as_ref().unwrap()
    }

    pub(crate) fn code(&self) -> &'static str {
        self.now().code().as_str()
    }

    pub(crate) fn token(&self) -> Option<StepToken> {
        match &self.application.as_ref()?.state {
            workflow::State::InApproval(review) => Some(review.token),
            workflow::State::ManualWork(working) => Some(working.token),
            _ => None,
        }
    }

    /// The step that stands, and whose answer is open.
    pub(crate) fn asked(&self) -> (String, Vec<String>) {
        let asking = self.now().asking().unwrap();
        let pending = asking.pending().map(ToString::to_string).collect();
        (asking.step.to_string(), pending)
    }

    /// A vote at the step that stands now.
    pub(crate) fn vote(&mut self, by: &str, choice: Choice) -> Result<(), Refusal> {
        let token = self.token().unwrap();
        self.tell(decision(by, token, choice))
    }

    pub(crate) fn approve(&mut self, by: &str) {
        self.vote(by, Choice::Approve).unwrap();
    }

    /// Carries out whatever time asks for by now.
    pub(crate) fn let_pass(&mut self, seconds: i64) {
        self.clock += seconds;
        let due = workflow::application::due_actions(self.now(), &self.definition, at(self.clock));
        for command in due {
            self.tell(command).unwrap();
        }
    }

    /// The last event of all.
    pub(crate) fn last(&self) -> &Event {
        &self.events.last().unwrap().1
    }
}

pub(crate) fn marks() -> Marks {
    Marks::of(Channel::List)
}

pub(crate) fn decision(by: &str, token: StepToken, choice: Choice) -> Command {
    Command::Decide {
        by: person(by),
        token,
        choice,
        comment: Some("理由".to_owned()),
        marks: marks(),
    }
}
