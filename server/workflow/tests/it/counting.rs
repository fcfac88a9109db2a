//! Random calendars and starts: whatever they are, counting holds together.

use std::sync::LazyLock;
use std::time::Duration;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use serde_json::json;
use workflow::calendar::Calendar;

use crate::calendars::{calendar, company};

/// Companies that differ in zone, week, hours and breaks; two of them change their clocks within open hours.
static COMPANIES: LazyLock<Vec<Calendar>> = LazyLock::new(|| {
    let other = |zone: &str, off: &[&str], holidays: bool, hours: (&str, &str), breaks: &[(&str, &str)]| {
        let breaks: Vec<_> = breaks
            .iter()
            .map(|(from, to)| json!({"from": from, "to": to}))
            .collect();
        calendar(&json!({
            "zone": zone,
            "nationalHolidaysOff": holidays,
            "weeklyDaysOff": off,
            "hours": {"opens": hours.0, "closes": hours.1, "breaks": breaks},
        }))
    };
    let night = [("01:45", "02:15"), ("02:50", "03:05")];
    vec![
        calendar(&company()),
        other("Asia/Tokyo", &["wednesday"], false, ("10:00", "19:00"), &[]),
        other("Europe/Berlin", &[], false, ("00:00", "06:00"), &night),
        other(
            "America/New_York",
            &["saturday"],
            false,
            ("00:00", "23:59"),
            &night,
        ),
        other(
            "Pacific/Auckland",
            &["monday", "tuesday"],
            true,
            ("08:30", "17:00"),
            &[("12:00", "12:45")],
        ),
    ]
});

fn of(company: usize) -> &'static Calendar {
    &COMPANIES[company]
}

/// Any second from 2019 to 2031.
fn moment() -> impl Strategy<Value = Timestamp> {
    (1_546_300_800i64..1_924_992_000).prop_map(|second| Timestamp::from_second(second).unwrap())
}

fn time() -> impl Strategy<Value = Duration> {
    (0u64..400_000).prop_map(Duration::from_secs)
}

fn day_of(calendar: &Calendar, moment: Timestamp) -> Date {
    moment.to_zoned(calendar.zone().clone()).date()
}

/// The same count, one day after the other.
fn counted_by_hand(calendar: &Calendar, start: Timestamp, days: u32) -> Date {
    let works = |day: Date| calendar.off(day).unwrap().is_none();
    let closing = calendar.after_business_days(start, 0).unwrap();
    let mut day = day_of(calendar, start);
    if !works(day) || day_of(calendar, closing) != day {
        day = next(day, works);
    }
    for _ in 0..days {
        day = next(day, works);
    }
    day
}

fn next(day: Date, works: impl Fn(Date) -> bool) -> Date {
    let mut day = day.tomorrow().unwrap();
    while !works(day) {
        day = day.tomorrow().unwrap();
    }
    day
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_deadline_ends_on_a_day_off_or_before_its_start(
        company in 0usize..5, start in moment(), days in 0u32..60, time in time(),
    ) {
        let calendar = of(company);
        let by_days = calendar.after_business_days(start, days).unwrap();
        let by_time = calendar.after_business_time(start, time).unwrap();
        for due in [by_days, by_time] {
            prop_assert!(due >= start);
            prop_assert_eq!(calendar.off(day_of(calendar, due)).unwrap(), None);
        }
    }

    #[test]
    fn days_are_counted_as_by_hand(company in 0usize..5, start in moment(), days in 0u32..60) {
        let calendar = of(company);
        let due = calendar.after_business_days(start, days).unwrap();
        prop_assert_eq!(day_of(calendar, due), counted_by_hand(calendar, start, days));
    }

    #[test]
    fn later_starts_and_longer_periods_never_end_earlier(
        company in 0usize..5,
        start in moment(),
        later in 0i64..800_000,
        (days, more_days) in (0u32..40, 0u32..40),
        (time, more_time) in (time(), time()),
    ) {
        let calendar = of(company);
        let later = start + SignedDuration::from_secs(later);
        let by_days = |start, days| calendar.after_business_days(start, days).unwrap();
        prop_assert!(by_days(start, days) <= by_days(later, days));
        prop_assert!(by_days(start, days) <= by_days(start, days + more_days));
        let by_time = |start, time| calendar.after_business_time(start, time).unwrap();
        prop_assert!(by_time(start, time) <= by_time(later, time));
        prop_assert!(by_time(start, time) <= by_time(start, time + more_time));
    }

    #[test]
    fn periods_add_up(
        company in 0usize..5,
        start in moment(),
        (days, more_days) in (0u32..40, 0u32..40),
        (time, more_time) in (time(), time()),
    ) {
        let calendar = of(company);
        let by_days = |start, days| calendar.after_business_days(start, days).unwrap();
        prop_assert_eq!(by_days(by_days(start, days), more_days), by_days(start, days + more_days));
        let by_time = |start, time| calendar.after_business_time(start, time).unwrap();
        prop_assert_eq!(by_time(by_time(start, time), more_time), by_time(start, time + more_time));
    }

    #[test]
    fn the_time_to_a_deadline_is_the_time_that_was_given(
        company in 0usize..5, start in moment(), time in time(), end in moment(),
    ) {
        let calendar = of(company);
        let between = |start, end| calendar.business_time_between(start, end).unwrap();
        let due = calendar.after_business_time(start, time).unwrap();
        prop_assert_eq!(between(start, due), time);
        let (start, end) = (start.min(end), start.max(end));
        let middle = due.clamp(start, end);
        prop_assert_eq!(between(start, middle) + between(middle, end), between(start, end));
    }
}
