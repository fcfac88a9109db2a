//! One company: an applicant with managers above, three people of the information systems department; and stories of
//! applications in it.

use std::collections::BTreeMap;

use forms::Date;
use jiff::Timestamp;
use serde_json::{Value, json};
use workflow::application::{Channel, Marks, Source, Submission};
use workflow::route::{Organisation, Person, Post, Request, Route, RouteError, RouteStep, resolve_all};
use workflow::{ApplicationId, Choice, Command, Definition, PersonId, Plan, PlanStepId, StepToken};

pub(crate) use crate::story::Story;

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
    let mut step = json!({ "key": key, "title": { "ja": key, "en": key } });
    step["kind"] = kind;
    step
}

/// An approval by these people, with further members.
pub(crate) fn approval(key: &str, people: &[&str], more: Value) -> Value {
    let named = json!([{ "from": "people", "people": people }]);
    let approval = and(json!({ "assignees": named }), more);
    step(key, json!({ "approval": approval }))
}

/// A value with further members, such as a step with `when`.
pub(crate) fn and(mut value: Value, more: Value) -> Value {
    let Value::Object(more) = more else {
        panic!("members")
    };
    value.as_object_mut().unwrap().extend(more);
    value
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
    Source::Row { inbox_item: 7, round }
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

/// Who is asked at each step, or why nobody is.
pub(crate) fn asked(route: &Route) -> Vec<String> {
    let people = |step: &RouteStep| {
        let people = step.assignees.iter().map(ToString::to_string);
        people.collect::<Vec<_>>().join(",")
    };
    let word = |step: &RouteStep| {
        let skipped = step.skipped.map(|why| format!("{why:?}"));
        skipped.unwrap_or_else(|| people(step))
    };
    route.steps.iter().map(word).collect()
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
