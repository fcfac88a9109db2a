//! Approve what you see: somebody changes what a request is about after people have read what shall be done, and before
//! the last one agrees. Nothing is overwritten: he is asked anew, or administrators are.

use e2e::house::{House, Wishes};
use e2e::run;

use super::play::Play;
use super::samples::{self, Meddle, Sample};
use super::{BACKEND, quorum};

/// How plans begin that are about something that is there.
const CHANGES: &str = "change";

fn changes_what_is_there(definition: &serde_json::Value) -> bool {
    let action = definition["execution"]["plan"]["action"].as_str();
    action.is_some_and(|action| action.starts_with(CHANGES))
}

#[test]
fn every_request_about_something_that_is_there_is_meddled_with() {
    let shipped = quorum::shipped();
    let spared = samples::all().filter(|sample| sample.meddle.is_none());
    let spared: Vec<&str> = spared
        .map(|sample| sample.workflow)
        .filter(|workflow| changes_what_is_there(&shipped[*workflow]))
        .collect();
    assert!(
        spared.is_empty(),
        "nobody meddles with {spared:?}: say how in tests/tests/every_step/samples"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn i01_what_somebody_changed_after_it_was_read_is_never_overwritten_whatever_was_asked() {
    let all = samples::all().filter_map(|sample| Some((sample, sample.meddle?)));
    let (samples, meddles): (Vec<&Sample>, Vec<Meddle>) = all.unzip();
    let house = House::build(BACKEND, Wishes::default()).await;
    let mut play = Play::of(house, &samples).await;
    play.all_but_one_vote().await;
    let read = play.meddle(&meddles);
    play.last_votes(&read, &meddles).await;
    play.watch.quiet().await;
    let open = play.open(&read, &meddles);
    assert!(open.is_empty(), "not left alone: {open:#?}");
    let effects = play.picture().effects;
    assert!(effects.is_empty(), "written all the same: {effects:#?}");
    run::whole(&play.watch);
}
