//! Calendars are read as a whole or refused with a place and a remedy.

use jiff::civil::date;
use serde_json::{Value, json};
use workflow::calendar::national::Holiday;
use workflow::calendar::{Calendar, DayOfWeek, Off, Period};

/// Closed at weekends, on holidays and at the turn of the year; works on one Saturday, rests on one Friday.
pub(crate) fn company() -> Value {
    let closing = json!({"ja": "年末年始休業", "en": "New Year closing"});
    json!({
        "zone": "Asia/Tokyo",
        "nationalHolidaysOff": true,
        "weeklyDaysOff": ["saturday", "sunday"],
        "daysOff": [
            {"date": "12-29", "name": closing},
            {"date": "12-30", "name": closing},
            {"date": "12-31", "name": closing},
            {"date": "01-02", "name": closing},
            {"date": "01-03", "name": closing},
            {"date": "2026-08-14", "name": {"ja": "夏季休業", "en": "Summer closing"}},
        ],
        "workingDays": [{"date": "2026-03-28", "name": {"ja": "棚卸し", "en": "Stocktaking"}}],
        "hours": {"opens": "09:00", "closes": "17:30", "breaks": [{"from": "12:00", "to": "13:00"}]},
    })
}

pub(crate) fn calendar(json: &Value) -> Calendar {
    Calendar::parse(&json.to_string()).unwrap()
}

fn with(pointer: &str, value: Value) -> Value {
    let mut company = company();
    *company.pointer_mut(pointer).unwrap() = value;
    company
}

