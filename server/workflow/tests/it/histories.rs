//! Random definitions and random histories: whatever people, time and the service try, these things hold.

use std::collections::BTreeSet;

use crate::any_definition::any_definition;
use crate::any_try::{Try, any_tries};
use crate::beyond_the_table::BEYOND;
use crate::cells::is_among;
use crate::outcomes::reached;
use crate::pack::{packed, problems};
use crate::passage::Passage;
use crate::run::Run;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use workflow::Definition;
use workflow::evidence::Problem;

fn any_history() -> impl Strategy<Value = (Definition, bool, Vec<Try>)> {
    (any_definition(), prop::bool::weighted(0.1), any_tries())
}

fn run((definition, is_idle, tries): (Definition, bool, Vec<Try>)) -> Run {
    let mut run = Run::new(definition, is_idle);
    for one in tries {
        run.carry_out(one);
    }
    run
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_is_tried_the_invariants_hold(history in any_history()) {
        let run = run(history);
        // The service begins every step; here one may be finished at once.
        let wrong = problems(&packed(&run.story)).into_iter().filter(|found| found.0 != Problem::StepNotBegun);
        prop_assert_eq!(wrong.collect::<Vec<_>>(), []);
    }
}

/// The commands that there are, as their source lists them.
fn variants() -> BTreeSet<&'static str> {
    let source = include_str!("../../src/application/command.rs");
    let (_, body) = source.split_once("pub enum Command {\n").unwrap();
    let (body, _) = body.split_once("\n}\n").unwrap();
    let lines = body.lines().filter_map(|line| line.strip_prefix("    "));
    let names = lines.filter(|line| line.starts_with(char::is_uppercase));
    names
        .map(|line| line.split(|c: char| !c.is_alphanumeric()).next().unwrap())
        .collect()
}

/// A command that is never taken is one that no history tries; and a departure from the table that never comes about is
/// none.
#[test]
fn random_histories_take_every_command_and_with_the_cases_every_departure_from_the_table() {
    let mut runner = TestRunner::deterministic();
    let (mut taken, mut passages) = (BTreeSet::new(), reached());
    for _ in 0..600 {
        let run = run(any_history().new_tree(&mut runner).unwrap().current());
        taken.extend(run.taken.iter().cloned());
        passages.extend(run.passages.iter().cloned());
    }
    let variants = variants();
    let never: Vec<_> = variants.iter().filter(|name| !taken.contains(**name)).collect();
    assert_eq!(never, Vec::<&&str>::new());
    let mut untrodden = Vec::new();
    for (action, from, to, _) in BEYOND {
        for to in *to {
            let is_it = |one: &Passage| one.action == *action && is_among(from, one.from) && one.leads(to);
            if !passages.iter().any(is_it) {
                untrodden.push(format!("{action} from {from:?} to {to}"));
            }
        }
    }
    assert_eq!(untrodden, Vec::<String>::new());
}
