//! How long the product itself takes from a webhook to the decision written, beyond what it waits for Microsoft 365,
//! while so many applications are open. A measurement: `scripts/bench workflow`.

// The listings' measurement plants the same company; it reads more of it.
#[path = "promptness/calls.rs"]
mod calls;
#[path = "listings/cast.rs"]
mod cast;
#[path = "listings/folding.rs"]
mod folding;
#[path = "listings/ground.rs"]
mod ground;
#[path = "listings/life.rs"]
mod life;
#[path = "listings/planting.rs"]
mod planting;
#[path = "listings/tale.rs"]
mod tale;

use std::time::Duration;

use cast::Cast;
use e2e::forms;
use e2e::hire::{APPLICANT, MANAGER};
use e2e::house::{House, pause};
use e2e::person::Person;
use e2e::rows::{self, INBOX};
use e2e::scene::{self, IT_STEP, MANAGERS_STEP};
use e2e::soak;
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use planting::{Planting, ROLL_MARK};
use serde_json::{Value, json};
use store::Store;

/// Decisions that are measured, and applications that are open meanwhile: few enough for a look at the measurement.
const DECISIONS: usize = 10;
const OPEN: usize = 300;
/// The promise of the design.
const MOST: Duration = Duration::from_millis(50);
/// Work that earlier decisions led to is over after this.
const REST: Duration = Duration::from_secs(2);
const LOOK: Duration = Duration::from_millis(50);
/// So many decisions take about an hour of the tenant's time, after which people sign in anew.
const AN_HOUR: usize = 25;

/// A house whose product was stopped and then started with so many open applications, and logs every call.
async fn filled(backend: &str, open: usize) -> House {
    let (mut watch, number) = if open > ROLL_MARK {
        let (watch, number, _) = life::of_lists(backend, open.div_ceil(ROLL_MARK)).await;
        (watch, number)
    } else {
        life::of_one(backend).await
    };
    after_the_night(&watch.house);
    watch.quiet().await;
    let mut house = watch.house;
    house.kill();
    house.configure(|text| {
        text.replace("cap = 5", "cap = 5000")
            .replace("walk = 2\n", "walk = 86400\n")
    });
    house.log_everything();
    let database = house.folder.path().join("flow.sqlite");
    let store = Store::open(&format!("sqlite://{}", database.display()))
        .await
        .expect("the database");
    let cast = Cast::of(&house, open);
    Planting::after(&house, &store, &number)
        .await
        .plant(open, &cast)
        .await;
    store.close().await;
    house.serve().await;
    house
}

/// The nightly comparison changes items that are planted and not lived, whose webhooks would be taken for those of
/// decisions: it is over before, and the next one comes after the measurement, at whatever hour that begins.
fn after_the_night(house: &House) {
    let now = house.world().clock.now();
    let tomorrow = now.to_zoned(TimeZone::UTC).date().tomorrow().expect("a day");
    let morning = tomorrow
        .at(2, 30, 0, 0)
        .to_zoned(TimeZone::UTC)
        .expect("a moment");
    let passed = house.tenant.advance(morning.timestamp().duration_since(now));
    passed.expect("the clock's file");
}

/// SharePoint gathers changes for a minute before it tells of them.
fn webhooks_leave(house: &House) {
    let pass = house.tenant.advance(SignedDuration::from_secs(61));
    pass.expect("the clock's file");
}

/// List and item of a new application that its manager is asked about.
async fn sealed(house: &House, applicant: &Person, account: &str) -> (String, i64) {
    let form = forms::account(house, account);
    let row = applicant.add(INBOX, &forms::application(&form)).await;
    webhooks_leave(house);
    let is_there = |row: &Value| row["PFStatus"] == "IA" && row["PFApplicationUrl"].is_string();
    let row = scene::until(house, applicant, (INBOX, row), is_there).await;
    let url = row["PFApplicationUrl"].as_str().expect("its address");
    let (_, rest) = url.split_once("/Lists/").expect("a list");
    let (list, item) = rest.split_once("/DispForm.aspx?ID=").expect("an item");
    (list.to_owned(), item.parse().expect("a number"))
}

/// From an application that its manager is asked about to his vote; the product's own time.
async fn decision(house: &House, (applicant, manager): (&Person, &Person), account: &str) -> Duration {
    let (list, item) = sealed(house, applicant, account).await;
    let asked = scene::until(house, manager, (&list, item), |row| {
        row["PFStepName"] == MANAGERS_STEP
    })
    .await;
    pause(REST).await;
    let before = house.log().len();
    let vote = scene::approval(&asked, manager);
    assert!(manager.change(&list, item, &vote).await.is_success());
    webhooks_leave(house);
    let passed = || rows::text(&house.world().tenant(), &list, item, "PFStepName") == IT_STEP;
    while !passed() {
        pause(LOOK).await;
    }
    let log = house.log();
    calls::own_time(&log[before..]).unwrap_or_else(|| panic!("no decision:\n{}", &log[before..]))
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement: scripts/bench workflow"]
async fn a_decision_is_written_within_milliseconds_of_its_webhook_however_many_are_open() {
    let backend = soak::backend(env!("CARGO_BIN_EXE_backend"));
    let (planted, decisions) = (soak::open(OPEN), soak::applications(DECISIONS));
    let house = filled(&backend, planted).await;
    let mut applicant = Person::sign_in(&house, APPLICANT).await;
    let mut manager = Person::sign_in(&house, MANAGER).await;
    let mut own = Vec::new();
    for number in 0..decisions {
        if number > 0 && number % AN_HOUR == 0 {
            applicant = applicant.sign_in_again().await;
            manager = manager.sign_in_again().await;
        }
        own.push(decision(&house, (&applicant, &manager), &format!("prompt.{number}")).await);
    }
    own.sort_unstable();
    let at = |percent: usize| own[(own.len() * percent).div_ceil(100).saturating_sub(1)];
    let milliseconds = |time: Duration| (time.as_secs_f64() * 10_000.0).round() / 10.0;
    let figures = json!({
        "open": planted, "decisions": own.len(), "p50Ms": milliseconds(at(50)), "p99Ms": milliseconds(at(99)),
        "longestMs": milliseconds(at(100)), "promisedP99Ms": MOST.as_millis(),
    });
    soak::keep("promptness", &figures);
    assert!(at(99) <= MOST, "{figures:#}");
}
