//! 組織改編: what next month's organisation would do, and how one person's work goes to another (W18, W28).

use std::collections::BTreeMap;

use serde_json::json;
use workflow::application::{Authority, ItemState};
use workflow::reorganisation::{Fate, HandOver, Load, Running, Stuck, forecast, hand_over, read, with_ids};
use workflow::route::Organisation;
use workflow::{Choice, Command, Definition, PersonId};

use crate::fixture::{Story, approval, flow, organisation, person, step, today};

/// The manager, then two of the department.
fn usual() -> Definition {
    let manager = step(
        "manager",
        json!({ "approval": { "assignees": [{ "from": "manager" }] } }),
    );
    let unit = json!({ "approval": { "assignees": [{ "from": "unit", "unit": "情報システム部" }],
        "quorum": { "of": "n", "n": 2 } } });
    flow([manager, step("unit", unit)])
}

fn amended(csv: &str) -> Organisation {
    let change = read(csv, today()).unwrap();
    let mut organisation = organisation();
    organisation.people.extend(change.people);
    organisation
}

fn fate(
    story: &Story,
    definition: &Definition,
    organisation: &Organisation,
) -> (Fate, BTreeMap<PersonId, Load>) {
    let plan = BTreeMap::new();
    let running = Running {
        application: story.now(),
        definition,
        plan: &plan,
        organisation,
    };
    let mut forecast = forecast([running], today());
    (forecast.outlooks.remove(0).fate, forecast.loads)
}

#[test]
fn w28_a_simulation_names_who_would_be_asked_instead_and_how_much_each_gets() {
    let definition = usual();
    let story = Story::accepted(definition.clone());
    assert_eq!(fate(&story, &definition, &organisation()).0, Fate::Same);
    let next = amended("ユーザー,上長,部門\napplicant,director,営業部\nit3,it2,経理部\na,,情報システム部\n");
    let (fate, loads) = fate(&story, &definition, &next);
    let Fate::Changes { drifts } = fate else {
        panic!("{fate:?}")
    };
    let found: Vec<_> = drifts
        .iter()
        .map(|drift| (drift.step.as_str(), &drift.former, &drift.successors))
        .collect();
    assert_eq!(
        found[0],
        (
            "manager",
            &[person("manager")].into(),
            &[person("director")].into()
        )
    );
    assert_eq!(found[1], ("unit", &[person("it3")].into(), &[person("a")].into()));
    let load = |name: &str| loads.get(&person(name)).copied().unwrap_or_default();
    assert_eq!(load("manager"), Load { now: 1, then: 0 });
    assert_eq!(load("director"), Load { now: 0, then: 1 });
    assert_eq!(load("a"), Load::default(), "a later step is no item yet");
}

#[test]
fn w28_a_simulation_says_what_gets_stuck_and_why() {
    let definition = usual();
    let mut story = Story::accepted(definition.clone());
    let left = |names: &str| {
        let lines: Vec<_> = names
            .split(' ')
            .map(|name| format!("{name},,情報システム部,left"))
            .collect();
        let lines = lines.join("\n");
        amended(&format!("user,manager,unit,standing\n{lines}\n"))
    };
    let stuck = |story: &Story, next: &Organisation| match fate(story, &definition, next).0 {
        Fate::Stuck { why, .. } => why,
        other => panic!("{other:?}"),
    };
    let why = stuck(&story, &left("manager"));
    assert_eq!(
        why,
        Stuck::AskedHaveLeft {
            gone: [person("manager")].into()
        }
    );
    let Stuck::LaterHaveLeft { step, gone } = stuck(&story, &left("it1 it2 it3")) else {
        panic!("a later step")
    };
    assert_eq!((step.as_str(), gone.len()), ("unit", 3));
    story.approve("manager");
    let why = stuck(&story, &left("it1 it2"));
    assert_eq!(
        why,
        Stuck::AskedHaveLeft {
            gone: [person("it1"), person("it2")].into()
        }
    );
    assert!(
        matches!(fate(&story, &definition, &left("it1")).0, Fate::Changes { .. }),
        "two are enough"
    );
    // Everybody moves away: the frozen route goes on, but nobody new would get through.
    let moved = amended("user,unit\nit1,経理部\nit2,経理部\n");
    let Stuck::NoRoute { step, problem } = stuck(&story, &moved) else {
        panic!("no route")
    };
    assert!(
        step.as_str() == "unit" && problem.contains("2 approvals"),
        "{problem}"
    );
}

