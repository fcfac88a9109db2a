//! 組織改編の日: every item is given its permissions anew within the tenant's budget of resource units, although the
//! product dies on the way.

use std::fs::File;
use std::process::Child;
use std::time::Duration;

use dev_tenant::sharepoint::metering::{ResourceUnits, Usage};
use dev_tenant::world::Tenant;
use e2e::hire;
use e2e::house::{House, Wishes, pause};
use e2e::large::buy_seats;
use e2e::rows::{self, APPLICATIONS, INBOX};
use e2e::watch::Watch;
use jiff::SignedDuration;

use super::open;
use super::reconcile::permissions;

/// Of which permissions cost more units than the tenant grants in a minute.
const ITEMS: usize = 40;
/// A tenant of up to a thousand licences (Microsoft: "Avoid getting throttled or blocked in SharePoint Online").
const LICENCES: u32 = 1_000;
const A_MINUTE_S: u64 = 1_250;
/// Time runs six times as fast as outside, for so many leaps at most: half an hour.
const LEAP: SignedDuration = SignedDuration::from_secs(1);
const BETWEEN: Duration = Duration::from_millis(200);
const LEAPS: u32 = 1_800;
const PROGRESS: [&str; 2] = ["progress-1.txt", "progress-2.txt"];

/// All asked of the manager, and every item right; the product does not run.
async fn day_before() -> Watch {
    let mut watch = open(Wishes {
        walk: 600,
        nightly: "page = 5\nadoptions = 0",
        ..Wishes::default()
    })
    .await;
    buy_seats(&watch.house, LICENCES);
    let mut submitted = Vec::new();
    for number in 0..ITEMS {
        submitted.push(hire::submit(&watch.house, &format!("new.hire{number}")).await);
    }
    for row in submitted {
        watch
            .until("asked", |tenant| {
                rows::text(tenant, INBOX, row, "PFStatus") == "IA"
            })
            .await;
    }
    watch.quiet().await;
    watch.house.kill();
    watch
}

/// Somebody set every item back to what the list grants.
fn take_permissions_away(house: &House) {
    let mut tenant = house.world().tenant();
    let mut lists = tenant.sharepoint.sites[0].lists.values_mut();
    let list = lists.find(|list| list.root_folder.ends_with(APPLICATIONS));
    let items = &mut list.expect("the list").items;
    items.change_all(|item| item.scope = None);
}

fn mended(tenant: &Tenant) -> usize {
    let items = rows::items(tenant, APPLICATIONS);
    items.filter(|item| item.scope.is_some()).count()
}

/// The administrator's command, which tells how far it is.
fn begin(house: &House, progress: &str) -> Child {
    let told = File::create(house.folder.path().join(progress)).expect("a file");
    let command = house.command(&["reconcile", "--all"]).stdout(told).spawn();
    command.expect("the product's binary runs")
}

/// Lets time run until the command ends or so many items are mended.
async fn run(house: &House, command: &mut Child, enough: usize) -> Option<i32> {
    for _ in 0..LEAPS {
        if let Some(ended) = command.try_wait().expect("it can be waited for") {
            return ended.code();
        }
        if mended(&house.world().tenant()) >= enough {
            return None;
        }
        house.tenant.advance(LEAP).expect("the clock moves");
        pause(BETWEEN).await;
    }
    panic!("it neither ends nor mends\n{}", house.log());
}

/// Items that were looked at, line by line of what the administrator was told.
fn looked_at(house: &House, progress: &str) -> Vec<usize> {
    let told = std::fs::read_to_string(house.folder.path().join(progress)).expect("a file");
    let end = format!("/{ITEMS} 件");
    let done = told
        .lines()
        .filter_map(|line| line.split_once(&end)?.0.parse().ok());
    done.collect()
}

/// What the product has used of SharePoint since the counters were set back.
fn used(house: &House) -> Usage {
    let us = house.our_app().app_id;
    let usage = house.world().meter.usage();
    usage.get(&Some(us)).copied().expect("calls of the product")
}

/// Begun, and broken off with the service that does the work; what the administrator was told.
async fn broken_off(house: &mut House) -> Vec<usize> {
    let mut command = begin(house, PROGRESS[0]);
    let ended = run(house, &mut command, ITEMS / 4).await;
    assert_eq!(ended, None, "it was over before anybody died");
    house.kill();
    command.kill().expect("kill -9");
    command.wait().expect("it ends");
    let mended = mended(&house.world().tenant());
    assert!((1..ITEMS).contains(&mended), "{mended} of {ITEMS}");
    looked_at(house, PROGRESS[0])
}

/// Within the budget, which was too small for doing it in one minute.
fn kept_within_the_budget(house: &House) {
    let used = used(house);
    assert!(
        used.resource_units > A_MINUTE_S,
        "a minute was enough for all of it: {used:?}"
    );
    assert_eq!(used.refused, 0, "{used:?}");
    assert!(used.busiest_minute <= A_MINUTE_S, "{used:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_on_the_day_of_a_reorganisation_it_goes_on_and_no_minute_costs_more_than_is_granted() {
    let mut watch = day_before().await;
    let house = &mut watch.house;
    let right = permissions(&house.world().tenant());
    take_permissions_away(house);
    house.world().tenant().switches.resource_units = ResourceUnits::Licences(LICENCES);
    house.world().meter.reset();
    house.serve().await;
    let first = broken_off(house).await;

    house.serve().await;
    let mut command = begin(house, PROGRESS[1]);
    let ended = run(house, &mut command, usize::MAX).await;
    assert_eq!(ended, Some(0), "{}", house.log());
    // Told while it was under way, and not from the beginning when it went on.
    let second = looked_at(house, PROGRESS[1]);
    assert!(first.len() > 1 && second.len() > 1, "{first:?} {second:?}");
    assert!(second[0] > 0 && second.last() == Some(&ITEMS), "{second:?}");
    let told = [first, second].concat();
    assert!(told.is_sorted(), "{told:?}");
    kept_within_the_budget(house);

    // Each application's own job looks at its item once more.
    watch.quiet().await;
    assert_eq!(permissions(&watch.house.world().tenant()), right);
    assert_eq!(used(&watch.house).refused, 0);
}
