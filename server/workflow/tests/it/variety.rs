//! That random histories try whatever can be asked of an application, and that what comes of it is what the table of
//! transitions says, under definitions that nobody chose.

use std::collections::{BTreeMap, BTreeSet};

use crate::any_definition::any_definition;
use crate::fixture::DAY;
use crate::histories::KINDS;
use crate::outcomes::{self, outcome, standing};
use crate::tries::Run;
use proptest::collection::vec;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use workflow::{Choice, Command};

const HISTORIES: usize = 600;
const TRIES: usize = 80;

/// From which state to which.
type Ways = &'static [(&'static str, &'static str)];

/// What moves an application and is no transition of the specification, and why.
const OURS: [(&str, Ways, &str); 4] = [
    (
        "Edit",
        &[("HO", "IA")],
        "F12: the holder edits without releasing first",
    ),
    (
        "HoldDeletions",
        &[("AP", "RV"), ("EX", "RV")],
        "X8: more would be deleted than may be without a look; nothing was begun",
    ),
    (
        "AllowDeletions",
        &[("RV", "EX"), ("RV", "MW")],
        "X8: an administrator has looked",
    ),
    (
        "Resume",
        &[("RV", "HO"), ("RV", "IA")],
        "those are back who were missing at a step of the approval",
    ),
];

/// The name of a command, and the transition of the specification that it is, if it is one.
fn named(command: &Command) -> (String, Option<&'static str>) {
    let whole = format!("{command:?}");
    let end = whole.find(|letter: char| !letter.is_alphanumeric());
    let name = whole[..end.unwrap_or(whole.len())].to_owned();
    let transition = match command {
        Command::Decide { choice, .. } => match choice {
            Choice::Approve => "T5",
            Choice::Finish => "T6",
            Choice::SendBack(_) => "T7",
            Choice::Reject => "T8",
            Choice::Hold | Choice::Confirm => "T12",
        },
        Command::Submit(_) | Command::Resubmit { .. } => "T2",
        Command::Accept { .. } => "T3",
        Command::Return { .. } => "T4",
        Command::TakeBack { .. } => "T9",
        Command::PullBack { .. } => "T10",
        Command::Withdraw { .. } => "T11",
        Command::Release { .. } => "T12",
        Command::Reassign { .. } => "T13",
        Command::PullUp { .. } => "T14",
        Command::Remind { .. } | Command::MeetDeadline { .. } => "T16",
        Command::ChangeRoute { .. } => "T17",
        Command::Cancel { .. } => "T18",
        Command::StartExecution | Command::PlanChanged { .. } => "T19",
        Command::FinishStep { .. } | Command::EndRows { .. } | Command::Park { .. } => "T20",
        Command::FinishWork { .. } | Command::DeclineWork { .. } => "T21",
        Command::Retry { .. }
        | Command::Skip { .. }
        | Command::Compensate { .. }
        | Command::FinishCompensation { .. }
        | Command::EndRowCompensations { .. }
        | Command::AcceptAsIs { .. } => "T22",
        _ => return (name, None),
    };
    (name, Some(transition))
}

/// The names that the source gives to commands.
fn all_names() -> BTreeSet<String> {
    let source = include_str!("../../src/application/command.rs");
    let (_, variants) = source.split_once("pub enum Command {").unwrap();
    let names = variants.lines().filter_map(|line| {
        let name = line.strip_prefix("    ")?;
        let end = name.find(['(', ' ', ',']).unwrap_or(name.len());
        name.starts_with(char::is_uppercase)
            .then(|| name[..end].to_owned())
    });
    names.collect()
}

/// What was taken, and what came of what the specification calls a transition. Of anything else: whether it moved.
#[derive(Default)]
struct Seen {
    taken: BTreeSet<String>,
    outcomes: BTreeSet<(String, String)>,
    moved: BTreeMap<String, BTreeSet<(String, String)>>,
}

impl Seen {
    fn follow(&mut self, run: &mut Run, command: Command) {
        let (name, transition) = named(&command);
        let before = standing(&run.story);
        if run.story.tell(command).is_err() {
            return;
        }
        self.taken.insert(name.clone());
        let after = standing(&run.story);
        match transition {
            Some(id) => {
                let to = outcome(before, &run.story);
                self.outcomes.insert((id.to_owned(), to));
            }
            None if after.0 != before.0 => {
                let way = (before.0.to_owned(), after.0.to_owned());
                self.moved.entry(name).or_default().insert(way);
            }
            None => {}
        }
    }
}

fn seen() -> Seen {
    let mut runner = TestRunner::deterministic();
    let (definitions, tries) = (any_definition(), vec((0..KINDS, 0usize..8, 0usize..12), TRIES));
    let mut seen = Seen::default();
    seen.taken.insert("Submit".to_owned());
    for _ in 0..HISTORIES {
        let mut run = Run::new(definitions.new_tree(&mut runner).unwrap().current());
        for one in tries.new_tree(&mut runner).unwrap().current() {
            run.tokens.extend(run.story.token());
            run.story.clock += DAY / 4;
            for command in run.commands(one) {
                seen.follow(&mut run, command);
            }
        }
    }
    seen
}

/// A command that is never taken is one that no invariant was held against.
#[test]
fn random_histories_try_every_command_and_lead_where_the_table_says() {
    let seen = seen();
    let never: Vec<_> = all_names().difference(&seen.taken).cloned().collect();
    let known = |(id, to): &&(String, String)| {
        let of = |listed: &[&str]| listed.contains(&to.as_str());
        outcomes::TO.iter().any(|(one, listed)| one == id && of(listed))
            || outcomes::BEYOND
                .iter()
                .any(|(one, beyond, _)| one == id && beyond == to)
    };
    let unknown: Vec<_> = seen.outcomes.iter().filter(|outcome| !known(outcome)).collect();
    let own = |ways: Ways| {
        let ways = ways.iter();
        ways.map(|(from, to)| ((*from).to_owned(), (*to).to_owned()))
            .collect()
    };
    let ours = OURS.map(|(name, ways, _)| (name.to_owned(), own(ways)));
    assert_eq!(
        (never, unknown, seen.moved),
        (Vec::new(), Vec::new(), ours.into())
    );
}