fn wish() -> HandOver {
    HandOver {
        by: person("admin"),
        from: person("a"),
        to: person("e"),
        reason: "異動".to_owned(),
    }
}

#[test]
fn t13_w18_handing_over_moves_what_waits_and_what_will_wait_once() {
    let definition = flow([
        approval("one", &["a", "b"], json!({})),
        approval("two", &["c"], json!({})),
        approval("three", &["a"], json!({})),
    ]);
    let mut story = Story::accepted(definition.clone());
    let commands = hand_over(story.now(), &definition, &wish());
    assert!(
        matches!(
            &commands[0],
            Command::Reassign {
                authority: Authority::Administrator,
                ..
            }
        ),
        "{commands:?}"
    );
    let token = story.token();
    for command in commands {
        story.tell(command).unwrap();
    }
    assert_eq!(story.token(), token, "nobody has to decide anew");
    assert!(
        hand_over(story.now(), &definition, &wish()).is_empty(),
        "once is enough"
    );
    let first = &story.now().asking().unwrap().items[0].state;
    assert_eq!(*first, ItemState::Reassigned { to: person("e") });
    story.approve("e");
    story.approve("b");
    story.approve("c");
    assert_eq!(story.asked(), ("three".to_owned(), vec!["e".to_owned()]));
    story.vote("a", Choice::Approve).unwrap_err();
    story.approve("e");
}

#[test]
fn w18_nothing_is_handed_over_to_the_applicant_himself() {
    let definition = flow([
        approval("one", &["b"], json!({})),
        approval("two", &["a"], json!({})),
    ]);
    let story = Story::accepted(definition.clone());
    let mut to_applicant = wish();
    to_applicant.to = person("applicant");
    assert!(hand_over(story.now(), &definition, &to_applicant).is_empty());
}

#[test]
fn an_organisation_file_names_people_by_address_and_says_where_it_is_wrong() {
    let csv =
        "ユーザー,上長,部門,役職,職位,開始日\nA@x.jp,boss@x.jp,営業部,課長,3,2027/4/1\nA@x.jp,,企画部,,,\n";
    let organisation = read(csv, today()).unwrap();
    let ids = BTreeMap::from([
        ("a@x.jp".to_owned(), person("1")),
        ("boss@x.jp".to_owned(), person("2")),
    ]);
    let named = with_ids(organisation.clone(), &ids).unwrap();
    let one = &named.people[&person("1")];
    assert_eq!(
        (one.manager.clone(), one.posts.len(), one.enabled),
        (Some(person("2")), 2, true)
    );
    assert!(one.posts[0].main && !one.posts[1].main && one.posts[0].rank == 3);
    let units = read("user,unit,above\na,営業部,営業本部\n,営業本部,本社\n", today()).unwrap();
    assert_eq!(units.upwards("営業部"), ["営業部", "営業本部", "本社"]);
    let unknown = with_ids(organisation, &BTreeMap::new()).unwrap_err();
    assert_eq!(unknown.0, ["a@x.jp", "boss@x.jp"]);
    for (text, named) in [
        ("user,unti\n", "line 1: column 2: unknown column"),
        ("user,rank\na,x\n", "line 2: rank"),
        ("user,standing\na,gone\n", "line 2: standing is \"gone\""),
        ("user,title\na,課長\n", "line 2: a post without a unit"),
        ("unit\n営業部\n", "line 2: user is empty"),
        ("above\n本社\n", "line 2: above without a unit"),
        (
            "unit,above\n営業部,本社\n営業部,支社\n",
            "line 3: another line puts 営業部",
        ),
        (
            "{\"people\": {\"a\": {\"boss\": \"b\"}}}",
            "line 1: unknown field `boss`",
        ),
    ] {
        let said = read(text, today()).unwrap_err().to_string();
        assert!(said.starts_with(named), "{text}: {said}");
    }
}
