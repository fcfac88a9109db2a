//! What is taken at publishing leads somebody to decide whoever applies, and comes to an end: over random definitions and
//! random companies, in which nobody is left out for being one of many.

use std::collections::BTreeSet;

use crate::any_definition::{any_definition, company};
use crate::fixture::{answers, marks, person, plan, route_of, submission, today};
use crate::states::{finish, work};
use crate::story::Story;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::json;
use workflow::application::Submission;
use workflow::publish::{check_routes, check_routes_for};
use workflow::route::{Group, Organisation, Person, Post};
use workflow::{Choice, Code, Command, Definition, DefinitionError, GroupId, PersonId};

/// Of everybody beside the company's own: manager, unit, title, and whether of the group `several`.
type Placed = (usize, usize, bool, bool);

const MANAGERS: [&str; 5] = ["a", "b", "d", "gone", "nobody at all"];
/// Whom the form names. Asked already besides, or choosing himself, he would leave too few: that is told to whoever chose
/// him, and somebody else can be chosen.
const CHOSEN: &str = "chosen";
const UNITS: [&str; 3] = ["営業部", "その他", "管理"];

fn any_company() -> impl Strategy<Value = Organisation> {
    prop::collection::vec(
        (0usize..5, 0usize..3, any::<bool>(), prop::bool::weighted(0.1)),
        0..12,
    )
    .prop_map(|placed| peopled(&placed))
}

fn peopled(placed: &[Placed]) -> Organisation {
    let mut company = company();
    let mut several = company.groups[&GroupId::new("several")].members.clone();
    for (at, (manager, unit, has_title, is_of_group)) in placed.iter().enumerate() {
        let one = person(&format!("p{at}"));
        let title = has_title.then(|| "課長".to_owned());
        let known = Person {
            manager: Some(person(MANAGERS[*manager])).filter(|manager| company.people.contains_key(manager)),
            posts: vec![Post::main(UNITS[*unit], title)],
            enabled: true,
        };
        company.people.insert(one.clone(), known);
        several.extend(is_of_group.then_some(one));
    }
    company
        .groups
        .insert(GroupId::new("several"), Group { members: several });
    let chosen = Person {
        enabled: true,
        ..Person::default()
    };
    company.people.insert(person(CHOSEN), chosen);
    company.names.insert("一郎".to_owned(), person(CHOSEN));
    company
}

fn present(company: &Organisation) -> Vec<&PersonId> {
    let people = company.people.keys();
    people.filter(|person| company.is_enabled(person)).collect()
}

/// Whether it is about somebody's application, and not about the definition as a whole.
fn is_of_an_applicant(error: &DefinitionError) -> bool {
    error.problem.starts_with("for applicant")
}

/// Whether anybody's application ends at nobody, found by trying each alone.
fn fails_somebody(definition: &Definition, company: &Organisation) -> bool {
    present(company).into_iter().any(|one| {
        let alone: BTreeSet<PersonId> = [one.clone()].into();
        let tried = check_routes_for(&alone, definition, company, today());
        tried.is_err_and(|error| is_of_an_applicant(&error))
    })
}

/// What can be answered; each decides which way is gone.
fn worlds() -> Vec<forms::Values> {
    let licences = [None, Some("E3"), Some("E5")];
    let all = licences.iter().flat_map(|licence| {
        ["佐藤", "鈴木"].map(|last| {
            let mut all = json!({ "lastName": last, "firstName": "一郎" });
            if let Some(licence) = licence {
                all["licence"] = json!(licence);
            }
            answers(all)
        })
    });
    all.collect()
}

/// Everybody who is asked says yes, and everything is carried out.
fn led_to_its_end(
    definition: &Definition,
    company: &Organisation,
    applicant: &PersonId,
    values: &forms::Values,
) -> Code {
    let mut story = Story::under(definition.clone());
    let submission = Submission {
        applicant: applicant.clone(),
        values: values.clone(),
        ..submission()
    };
    story.tell(Command::Submit(Box::new(submission))).unwrap();
    let route = route_of(definition, (applicant.as_str(), company), values, &[]).unwrap();
    let plan = plan("hanako");
    story.tell(Command::Accept { plan, route }).unwrap();
    // Each step asks at most everybody once.
    let most = definition.steps.len() * company.people.len() + 10;
    for _ in 0..most {
        if story.now().is_closed() || story.now().code() == Code::SB {
            break;
        }
        forward(&mut story);
    }
    story.now().code()
}

fn forward(story: &mut Story) {
    let pending = || {
        let (_, pending) = story.asked();
        pending.first().unwrap().clone()
    };
    let step = match story.now().code() {
        Code::IA => {
            let first = pending();
            return story.vote(&first, Choice::Approve).unwrap();
        }
        Code::MW => {
            let by = person(&pending());
            let Command::FinishWork {
                token, result, proof, ..
            } = work(story)
            else {
                unreachable!("work is finished")
            };
            Command::FinishWork {
                by,
                token,
                result,
                proof,
                marks: marks(),
            }
        }
        Code::AP => Command::StartExecution,
        Code::EX => {
            let first = story.tell(finish("user"));
            return first.or_else(|_| story.tell(finish("licence"))).unwrap();
        }
        other => panic!("nobody goes on from {other:?}"),
    };
    story.tell(step).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn whoever_stands_for_many_finds_what_each_of_them_would(definition in any_definition(), company in any_company()) {
        let found = match check_routes(&definition, &company, today()) {
            Ok(coverage) => {
                prop_assert!(coverage.is_complete);
                false
            }
            Err(error) if is_of_an_applicant(&error) => true,
            Err(_) => return Ok(()),
        };
        prop_assert_eq!(found, fails_somebody(&definition, &company));
    }

    #[test]
    fn what_is_taken_comes_to_an_end_whoever_applies_and_whatever_is_answered(
        definition in any_definition(), company in any_company(),
    ) {
        if check_routes(&definition, &company, today()).is_err() {
            return Ok(());
        }
        for applicant in present(&company).into_iter().filter(|one| **one != person(CHOSEN)) {
            for values in worlds() {
                let code = led_to_its_end(&definition, &company, applicant, &values);
                let ends = matches!(code, Code::CO | Code::RJ | Code::SB);
                prop_assert!(ends, "{applicant} {values:?}: {code:?}");
            }
        }
    }
}

/// Else the two above would say nothing.
#[test]
fn random_definitions_are_taken_and_refused() {
    const DRAWN: usize = 150;
    let mut runner = TestRunner::deterministic();
    let mut taken = 0;
    for _ in 0..DRAWN {
        let definition = any_definition().new_tree(&mut runner).unwrap().current();
        let company = any_company().new_tree(&mut runner).unwrap().current();
        taken += usize::from(check_routes(&definition, &company, today()).is_ok());
    }
    assert!((DRAWN / 4..DRAWN * 3 / 4).contains(&taken), "{taken} of {DRAWN}");
}
