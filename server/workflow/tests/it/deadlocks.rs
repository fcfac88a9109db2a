//! Definitions that would end at nobody, never come to an end, or let nothing through: each is refused before anybody
//! applies, with the path that shows it (Must hold 6).

use crate::fixture::{USER_CREATE, and, approval, organisation, person, step, today, with};
use serde_json::{Value, json};
use workflow::publish::{Coverage, check_routes};
use workflow::route::{Group, Organisation};
use workflow::{Definition, DefinitionError, GroupId};

/// Two administrators, so that none of them is left alone with his own application.
pub(crate) fn company() -> Organisation {
    let mut company = organisation();
    company.administrators.insert(person("director"));
    let group = |people: &[&str]| Group {
        members: people.iter().map(|name| person(name)).collect(),
    };
    company.groups.insert(GroupId::new("empty"), group(&[]));
    company.groups.insert(GroupId::new("gone"), group(&["left"]));
    company.groups.insert(GroupId::new("two"), group(&["b", "c"]));
    company
}

pub(crate) fn checked(definition: &Value, company: &Organisation) -> Result<Coverage, DefinitionError> {
    let mut whole: Value = serde_json::from_str(USER_CREATE).unwrap();
    whole = and(whole, definition.clone());
    let definition = Definition::parse(&whole.to_string())?;
    check_routes(&definition, company, today())
}

/// A step of some kind whose people come from a group.
fn of_group(kind: &str, member: &str, group: &str, more: Value) -> Value {
    let people = json!([{ "from": "group", "group": group }]);
    let mut inner = and(json!({}), more);
    inner[member] = people;
    let mut whole = json!({});
    whole[kind] = inner;
    step("one", whole)
}

fn decided_by(group: &str, more: Value) -> Value {
    of_group("approval", "assignees", group, more)
}

fn worked_by(group: &str, more: Value) -> Value {
    let more = and(json!({ "stage": "afterExecution" }), more);
    and(
        of_group("manualWork", "workers", group, more),
        json!({ "key": "work" }),
    )
}

fn two(more: Value) -> Value {
    approval("two", &["a", "e"], more)
}

fn rule(outcomes: &Value) -> Value {
    step("rule", json!({ "automatic": { "outcomes": outcomes } }))
}

