//! Whether a calendar makes sense; every complaint names its place and what to do.

use std::collections::BTreeSet;

use forms::Label;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::day::{Day, Once};
use super::national::{FIRST_DAY, LAST_DAY};
use super::{CalendarError, Hours, Written};

/// The longest stretch without a business day: longer ones are mistakes, and deadlines in them surprise people.
const MAX_DAYS_WITHOUT_WORK: i32 = 366;
const MAX_LISTED: usize = 2000;

type Checked = Result<(), CalendarError>;

fn ensure(good: bool, path: &str, problem: &str, remedy: &str) -> Checked {
    if good {
        return Ok(());
    }
    Err(CalendarError {
        path: path.to_owned(),
        problem: problem.to_owned(),
        remedy: remedy.to_owned(),
    })
}

/// Everything but the gaps between business days; gives the time zone.
pub(super) fn check(written: &Written) -> Result<TimeZone, CalendarError> {
    let zone = check_zone(&written.zone)?;
    ensure(
        written.weekly_days_off.len() < 7,
        "weeklyDaysOff",
        "all seven days are off",
        "Leave at least one day of the week to work on",
    )?;
    for (list, days) in [
        ("daysOff", written.days_off.len()),
        ("workingDays", written.working_days.len()),
    ] {
        ensure(
            days <= MAX_LISTED,
            list,
            "too many days",
            "List 2000 days or fewer",
        )?;
    }
    check_listed(written)?;
    check_hours(&written.hours)?;
    Ok(zone)
}

fn check_zone(name: &str) -> Result<TimeZone, CalendarError> {
    TimeZone::get(name).map_err(|error| CalendarError {
        path: "zone".to_owned(),
        problem: error.to_string(),
        remedy: "Use a name of the IANA time zone database, such as Asia/Tokyo".to_owned(),
    })
}

fn check_listed(written: &Written) -> Checked {
    let mut seen = BTreeSet::new();
    for (at, day) in written.days_off.iter().enumerate() {
        check_day(day.date, &day.name, &format!("daysOff[{at}]"), &mut seen)?;
    }
    for (at, day) in written.working_days.iter().enumerate() {
        let date = Day::Once(day.date);
        check_day(date, &day.name, &format!("workingDays[{at}]"), &mut seen)?;
    }
    Ok(())
}

fn check_day(date: Day, name: &Label, path: &str, seen: &mut BTreeSet<Day>) -> Checked {
    let known = match date {
        Day::Once(Once(date)) => (FIRST_DAY..=LAST_DAY).contains(&date),
        Day::Yearly { .. } => true,
    };
    let path_of_date = format!("{path}.date");
    ensure(
        known,
        &path_of_date,
        &format!("{date} lies outside of the calendar"),
        &format!("Use a day from {FIRST_DAY} to {LAST_DAY}"),
    )?;
    ensure(
        seen.insert(date),
        &path_of_date,
        &format!("{date} is listed twice"),
        "List each day once, either as a day off or as a working day",
    )?;
    let said = !name.ja.trim().is_empty() && !name.en.trim().is_empty();
    ensure(
        said,
        &format!("{path}.name"),
        "words are missing",
        "Write it in Japanese and English",
    )
}

fn check_hours(hours: &Hours) -> Checked {
    ensure(
        hours.opens < hours.closes,
        "hours.closes",
        "not after opening",
        "Close later on the same day than you open",
    )?;
    let mut open_since = hours.opens;
    for (at, pause) in hours.breaks.iter().enumerate() {
        let path = format!("hours.breaks[{at}]");
        ensure(
            pause.from < pause.to,
            &format!("{path}.to"),
            "not after the break's beginning",
            "End the break later than it begins",
        )?;
        ensure(
            open_since < pause.from && pause.to < hours.closes,
            &path,
            "not within open hours",
            "Put breaks in order, apart from each other, after opening and before closing",
        )?;
        open_since = pause.to;
    }
    Ok(())
}

/// Whether there is always a next business day, not too far off.
pub(super) fn check_gaps(working: &[Date]) -> Checked {
    let after = working.iter().copied().chain([LAST_DAY]);
    let before = std::iter::once(FIRST_DAY).chain(working.iter().copied());
    let gap = before
        .zip(after)
        .find(|(from, to)| (*to - *from).get_days() > MAX_DAYS_WITHOUT_WORK);
    let problem = gap.map(|(from, to)| format!("no business day between {from} and {to}"));
    ensure(
        problem.is_none(),
        "daysOff",
        &problem.unwrap_or_default(),
        "Leave at least one business day in any 366 days",
    )
}
