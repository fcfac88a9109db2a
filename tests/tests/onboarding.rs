//! A whole intake by one CSV file, applied for, agreed to and carried out in real time while every answer takes its time
//! and Microsoft's budgets hold: how long it takes beside what the budgets allow. A measurement:
//! `scripts/bench onboarding`; a few rows run with the suite.

#[path = "onboarding/bound.rs"]
mod bound;
#[path = "onboarding/course.rs"]
mod course;
#[path = "onboarding/file.rs"]
mod file;

use bound::Bound;
use course::Course;
use dev_tenant::graph::metering::GraphBudgets;
use dev_tenant::sharepoint::metering::ResourceUnits;
use e2e::bulk;
use e2e::hire;
use e2e::house::{House, Wishes};
use e2e::large::buy_seats;
use e2e::soak;

const LATENCY_MILLIS: u32 = 30;
/// Bought by whoever takes on so many people: the smallest budgets of SharePoint hold.
const LICENCES: u32 = 900;
const FEW: usize = 12;
const ALL: usize = 500;
/// The promise: so many times what the budgets allow, at most.
const MOST: f64 = 1.3;

/// A company that is set up, with the tenant's weather of a measurement.
async fn company() -> House {
    let backend = soak::backend(env!("CARGO_BIN_EXE_backend"));
    let house = House::build(&backend, Wishes::default()).await;
    buy_seats(&house, LICENCES);
    let house = hire::settle(house).await.house;
    let mut tenant = house.world().tenant();
    tenant.switches.latency_millis = LATENCY_MILLIS;
    tenant.switches.graph_budgets = GraphBudgets::Documented;
    tenant.switches.resource_units = ResourceUnits::Licences(LICENCES);
    tenant.switches.calls_are_kept = true;
    drop(tenant);
    house
}

/// Everybody has what his row says, and it was given once.
fn is_complete(house: &House, rows: usize) {
    let result = bulk::result(house);
    assert!(result.contains(&format!("✓ 1-{rows}")), "{result}");
    let created = bulk::created(house, rows);
    assert!(created.values().all(|count| *count == 1), "{created:#?}");
    let given = |verb: &str| {
        let prefix = format!("graph:{verb}:");
        let effects = house.effects();
        effects
            .iter()
            .filter(|effect| effect.key.starts_with(&prefix))
            .count()
    };
    let of_each = ["set-manager", "assign-license", "add-member"].map(given);
    assert_eq!(of_each, [rows, rows, rows * file::GROUPS.len()]);
}

async fn onboard(rows: usize) -> (Course, Bound) {
    let house = company().await;
    let people = file::read(&house, &file::write(&house, rows));
    let course = Course::run(&house, &people).await;
    is_complete(&house, rows);
    let bound = Bound::of(&house, course.span);
    let figures = course.figures(&bound, MOST);
    soak::keep("onboarding", &figures);
    assert_eq!(
        course.refused_later(),
        0,
        "refused after the first minute: {figures:#}"
    );
    (course, bound)
}

#[tokio::test(flavor = "multi_thread")]
async fn f10_an_intake_by_csv_keeps_within_the_documented_budgets() {
    let (course, bound) = onboard(FEW).await;
    assert_eq!(course.refused(), 0, "so few rows meet no limit");
    let writes = FEW * (3 + file::GROUPS.len());
    assert_eq!(
        bound.writes(),
        writes,
        "each is one call: account, manager, licence, groups"
    );
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement: scripts/bench onboarding"]
async fn f10_an_intake_of_500_takes_little_longer_than_the_budgets_demand() {
    let (course, bound) = onboard(soak::rows(ALL)).await;
    let figures = course.figures(&bound, MOST);
    assert!(course.seconds() <= MOST * bound.seconds(), "{figures:#}");
}
