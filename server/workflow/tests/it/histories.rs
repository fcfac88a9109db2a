//! Random definitions and random histories: whatever people, time and the service try, these things hold.

use crate::any_definition::any_definition;
use crate::fixture::{DAY, Story};
use crate::invariants::{decisions_stand_once, nobody_else_reads, somebody_is_to_act};
use crate::pack::{packed, problems};
use crate::recount::Recount;
use crate::tries::{Run, Try};
use proptest::prelude::*;
use workflow::evidence::Problem;
use workflow::{Event, replay};

/// One more than the last kind of try.
pub(crate) const KINDS: u8 = 84;

/// As the store keeps it.
fn through_json(story: &Story, from: usize) -> impl Iterator<Item = (jiff::Timestamp, Event)> {
    story.events[from..].iter().map(|(at, event)| {
        let text = serde_json::to_string(event).unwrap();
        (*at, serde_json::from_str(&text).unwrap())
    })
}

fn is_what_its_events_say(story: &Story, kept: &[(jiff::Timestamp, Event)]) {
    let replayed = replay(kept.iter().map(|(at, event)| (*at, event))).unwrap();
    assert_eq!(replayed.as_ref(), Some(story.now()));
}

fn try_one(run: &mut Run, one: Try) {
    run.tokens.extend(run.story.token());
    run.story.clock += DAY / 4;
    for command in run.commands(one) {
        // A refused command leaves no trace.
        let before = run.story.now().clone();
        if run.story.tell(command).is_err() {
            assert_eq!(run.story.now(), &before);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_is_tried_the_invariants_hold(
        definition in any_definition(),
        tries in prop::collection::vec((0..KINDS, 0usize..8, 0usize..12), 1..80),
    ) {
        let mut run = Run::new(definition);
        let mut recount = Recount::default();
        let mut kept = Vec::new();
        for one in tries {
            let before = run.story.events.clone();
            try_one(&mut run, one);
            prop_assert!(run.story.events.starts_with(&before), "history only grows");
            kept.extend(through_json(&run.story, kept.len()));
            is_what_its_events_say(&run.story, &kept);
            somebody_is_to_act(&run.story);
            nobody_else_reads(&run.story);
            decisions_stand_once(&run.story);
            recount.follow(&run.story);
        }
        // The service begins every step; here one may be finished at once.
        let wrong = problems(&packed(&run.story)).into_iter().filter(|found| found.0 != Problem::StepNotBegun);
        prop_assert_eq!(wrong.collect::<Vec<_>>(), []);
    }
}
