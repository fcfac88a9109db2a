//! Deadlines as people would count them with a finger on the calendar.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use workflow::calendar::{Calendar, DeadlineError, Period};

use crate::calendars::{calendar, company};

/// What the clocks in a calendar's zone show, and back.
struct Clocks(Calendar);

impl Clocks {
    fn at(&self, text: &str) -> Timestamp {
        let civil: DateTime = text.parse().unwrap();
        self.0.zone().to_timestamp(civil).unwrap()
    }

    fn show(&self, moment: Timestamp) -> String {
        let civil = moment.to_zoned(self.0.zone().clone()).datetime();
        civil.strftime("%Y-%m-%d %H:%M").to_string()
    }

    fn due(&self, period: &Value, start: &str) -> String {
        let period: Period = serde_json::from_value(period.clone()).unwrap();
        self.show(period.due(&self.0, self.at(start)).unwrap())
    }

    fn between(&self, start: &str, end: &str) -> Duration {
        self.0
            .business_time_between(self.at(start), self.at(end))
            .unwrap()
    }
}

fn tokyo() -> Clocks {
    Clocks(calendar(&company()))
}

/// Open all day and every day, or from and to the given times, in another zone.
fn daily(zone: &str, opens: &str, closes: &str, breaks: &Value) -> Clocks {
    Clocks(calendar(&json!({
        "zone": zone,
        "nationalHolidaysOff": false,
        "weeklyDaysOff": [],
        "hours": {"opens": opens, "closes": closes, "breaks": breaks},
    })))
}

#[test]
fn business_days_end_at_closing() {
    let clocks = tokyo();
    let cases = [
        (
            1,
            "2026-06-01 10:00",
            "2026-06-02 17:30",
            "within hours: the next day",
        ),
        (
            1,
            "2026-06-01 08:00",
            "2026-06-02 17:30",
            "before opening counts as the same day",
        ),
        (1, "2026-06-01 12:30", "2026-06-02 17:30", "in a break"),
        (1, "2026-06-01 17:30", "2026-06-02 17:30", "at closing"),
        (
            1,
            "2026-06-01 17:31",
            "2026-06-03 17:30",
            "after closing counts as the next business day",
        ),
        (
            1,
            "2026-06-06 10:00",
            "2026-06-09 17:30",
            "a Saturday counts as Monday",
        ),
        (3, "2026-06-04 10:00", "2026-06-09 17:30", "over a weekend"),
        (
            1,
            "2026-09-18 10:00",
            "2026-09-24 17:30",
            "over five days off, one of them between holidays",
        ),
        (
            1,
            "2026-03-27 10:00",
            "2026-03-28 17:30",
            "a Saturday that is worked",
        ),
        (
            2,
            "2026-12-25 10:00",
            "2027-01-04 17:30",
            "over the turn of the year",
        ),
        (
            1,
            "2026-08-13 10:00",
            "2026-08-17 17:30",
            "over the company's own day",
        ),
    ];
    for (days, start, due, why) in cases {
        assert_eq!(clocks.due(&json!({"businessDays": days}), start), due, "{why}");
    }
    let today = clocks
        .0
        .after_business_days(clocks.at("2026-06-01 10:00"), 0)
        .unwrap();
    assert_eq!(clocks.show(today), "2026-06-01 17:30");
}

#[test]
fn business_hours_leave_out_breaks_nights_and_days_off() {
    let clocks = tokyo();
    let cases = [
        (2, "2026-06-01 09:30", "2026-06-01 11:30", "before the break"),
        (2, "2026-06-01 11:30", "2026-06-01 14:30", "over the break"),
        (
            3,
            "2026-06-01 09:00",
            "2026-06-01 12:00",
            "to the break, not to its end",
        ),
        (
            1,
            "2026-06-01 16:30",
            "2026-06-01 17:30",
            "to closing, not to the next opening",
        ),
        (1, "2026-06-01 17:00", "2026-06-02 09:30", "over a night"),
        (1, "2026-06-01 20:00", "2026-06-02 10:00", "from a night"),
        (8, "2026-06-05 15:00", "2026-06-08 15:30", "over a weekend"),
        (8, "2026-09-18 17:00", "2026-09-24 17:30", "over five days off"),
    ];
    for (hours, start, due, why) in cases {
        let period = json!({"businessHours": hours});
        assert_eq!(clocks.due(&period, start), due, "{why}");
    }
}