/// What is wrong, the definition, the path that shows it, and a word of the problem.
type Hopeless = (&'static str, Value, &'static str, &'static str);

pub(crate) fn stop() -> Value {
    json!({ "then": "stop" })
}

const E5: &str = "licence = \"E5\"";

fn nobody_is_left() -> Vec<Hopeless> {
    vec![
        (
            "a group that is empty",
            json!({ "steps": [decided_by("empty", json!({})), two(json!({}))], "nobody": stop() }),
            "steps[0]",
            "nobody can be asked",
        ),
        (
            "a group whose only member has left",
            json!({ "steps": [decided_by("gone", json!({})), two(json!({}))], "nobody": stop() }),
            "steps[0]",
            "nobody can be asked",
        ),
        (
            "a fallback that is empty too",
            json!({ "steps": [decided_by("empty", json!({}))], "nobody": { "then": "group", "group": "empty" } }),
            "steps[0]",
            "nobody can be asked",
        ),
        (
            "a group that does not exist",
            json!({ "steps": [decided_by("nosuch", json!({}))] }),
            "steps[0]",
            "was not found",
        ),
        (
            "a choice of people without a last one",
            json!({ "nobody": stop(), "steps": [step("one", json!({ "approval": { "assignees": [{ "from": "choose", "choices": [
                { "when": E5, "sources": [{ "from": "people", "people": ["a", "b"] }] } ] }] } }))] }),
            "steps[0]",
            "nobody can be asked",
        ),
    ]
}

fn nobody_in_reserve_and_no_names() -> Vec<Hopeless> {
    vec![
        (
            "a fallback that has left, though nobody needs it today",
            json!({ "steps": [two(json!({}))], "nobody": { "then": "people", "people": ["left"] } }),
            "nobody",
            "nobody is there",
        ),
        (
            "a fallback that does not exist, though nobody needs it today",
            json!({ "steps": [two(json!({}))], "nobody": { "then": "group", "group": "nosuch" } }),
            "nobody",
            "nobody is there",
        ),
        (
            "an answer that is a day",
            json!({ "steps": [step("one", json!({ "approval": { "assignees": [{ "from": "field", "field": "startDate" }] } }))] }),
            "steps[0].kind.approval.assignees[0]",
            "names nobody",
        ),
    ]
}

fn too_few_or_only_himself() -> Vec<Hopeless> {
    vec![
        (
            "more approvals than people, whom only the group tells",
            json!({ "steps": [decided_by("two", json!({ "quorum": { "of": "n", "n": 3 } }))] }),
            "steps[0]",
            "3 approvals are needed but only 2",
        ),
        (
            "two of two, one of whom applies",
            json!({ "steps": [approval("one", &["a", "b"], json!({ "quorum": { "of": "n", "n": 2 } }))] }),
            "steps[0]",
            "for applicant a",
        ),
        (
            "one person, who may not decide on his own application and has nobody above",
            json!({ "steps": [approval("one", &["a"], json!({}))], "nobody": stop() }),
            "steps[0]",
            "for applicant a",
        ),
        (
            "one person, whose step is skipped: nothing decides",
            json!({ "steps": [approval("one", &["a"], json!({}))], "selfRule": "skip" }),
            "steps[0]",
            "no step asks anybody",
        ),
    ]
}

fn ways_that_decide_nothing() -> Vec<Hopeless> {
    vec![
        (
            "a branch to the end before anybody decided",
            json!({ "steps": [
                and(step("seen", json!({ "circulation": { "readers": [{ "from": "people", "people": ["e"] }] } })),
                    json!({ "next": [{ "when": E5, "to": "end" }] })),
                two(json!({})),
            ] }),
            "steps[0]",
            "licence = \"E5\"",
        ),
        (
            "conditions that skip every step",
            json!({ "steps": [and(two(json!({})), json!({ "when": "not empty(licence)" }))] }),
            "steps[0]",
            "no step asks anybody",
        ),
        (
            "a branch back",
            json!({ "steps": [approval("one", &["a", "b"], json!({})), and(two(json!({})), json!({ "next": [{ "when": E5, "to": "one" }] }))] }),
            "steps[1].next",
            "one → two → one",
        ),
        (
            "a branch to itself",
            json!({ "steps": [and(two(json!({})), json!({ "next": [{ "to": "two" }] }))] }),
            "steps[0].next",
            "two → two",
        ),
        (
            "a step to which no way leads",
            json!({ "steps": [and(approval("one", &["a", "b"], json!({})), json!({ "next": [{ "to": "end" }] })), two(json!({}))] }),
            "steps[1]",
            "no way leads here",
        ),
    ]
}

fn escalates(to: &Value) -> Value {
    json!({ "due": { "calendarDays": 1 }, "atDeadline": { "do": "escalate", "to": to, "replace": true } })
}

fn rules_work_and_deadlines() -> Vec<Hopeless> {
    vec![
        (
            "a rule that gives everything back, again and again",
            json!({ "steps": [rule(&json!([{ "then": "return" }])), two(json!({}))] }),
            "steps[0].kind.automatic.outcomes",
            "nothing can be approved",
        ),
        (
            "rules that turn down whatever is answered",
            json!({ "steps": [two(json!({})), rule(&json!([{ "when": E5, "then": "reject" }, { "then": "return" }]))] }),
            "steps[1].kind.automatic.outcomes",
            "nothing can be approved",
        ),
        (
            "work that nobody is left for: the administrator applies",
            json!({ "steps": [two(json!({})), worked_by("empty", json!({}))], "nobody": stop() }),
            "steps[1]",
            "nobody can be asked",
        ),
        (
            "work that needs more people than there are",
            json!({ "steps": [two(json!({})), worked_by("two", json!({ "quorum": { "of": "n", "n": 3 } }))] }),
            "steps[1]",
            "3 approvals are needed but only 2",
        ),
        (
            "an escalation to nobody",
            json!({ "nobody": stop(), "steps": [two(escalates(&json!([{ "from": "group", "group": "empty" }])))] }),
            "steps[0].kind.approval.atDeadline.to",
            "nobody further is asked",
        ),
        (
            "an escalation to those who are asked already",
            json!({ "steps": [two(escalates(&json!([{ "from": "people", "people": ["a", "e"] }])))] }),
            "steps[0].kind.approval.atDeadline.to",
            "nobody further is asked",
        ),
    ]
}

#[test]
fn what_would_end_at_nobody_or_never_end_is_refused_with_the_path_that_shows_it() {
    let all = [
        nobody_is_left(),
        nobody_in_reserve_and_no_names(),
        too_few_or_only_himself(),
        ways_that_decide_nothing(),
        rules_work_and_deadlines(),
    ];
    for (what, definition, path, told) in all.into_iter().flatten() {
        let mut company = company();
        if what.starts_with("work that nobody") {
            company.administrators = [person("admin")].into();
        }
        let error = checked(&definition, &company)
            .err()
            .unwrap_or_else(|| panic!("{what}: taken"));
        assert_eq!(error.path, path, "{what}: {error}");
        assert!(error.problem.contains(told), "{what}: {error}");
        assert!(!error.remedy.is_empty(), "{what}");
    }
}

#[test]
fn what_looks_alike_and_comes_to_an_end_is_taken() {
    let sends_back = json!({ "due": { "calendarDays": 1 }, "atDeadline": { "do": "sendBack" } });
    let escalates = json!({ "due": { "calendarDays": 1 }, "atDeadline": { "do": "escalate", "to": [{ "from": "people", "people": ["d"] }] } });
    let good = [
        json!({ "steps": [decided_by("empty", json!({}))] }),
        json!({ "steps": [decided_by("two", json!({ "quorum": { "of": "n", "n": 1 } }))] }),
        json!({ "steps": [approval("one", &["a"], json!({}))], "selfRule": "allow" }),
        json!({ "steps": [decided_by("empty", json!({})), two(json!({}))], "nobody": { "then": "skip" } }),
        json!({ "steps": [two(sends_back)] }),
        json!({ "steps": [two(escalates)] }),
        json!({ "steps": [rule(&json!([{ "when": E5, "then": "return" }])), two(json!({}))] }),
        json!({ "steps": [two(json!({})), worked_by("empty", json!({}))] }),
        // Ways that part and join again wait for nobody who is not on the way.
        json!({ "steps": [
            and(approval("one", &["a", "b"], json!({})), json!({ "next": [{ "when": E5, "to": "three" }] })),
            and(approval("skipped", &["c", "d"], json!({})), json!({ "next": [{ "to": "three" }] })),
            approval("three", &["d", "e"], json!({})),
        ] }),
    ];
    for definition in good {
        let coverage =
            checked(&definition, &company()).unwrap_or_else(|error| panic!("{definition}: {error}"));
        assert!(coverage.is_complete);
    }
}

#[test]
fn work_that_nobody_is_left_for_is_left_out_only_where_the_definition_says_so() {
    let steps = json!([two(json!({})), worked_by("empty", json!({}))]);
    let mut company = company();
    company.administrators.clear();
    let skips = with(json!({ "steps": steps, "nobody": { "then": "skip" } }));
    check_routes(&skips, &company, today()).unwrap();
    let error = check_routes(&with(json!({ "steps": steps })), &company, today()).unwrap_err();
    assert_eq!(error.path, "steps[1]");
}
