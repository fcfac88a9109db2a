//! Every step of every request that the product ships with, and of the way back from it, broken before its write and
//! after it, and while Microsoft's copies agree late: the tenant comes to what it comes to undisturbed. The steps are
//! those of the approved plans; a new workflow needs a sample wish alone.

#[path = "every_step/coverage.rs"]
mod coverage;
#[path = "every_step/ground.rs"]
mod ground;
#[path = "every_step/late.rs"]
mod late;
#[path = "every_step/meddling.rs"]
mod meddling;
#[path = "every_step/objects.rs"]
mod objects;
#[path = "every_step/picture.rs"]
mod picture;
#[path = "every_step/play.rs"]
mod play;
#[path = "every_step/privilege.rs"]
mod privilege;
#[path = "every_step/quorum.rs"]
mod quorum;
#[path = "every_step/restored.rs"]
mod restored;
#[path = "every_step/samples.rs"]
mod samples;
#[path = "every_step/ways_back.rs"]
mod ways_back;

use std::collections::{BTreeMap, BTreeSet};

use e2e::control::rule;
use e2e::house::Wishes;
use e2e::{outcome, run};
use serde_json::{Value, json};
use tokio::sync::OnceCell;

use picture::{Picture, SET};
use play::Play;
use restored::Dump;

pub(crate) const BACKEND: &str = env!("CARGO_BIN_EXE_backend");
/// More often than there are calls.
const EVERY: u32 = 100_000;
/// Pauses after failures grow: so often a quiet time is waited for.
const ROUNDS: u32 = 6;

#[test]
fn every_workflow_that_is_shipped_has_a_sample_wish() {
    let shipped = quorum::shipped();
    let sampled: BTreeSet<&str> = samples::all().map(|sample| sample.workflow).collect();
    let missing: Vec<_> = shipped
        .keys()
        .filter(|key| !sampled.contains(key.as_str()))
        .collect();
    assert!(
        missing.is_empty(),
        "no sample wish for {missing:?} of manifests/workflows: add one to tests/tests/every_step/samples.rs"
    );
    assert_eq!(sampled.len(), samples::all().count(), "one sample each");
    assert_eq!(
        sampled.len(),
        shipped.len(),
        "a sample of a workflow that is gone"
    );
}

/// What all runs must come to: with everything carried out, and with all that can be undone.
struct Undisturbed {
    there: Picture,
    back: Picture,
    /// Before anybody agreed, and after the last way back.
    before: Dump,
    restored: Dump,
}

async fn undisturbed() -> &'static Undisturbed {
    static RUN: OnceCell<Undisturbed> = OnceCell::const_new();
    RUN.get_or_init(|| async {
        let mut play = Play::begin(BACKEND, Wishes::default()).await;
        let names = restored::names(&play.watch.house.world().tenant());
        let before = play.dump(&names);
        let there = arrived(&mut play).await;
        play.turn_back().await;
        let back = arrived(&mut play).await;
        let ungone = ways_back::ungone(&play);
        assert!(ungone.is_empty(), "no way back has {ungone:#?}");
        let restored = play.dump(&names);
        Undisturbed {
            there,
            back,
            before,
            restored,
        }
    })
    .await
}

async fn arrived(play: &mut Play) -> Picture {
    play.carry_through().await;
    play.watch.quiet().await;
    let picture = play.picture();
    assert_once(&picture.effects);
    picture
}

/// What is made, given or deleted is so once. What is set may be set in two steps (blocked, then changed).
fn assert_once(effects: &BTreeMap<String, usize>) {
    let twice: Vec<_> = effects
        .iter()
        .filter(|(key, count)| **count != 1 && !key.contains(SET))
        .collect();
    assert!(twice.is_empty(), "{twice:#?}");
}

/// All requests at once, and then all ways back, while these rules strike whatever the product does about them.
async fn broken(rules: Vec<Value>) {
    let wanted = undisturbed().await;
    let mut play = Play::begin(BACKEND, Wishes::default()).await;
    for (wanted, is_back) in [(&wanted.there, false), (&wanted.back, true)] {
        if is_back {
            play.watch.house.strike(Vec::new()).await;
            play.turn_back().await;
        }
        play.watch.house.strike(rules.clone()).await;
        play.carry_through().await;
        comes_to(&mut play, wanted, Picture::value).await;
        let spared = coverage::spared(&play);
        assert!(spared.is_empty(), "never broken: {spared:#?}");
    }
    run::whole(&play.watch);
}

/// After a while the tenant shows what it shows undisturbed.
async fn comes_to(play: &mut Play, wanted: &Picture, value: fn(&Picture) -> Value) {
    let mut differences = Vec::new();
    for _ in 0..ROUNDS {
        play.watch.quiet().await;
        differences = outcome::differences(&value(wanted), &value(&play.picture()));
        if differences.is_empty() {
            return;
        }
    }
    let log = play.watch.house.log_end();
    panic!("{}\n{log}", differences.join("\n"));
}

/// Of Graph, below what steps change; reads that come by POST lie elsewhere.
const WRITTEN: [&str; 4] = ["/users", "/groups", "/teams", "/directory/deletedItems"];
/// How cmdlets that change something begin.
const VERBS: [&str; 5] = ["\"New-", "\"Set-", "\"Add-", "\"Remove-", "\"Update-"];

/// The first attempt of every write is cut off before Microsoft sees it.
#[tokio::test(flavor = "multi_thread")]
async fn x05_i10_every_step_of_every_request_and_way_back_fails_before_its_write_and_comes_to_the_same() {
    let methods = ["POST", "PATCH", "PUT", "DELETE"];
    let graph = methods.into_iter().flat_map(|method| {
        let host = "graph.microsoft.com";
        WRITTEN.map(|path| json!({ "host": host, "method": method, "pathContains": path }))
    });
    let exchange = VERBS.map(|verb| json!({ "host": "outlook.office365.com", "bodyContains": verb }));
    let cut = |matching| once_each(matching, &json!("resetBefore"));
    broken(graph.chain(exchange).map(cut).collect()).await;
}

/// The answer to every write is lost.
#[tokio::test(flavor = "multi_thread")]
async fn x05_x06_i10_every_step_of_every_request_and_way_back_loses_its_answer_and_comes_to_the_same() {
    let lost = |service| once_each(json!({ "effectPrefix": service }), &json!("resetAfter"));
    broken(vec![lost("graph:"), lost("exchange:")]).await;
}

/// Strikes every call that fits, but lets its repetition through.
fn once_each(matching: Value, kind: &Value) -> Value {
    let mut rule = rule(matching, kind);
    rule["times"] = json!(EVERY);
    rule["onceEach"] = json!(true);
    rule
}