#[test]
fn calendar_days_keep_the_time_of_the_day() {
    let clocks = tokyo();
    let due = clocks.due(&json!({"calendarDays": 14}), "2026-12-20 22:15");
    assert_eq!(due, "2027-01-03 22:15", "days off count, and it may end on one");
    let berlin = daily("Europe/Berlin", "09:00", "17:00", &json!([]));
    let due = berlin.due(&json!({"calendarDays": 1}), "2026-03-28 12:00");
    assert_eq!(due, "2026-03-29 12:00", "23 hours later");
    let due = berlin.due(&json!({"calendarDays": 1}), "2026-03-28 02:30");
    assert_eq!(
        due, "2026-03-29 03:00",
        "a time left out is the moment of the jump"
    );
}

#[test]
fn business_time_between_two_moments_is_what_the_office_was_open() {
    let clocks = tokyo();
    let minutes = Duration::from_mins;
    assert_eq!(
        clocks.between("2026-06-01 09:00", "2026-06-01 17:30"),
        minutes(450)
    );
    assert_eq!(
        clocks.between("2026-06-01 11:45", "2026-06-01 13:15"),
        minutes(30)
    );
    assert_eq!(
        clocks.between("2026-06-05 17:00", "2026-06-08 09:15"),
        minutes(45)
    );
    assert_eq!(clocks.between("2026-09-19 00:00", "2026-09-23 23:59"), minutes(0));
    assert_eq!(clocks.between("2026-06-02 12:00", "2026-06-01 12:00"), minutes(0));
}

#[test]
fn clocks_that_are_put_forward_or_back_lose_and_gain_no_time() {
    let berlin = daily("Europe/Berlin", "00:00", "06:00", &json!([]));
    let open = |day: &str| berlin.between(&format!("{day} 00:00"), &format!("{day} 12:00"));
    assert_eq!(open("2026-03-28"), Duration::from_hours(6));
    assert_eq!(open("2026-03-29"), Duration::from_hours(5), "put forward");
    assert_eq!(open("2026-10-25"), Duration::from_hours(7), "put back");
    let due = berlin.due(&json!({"businessHours": 4}), "2026-03-29 00:00");
    assert_eq!(due, "2026-03-29 05:00");
    let days = berlin.due(&json!({"businessDays": 1}), "2026-03-28 03:00");
    assert_eq!(days, "2026-03-29 06:00");
}

#[test]
fn a_break_that_the_clocks_jump_over_takes_no_time() {
    let breaks = json!([{"from": "02:10", "to": "02:40"}, {"from": "03:10", "to": "03:20"}]);
    let berlin = daily("Europe/Berlin", "00:00", "06:00", &breaks);
    let spent = berlin.between("2026-03-29 00:00", "2026-03-29 12:00");
    assert_eq!(spent, Duration::from_mins(5 * 60 - 10));
}

#[test]
fn each_company_counts_on_its_own_clocks() {
    let start: Timestamp = "2026-06-01T15:30:00Z".parse().unwrap();
    let due = |zone: &str| {
        let calendar = daily(zone, "09:00", "17:30", &json!([])).0;
        calendar.after_business_days(start, 1).unwrap().to_string()
    };
    assert_eq!(
        due("Asia/Tokyo"),
        "2026-06-03T08:30:00Z",
        "it is 2 June there already"
    );
    assert_eq!(due("America/New_York"), "2026-06-02T21:30:00Z");
    let tokyo = tokyo().0;
    assert_eq!(tokyo.zone(), &TimeZone::get("Asia/Tokyo").unwrap());
}

#[test]
fn a_deadline_outside_of_the_calendar_is_refused() {
    let clocks = tokyo();
    let near_the_end = clocks.at("2150-12-20 10:00");
    let late = clocks.0.after_business_days(near_the_end, 30);
    assert_eq!(late, Err(DeadlineError::EndOutside));
    let late = clocks.0.after_business_time(near_the_end, Duration::MAX);
    assert_eq!(late, Err(DeadlineError::EndOutside));
    let late = clocks.0.after_calendar_days(near_the_end, 30);
    assert_eq!(late, Err(DeadlineError::EndOutside));
    for start in ["1948-07-19 23:59", "2151-01-01 00:00"] {
        let start = clocks.at(start);
        let never = Err(DeadlineError::StartOutside);
        assert_eq!(clocks.0.after_business_days(start, 1), never);
        assert_eq!(clocks.0.after_calendar_days(start, 1), never);
    }
    let error = DeadlineError::EndOutside.to_string();
    assert!(
        error.contains("2150-12-31") && error.contains("shorter period"),
        "{error}"
    );
}
