//! A crowd in bad weather comes to what it comes to in good weather, and nobody sees what is not his meanwhile.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dev_tenant::world::Tenant;
use e2e::crowd::{self, FILED, Outcome, carry_through};
use e2e::outcome::differences;
use e2e::outsider::{Probe, probe};
use e2e::person::Person;
use e2e::watch::Watch;
use e2e::{ledger, rows, run, soak};
use serde_json::{Value, json};

const BACKEND: &str = env!("CARGO_BIN_EXE_backend");
const STRANGER: &str = "hiroshi.kuroda";
/// Enough to compare with: each application of a crowd must come to what one of these did.
const EXAMPLES: usize = FILED;
/// Pauses after failures grow: so often a quiet time is waited for.
const ROUNDS: u32 = 8;
/// Differences that are shown.
const SHOWN: usize = 20;
/// A crowd in many lists is the fifth part of the other, and a list holds the fifth part of it.
const PART: usize = 5;
/// Fewer would fill no second list of the smallest that can still be folded.
const FEWEST: usize = 10;
const SMALLEST_LIST: usize = 5;

/// What they came to, and how many calls of the product it took.
async fn undisturbed() -> (Outcome, u64) {
    let mut watch = crowd::open(BACKEND).await;
    let before = watch.house.count_calls();
    carry_through(&mut watch, EXAMPLES).await;
    let calls = watch.house.count_calls() - before;
    watch.quiet().await;
    (crowd::of(&watch.house, EXAMPLES), calls)
}

/// Where a crowd came to something else than the examples did.
fn compared(wanted: &Outcome, found: &Outcome) -> Vec<String> {
    let mut lines = differences(&wanted.whole, &found.whole);
    for (at, case) in found.cases.iter().enumerate() {
        let different = differences(&wanted.cases[at % EXAMPLES], case);
        lines.extend(
            different
                .iter()
                .map(|line| format!("{}{line}", crowd::account(at + 1))),
        );
    }
    lines
}

async fn comes_to(wanted: &Outcome, watch: &mut Watch, size: usize) {
    let mut found = Vec::new();
    for _ in 0..ROUNDS {
        watch.quiet_after(size).await;
        found = compared(wanted, &crowd::of(&watch.house, size));
        if found.is_empty() {
            return;
        }
    }
    let shown = found.iter().take(SHOWN).cloned().collect::<Vec<_>>();
    panic!(
        "{} differences\n{}\n{}",
        found.len(),
        shown.join("\n"),
        watch.house.log_end()
    );
}

/// What the product did in the tenant.
fn traffic(watch: &Watch) -> Value {
    json!({ "calls": watch.house.count_calls(), "effects": watch.house.count_effects() })
}

async fn outsider(watch: &Watch) -> Probe {
    let stranger = Arc::new(Person::sign_in(&watch.house, STRANGER).await);
    probe(&stranger, &watch.house)
}

/// By every way into every list, the last that was opened too; how often he looked.
async fn went_everywhere(watch: &Watch, outsider: Probe) -> u64 {
    outsider.round().await;
    let shards = rows::shards(&watch.house.world().tenant());
    let shards = shards.into_iter().collect::<BTreeSet<_>>();
    let tried = outsider.lists();
    // What he saw comes before what he did not get to.
    let looks = outsider.stop().await;
    assert!(shards.is_subset(&tried), "{shards:?}: {tried:?}");
    looks
}

/// How often each application was sealed, over all lists.
fn sealed(tenant: &Tenant) -> BTreeMap<String, usize> {
    let mut sealed = BTreeMap::new();
    for list in rows::shards(tenant) {
        let items = rows::items(tenant, &list).filter(|item| !item.is_folder);
        for item in items {
            let source = rows::text(tenant, &list, i64::from(item.id.0), "PFSource");
            *sealed.entry(source).or_default() += 1;
        }
    }
    sealed
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_in_bad_weather_fills_one_list_after_the_other_and_no_outsider_sees_a_row_of_any() {
    let size = (soak::applications(FEWEST) / PART).max(FEWEST);
    let mut watch = crowd::open_in_lists_of(BACKEND, (size / PART).max(SMALLEST_LIST)).await;
    let outsider = outsider(&watch).await;
    watch.house.plague(12).await;
    carry_through(&mut watch, size).await;
    let looks = went_everywhere(&watch, outsider).await;
    watch.house.strike(Vec::new()).await;
    watch.quiet_after(size).await;
    let lists = rows::shards(&watch.house.world().tenant()).len();
    assert!(lists > 1, "all went into one list");
    let sealed = sealed(&watch.house.world().tenant());
    assert_eq!(sealed.len(), size, "{sealed:?}");
    assert!(sealed.values().all(|times| *times == 1), "{sealed:?}");
    let mut once = ledger::once(&watch.house);
    once.retain(|_, times| *times != 1);
    assert_eq!(once, BTreeMap::new());
    run::whole(&watch);
    let figures = json!({
        "applications": size, "lists": lists, "outsider's looks": looks, "product": traffic(&watch),
    });
    soak::keep("crowd-in-lists", &figures);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_in_bad_weather_comes_to_the_same_and_no_outsider_sees_a_row() {
    let size = soak::applications(20).next_multiple_of(EXAMPLES);
    let (wanted, calls) = undisturbed().await;
    let mut watch = crowd::open(BACKEND).await;
    let house = &watch.house;
    let outsider = outsider(&watch).await;
    house.plague(11).await;
    let timed = soak::Stopwatch::start(house);
    carry_through(&mut watch, size).await;
    let time = timed.read(&watch.house);
    let looks = went_everywhere(&watch, outsider).await;
    comes_to(&wanted, &mut watch, size).await;
    watch.house.strike(Vec::new()).await;
    run::whole(&watch);
    let figures = json!({
        "applications": size, "time": time, "outsider's looks": looks,
        "calls for each in good weather": calls / EXAMPLES as u64, "product": traffic(&watch),
    });
    soak::keep("crowd", &figures);
}