#[test]
fn a_calendar_says_why_a_day_is_off() {
    let calendar = calendar(&company());
    let off = |year, month, day| calendar.off(date(year, month, day)).unwrap();
    let national = |ja, en| Some(Off::National(Holiday { ja, en }));
    let company = |day| match day {
        Some(Off::Company(name)) => name.ja.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(off(2026, 9, 18), None);
    assert_eq!(off(2026, 9, 19), Some(Off::Weekly(DayOfWeek::Saturday)));
    assert_eq!(off(2026, 9, 22), national("国民の休日", "Citizens' Holiday"));
    assert_eq!(company(off(2026, 8, 14)), "夏季休業");
    assert_eq!(
        off(2028, 8, 14),
        None,
        "a day with a year is off in that year alone"
    );
    assert_eq!(company(off(2031, 12, 30)), "年末年始休業");
    assert_eq!(off(2026, 3, 28), None, "a Saturday that is worked");
    assert!(calendar.off(date(2151, 1, 1)).is_err());
}

#[test]
fn a_company_can_work_on_holidays() {
    let open = calendar(&with("/nationalHolidaysOff", json!(false)));
    assert_eq!(open.off(date(2026, 9, 22)).unwrap(), None);
    let work = json!([{"date": "2026-09-22", "name": {"ja": "出荷日", "en": "Shipping"}}]);
    let once = calendar(&with("/workingDays", work));
    assert_eq!(once.off(date(2026, 9, 22)).unwrap(), None);
    assert!(once.off(date(2026, 9, 23)).unwrap().is_some());
}

#[test]
fn a_calendar_survives_writing_and_reading() {
    let calendar = calendar(&company());
    let text = serde_json::to_value(&calendar).unwrap();
    assert_eq!(text, company());
    assert_eq!(serde_json::from_value::<Calendar>(text).unwrap(), calendar);
}

#[test]
fn a_bad_calendar_is_refused_where_it_is_bad() {
    let name = json!({"ja": "休業", "en": "Closing"});
    let week = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let cases = [
        ("/zone", json!("Asia/Tokio"), "zone"),
        ("/zone", json!("JST-9"), "zone"),
        ("/weeklyDaysOff", json!(week), "weeklyDaysOff"),
        ("/daysOff/0/name/en", json!(" "), "daysOff[0].name"),
        ("/daysOff/1/date", json!("12-29"), "daysOff[1].date"),
        ("/daysOff/1/date", json!("1948-07-19"), "daysOff[1].date"),
        ("/daysOff/1/date", json!("2026-03-28"), "workingDays[0].date"),
        ("/workingDays/0/name/ja", json!(""), "workingDays[0].name"),
        ("/hours/closes", json!("09:00"), "hours.closes"),
        ("/hours/breaks/0/to", json!("12:00"), "hours.breaks[0].to"),
        ("/hours/breaks/0/from", json!("09:00"), "hours.breaks[0]"),
        ("/hours/breaks/0/to", json!("17:30"), "hours.breaks[0]"),
    ];
    for (pointer, bad, path) in cases {
        let error = Calendar::parse(&with(pointer, bad).to_string()).unwrap_err();
        assert_eq!(error.path, path, "{error}");
        assert!(!error.remedy.is_empty());
    }
    let many: Vec<Value> = (0..2001)
        .map(|_| json!({"date": "05-05", "name": name}))
        .collect();
    let error = Calendar::parse(&with("/daysOff", json!(many)).to_string()).unwrap_err();
    assert_eq!(
        (error.path.as_str(), error.problem.as_str()),
        ("daysOff", "too many days")
    );
}

#[test]
fn what_is_not_of_the_known_shape_is_refused_by_its_name() {
    let cases = [
        ("/daysOff/0/date", json!("02-30"), "02-30"),
        ("/daysOff/0/date", json!("2026-08-14T00:00"), "2026-08-14T00:00"),
        ("/daysOff/0/date", json!("2026-8-14"), "2026-8-14"),
        ("/workingDays/0/date", json!("03-28"), "03-28"),
        ("/hours/opens", json!("9:00"), "9:00"),
        ("/hours/closes", json!("24:00"), "24:00"),
        ("/weeklyDaysOff", json!(["saturn"]), "saturn"),
        (
            "/hours",
            json!({"opens": "09:00", "closes": "17:00", "lunch": true}),
            "lunch",
        ),
    ];
    for (pointer, bad, said) in cases {
        let error = Calendar::parse(&with(pointer, bad).to_string()).unwrap_err();
        assert!(error.problem.contains(said), "{error}");
    }
    let mut missing = company();
    missing.as_object_mut().unwrap().remove("nationalHolidaysOff");
    let error = Calendar::parse(&missing.to_string()).unwrap_err();
    assert!(error.problem.contains("nationalHolidaysOff"), "{error}");
}

#[test]
fn a_calendar_in_which_nobody_ever_works_again_is_refused() {
    let name = json!({"ja": "休業", "en": "Closing"});
    let day = |number: i32| date(2023, 12, 31) + jiff::Span::new().days(number);
    let every_day: Vec<Value> = (1..=366)
        .map(|number| json!({"date": day(number).strftime("%m-%d").to_string(), "name": name}))
        .collect();
    let error = Calendar::parse(&with("/daysOff", json!(every_day)).to_string()).unwrap_err();
    assert_eq!(error.path, "daysOff");
    assert!(error.problem.contains("no business day between"), "{error}");
    assert!(error.remedy.contains("366 days"), "{error}");
    let most_days = json!(every_day[..300]);
    assert!(Calendar::parse(&with("/daysOff", most_days).to_string()).is_ok());
}

#[test]
fn a_period_is_one_of_three_and_has_a_length() {
    for text in [
        r#"{"businessDays":3}"#,
        r#"{"businessHours":8}"#,
        r#"{"calendarDays":14}"#,
    ] {
        let period: Period = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&period).unwrap(), text);
    }
    let cases = [
        (r#"{"businessDays":0}"#, "Use 1 to 3660"),
        (r#"{"businessDays":3661}"#, "Use 1 to 3660"),
        (r#"{"businessDays":-1}"#, "-1"),
        (r#"{"weeks":1}"#, "weeks"),
        (r#"{"businessDays":1,"calendarDays":1}"#, ""),
        ("{}", ""),
    ];
    for (text, said) in cases {
        let error = serde_json::from_str::<Period>(text).unwrap_err().to_string();
        assert!(error.contains(said), "{text}: {error}");
    }
}
