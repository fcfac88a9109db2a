//! A crowd in bad weather comes to what it comes to in good weather, and nobody sees what is not his meanwhile.

use std::sync::Arc;

use e2e::crowd::{self, FILED, Outcome, carry_through};
use e2e::outcome::differences;
use e2e::outsider::probe;
use e2e::person::Person;
use e2e::watch::Watch;
use e2e::ways::WAYS;
use e2e::{run, soak};
use serde_json::{Value, json};

const BACKEND: &str = env!("CARGO_BIN_EXE_backend");
const STRANGER: &str = "hiroshi.kuroda";
/// Enough to compare with: each application of a crowd must come to what one of these did.
const EXAMPLES: usize = FILED;
/// Pauses after failures grow: so often a quiet time is waited for.
const ROUNDS: u32 = 8;
/// Differences that are shown.
const SHOWN: usize = 20;

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

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_in_bad_weather_comes_to_the_same_and_no_outsider_sees_a_row() {
    let size = soak::applications(20).next_multiple_of(EXAMPLES);
    let (wanted, calls) = undisturbed().await;
    let mut watch = crowd::open(BACKEND).await;
    let house = &watch.house;
    let stranger = Arc::new(Person::sign_in(house, STRANGER).await);
    let outsider = probe(&stranger, house);
    house.plague(11).await;
    let timed = soak::Stopwatch::start(house);
    carry_through(&mut watch, size).await;
    let time = timed.read(&watch.house);
    let looks = outsider.stop().await;
    assert!(looks >= 4 * WAYS.len() as u64, "every way in every list");
    comes_to(&wanted, &mut watch, size).await;
    watch.house.strike(Vec::new()).await;
    run::whole(&watch);
    let figures = json!({
        "applications": size, "time": time, "outsider's looks": looks,
        "calls for each in good weather": calls / EXAMPLES as u64, "product": traffic(&watch),
    });
    soak::keep("crowd", &figures);
}
