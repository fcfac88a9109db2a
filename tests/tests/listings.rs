//! What the listings cost when 50,000 applications lie in many lists, beside 500 in one. A measurement:
//! `scripts/bench listings`.

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
#[path = "listings/reading.rs"]
mod reading;
#[path = "listings/tale.rs"]
mod tale;

use std::time::Duration;

use e2e::house::{House, pause};
use e2e::soak;
use e2e::watch::Watch;
use planting::{Planting, ROLL_MARK};
use reading::Readers;
use serde_json::json;
use store::Store;

const FEW: usize = 500;
const MANY: usize = 50_000;
/// So many of the newest applications wait for a manager.
const WITH_MANAGER: usize = 300;
const IDLE: Duration = Duration::from_mins(1);
/// The promises of the design.
const MOST_RATIO: f64 = 1.5;
const MOST_RESIDENT: u64 = 150 * 1024;

/// A house whose product was stopped and then started with so many applications.
async fn filled(watch: Watch, number: &str, all: usize) -> (House, usize) {
    let mut house = watch.house;
    house.kill();
    // Nothing but what a service of many years does when it is started.
    house.configure(|text| {
        text.replace("cap = 5", "cap = 5000")
            .replace("walk = 2\n", "walk = 180\n")
    });
    let database = house.folder.path().join("flow.sqlite");
    let store = Store::open(&format!("sqlite://{}", database.display()))
        .await
        .expect("the database");
    let folded = Planting::after(&house, &store, number)
        .await
        .plant(all, &cast::Cast::of(&house, WITH_MANAGER))
        .await;
    store.close().await;
    house.serve().await;
    (house, folded)
}

/// The comparison that every start begins with has read every list, and found our rows and the tenant alike.
async fn agrees(house: &House, lists: usize) {
    let said = house.metrics().await;
    let compared: Vec<_> = said
        .lines()
        .filter(|line| line.starts_with("scopes_differing{"))
        .collect();
    assert_eq!(compared.len(), lists, "{said}");
    assert!(compared.iter().all(|line| line.ends_with(" 0")), "{compared:?}");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement: scripts/bench listings"]
async fn fifty_thousand_applications_are_listed_as_fast_as_five_hundred() {
    let backend = soak::backend(env!("CARGO_BIN_EXE_backend"));
    let (watch, number) = life::of_one(&backend).await;
    let (few, _) = filled(watch, &number, FEW).await;
    let (watch, number, lived) = life::of_lists(&backend, MANY.div_ceil(ROLL_MARK)).await;
    let (many, folded) = filled(watch, &number, MANY).await;
    pause(IDLE).await;
    let idle = [few.resident(), many.resident()];
    let (desk, waiting) = (cast::DESKS.len() + 1, cast::WITH_VOTERS);
    let (small, large) = (
        Readers::of(&few, FEW / desk, waiting).await,
        Readers::of(&many, MANY / desk, waiting).await,
    );
    let compared = reading::compare(&small, &large).await;
    pause(IDLE).await;
    let after = [few.resident(), many.resident()];
    let (pages, worst) = reading::told(&compared);
    let figures = json!({
        "few": FEW, "many": MANY, "planted": { "open": WITH_MANAGER + cast::WITH_VOTERS, "folded": folded },
        "lived": lived, "pages": pages, "worstP99Ratio": worst,
        "residentKiB": { "few": idle[0], "many": idle[1], "fewAfterReading": after[0], "manyAfterReading": after[1] },
    });
    soak::keep("listings", &figures);
    agrees(&few, 1).await;
    agrees(&many, MANY.div_ceil(ROLL_MARK)).await;
    assert!(worst <= MOST_RATIO, "{figures:#}");
    let resident = idle[1].max(after[1]);
    assert!(resident < MOST_RESIDENT, "{figures:#}");
}
