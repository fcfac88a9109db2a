//! The machine itself stands in the way: its clock is wrong, or its disk takes no more.

use std::collections::BTreeSet;
use std::process::Output;

use e2e::house::House;
use e2e::registration::said;
use jiff::SignedDuration;

use super::hindered::{obstacles, refused};
use super::killed::{LEASE, assert_whole};
use super::{A_DAY, house, phase, renew};

/// More than Microsoft tolerates, and more than an assertion lives.
const WRONG: SignedDuration = SignedDuration::from_mins(20);
const SKEWED: &str = "skewed-clock";
/// Kilobytes that a file may have, from nothing to enough for a renewal, in steps of about two rows.
const MOST: u32 = 800;
const STEP: usize = 12;

/// The product's clock is off by so much from the tenant's.
fn skew(house: &House, by: SignedDuration) {
    let right = std::fs::read_to_string(house.file("tenant/clock-offset")).unwrap_or_default();
    let right: i128 = right.trim().parse().unwrap_or_default();
    std::fs::write(house.file(SKEWED), (right + by.as_millis()).to_string()).expect("a clock");
}

fn follow(house: &House, clock: &str) {
    let line = format!("clock_offset = \"{}\"", house.file(clock));
    house.configure(|text| {
        let old = text.lines().find(|line| line.starts_with("clock_offset"));
        let old = old.expect("a clock").to_owned();
        text.replace(&old, &line)
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn x22_a_clock_that_is_wrong_is_named_and_once_it_is_right_the_renewal_goes_on() {
    let house = house("").await;
    for by in [WRONG, -WRONG] {
        skew(&house, by);
        follow(&house, SKEWED);
        assert_eq!(obstacles(&house), ["clockSkew"], "{by}");
        let told = refused(&house);
        assert!(
            told.contains("AADSTS700024") && told.contains("時刻同期"),
            "{by}: {told}"
        );
    }
    follow(&house, "tenant/clock-offset");
    renew(&house);
    assert_eq!(phase(&house), "switched");
    // The clock goes wrong between two steps: nothing is taken away by a call that proves nothing.
    house.tenant.advance(A_DAY).expect("the clock moves");
    skew(&house, WRONG);
    follow(&house, SKEWED);
    let told = refused(&house);
    assert!(told.contains("AADSTS700024"), "{told}");
    assert_eq!(house.thumbprints().await.len(), 2);
    follow(&house, "tenant/clock-offset");
    renew(&house);
    assert_eq!(phase(&house), "removed");
    assert_eq!(house.thumbprints().await.len(), 1);
}

/// No file may become larger than so many kilobytes; whoever writes more is told so, and not ended.
fn renew_within(house: &House, kilobytes: u32) -> Output {
    let limited = format!("trap '' XFSZ; ulimit -f {kilobytes}; exec \"$@\"");
    house.run_by(&["bash", "-c", &limited, "limited"], &["credentials", "renew"])
}

#[tokio::test(flavor = "multi_thread")]
async fn x22_a_disk_that_takes_no_more_is_named_and_with_room_the_renewal_goes_on() {
    let house = house("secret = true").await;
    let before = house.thumbprints().await;
    let mut stopped = BTreeSet::new();
    for kilobytes in (4..MOST).step_by(STEP) {
        let done = renew_within(&house, kilobytes);
        if done.status.success() {
            break;
        }
        let told = said(&done);
        assert!(told.contains("ディスクに書き込めません"), "{kilobytes}: {told}");
        stopped.insert(phase(&house));
        let registered = house.thumbprints().await;
        assert!(
            registered.contains(&before[0]) && registered.len() <= 2,
            "{registered:?}"
        );
        assert!(
            house.run(&["credentials", "verify"]).status.success(),
            "{kilobytes}"
        );
        house.tenant.advance(LEASE).expect("the clock moves");
    }
    // Before anything was kept, and in the midst of it.
    assert!(stopped.contains("") && stopped.len() > 1, "{stopped:?}");
    assert_eq!(phase(&house), "switched", "there was room at last");
    house.tenant.advance(A_DAY).expect("the clock moves");
    assert_whole(&house, &before).await;
}
