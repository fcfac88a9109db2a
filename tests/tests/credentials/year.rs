//! A year of the tenant, from one April to the next: people apply and ask at every step of it, and what proves the app
//! is renewed in February. `PF_YEAR_DAYS`: the days of a step outside of February.

#[path = "year/course.rs"]
mod course;
#[path = "year/evidence.rs"]
mod evidence;

use e2e::house::House;
use e2e::post;
use e2e::registration::said;
use jiff::civil::Date;

use super::{phase, refusals_by_entra, renew};
use course::Course;
use evidence::{Replaced, assert_evidence};

const ALARM: &str = "【要確認】アプリの資格情報";

/// What ran out is replaced, nobody was refused anything, and the report tells how it was.
async fn assert_renewed_once(course: Course, before: &Replaced) {
    let course::Ended { house, heard, seen } = course.end().await;
    assert!(heard.refused.is_empty(), "{:#?}", heard.refused);
    assert!(heard.asked > 100, "{heard:?}");
    assert!(seen.without.is_empty() && seen.looks > 1_000, "{seen:?}");
    assert_eq!(seen.most, 2, "two overlapped, and never more");
    assert!(before.ends < house.world().clock.now(), "the old one has run out");
    assert_eq!(phase(&house), "removed");
    assert_eq!(
        house.credentials_status()["renewal"]["number"],
        before.renewal + 1
    );
    assert_evidence(&house, before).await;
    let log = house.log();
    assert!(
        refusals_by_entra(&log).is_empty(),
        "{:#?}",
        refusals_by_entra(&log)
    );
    for service in ["SharePoint", "Graph"] {
        assert!(was_outlived(&log, service), "no token of {service} ran out");
    }
    let alarms = post::all(&house).into_iter();
    let alarms: Vec<_> = alarms.filter(|mail| mail.subject.starts_with(ALARM)).collect();
    assert!(alarms.is_empty(), "{}", alarms[0].html);
    for check in [&["doctor"][..], &["credentials", "verify"], &["verify-journal"]] {
        let checked = house.run(check);
        assert!(checked.status.success(), "{check:?}: {}", said(&checked));
    }
}

/// Whether a token of changes was refused because it had run out.
fn was_outlived(log: &str, service: &str) -> bool {
    let mut refused = log.lines().filter(|line| line.contains("\"refused\""));
    refused.any(|line| line.contains(service) && line.contains("read changes"))
}

fn is_in_february(day: Date) -> bool {
    day.month() == 2
}

#[tokio::test(flavor = "multi_thread")]
async fn x22_a_year_with_the_script_once_in_february_refuses_nobody() {
    let mut course = Course::begin(false).await;
    let before = Replaced::of(course.house()).await;
    let mut renewed = 0;
    while let Some(day) = course.step().await {
        if is_in_february(day) && renewed == 0 {
            renewed += 1;
            let report = course.house().script("renew-credentials", &[]);
            assert!(report.status.success(), "{}", said(&report));
            assert_eq!(phase(course.house()), "switched");
            course.work().await;
        }
    }
    assert_eq!(renewed, 1, "with the script once");
    assert_renewed_once(course, &before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn x22_a_year_with_nothing_but_the_automatic_mode_refuses_nobody() {
    let mut course = Course::begin(true).await;
    let before = Replaced::of(course.house()).await;
    while course.step().await.is_some() {}
    assert_renewed_once(course, &before).await;
}

/// The year begins with a certificate that the product made, and that ends soon after the year.
fn begin_with_one_of_ours(house: &House) {
    renew(house);
    let day = jiff::SignedDuration::from_hours(25);
    house.tenant.advance(day).expect("the clock moves");
    renew(house);
    assert_eq!(phase(house), "removed");
}
