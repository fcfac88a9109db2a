//! The national holidays of Japan 国民の祝日, for every year that the Act on National Holidays (Act No. 178 of 1948)
//! covers and the equinox formula reaches.
//!
//! The law stands as data in `act`; here it is only read. The days of the equinoxes are computed: the official
//! day is announced on 1 February of the year before (暦要項, in the official gazette), so later ones are forecasts.
//! A company's calendar can overrule any day.

mod act;
mod equinox;

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday, date};
use thiserror::Error;

use act::{RESTS, RULES, Rest, RestRule};

/// The day on which the act came into force.
pub const FIRST_DAY: Date = date(1948, 7, 20);
/// The last day of the last year of the equinox formula.
pub const LAST_DAY: Date = date(equinox::LAST_YEAR, 12, 31);

/// A name of a day on which the country rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holiday {
    pub ja: &'static str,
    pub en: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the national holidays of {year} are not known. Ask for a year from 1948 to 2150")]
pub struct UnknownYear {
    pub year: i16,
}

/// All days of a year on which the law lets the country rest, substitute 振替休日 and citizens' holidays
/// 国民の休日 included. Holidays that fall on a Sunday are in it too.
///
/// # Errors
/// A year before the act, or after the last one of the equinox formula.
pub fn holidays(year: i16) -> Result<BTreeMap<Date, Holiday>, UnknownYear> {
    if !(FIRST_DAY.year()..=LAST_DAY.year()).contains(&year) {
        return Err(UnknownYear { year });
    }
    let named = named(year);
    let mut all = named.clone();
    // 31 December has no name: no rest reaches over the turn of the year, and a year can be looked at alone.
    for rule in RESTS {
        for day in rests(rule, &named) {
            all.entry(day).or_insert(rule.holiday);
        }
    }
    Ok(all)
}

/// The days that have a name of their own.
fn named(year: i16) -> BTreeMap<Date, Holiday> {
    let standing = RULES
        .iter()
        .filter(|rule| rule.first <= year && rule.last.is_none_or(|last| year <= last));
    let days = standing.filter_map(|rule| Some((rule.day.in_year(year)?, rule.holiday)));
    days.filter(|(day, _)| *day >= FIRST_DAY).collect()
}

/// The unnamed days that a rule makes days of rest.
fn rests(rule: &RestRule, named: &BTreeMap<Date, Holiday>) -> Vec<Date> {
    let free = |day: &Date| !named.contains_key(day);
    let days = named.keys().filter_map(|holiday| match rule.rest {
        Rest::DayAfterSunday => on_sunday(*holiday)?.tomorrow().ok().filter(free),
        Rest::NextFreeDayAfterSunday => following(on_sunday(*holiday)?).find(free),
        Rest::BetweenButSunday => between(*holiday, named).filter(|day| day.weekday() != Weekday::Sunday),
        Rest::Between => between(*holiday, named),
    });
    days.filter(|day| rule.from <= *day && rule.until.is_none_or(|until| *day <= until))
        .collect()
}

fn on_sunday(day: Date) -> Option<Date> {
    (day.weekday() == Weekday::Sunday).then_some(day)
}

fn following(day: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(day.tomorrow().ok(), |day| day.tomorrow().ok())
}

/// The unnamed day after a holiday whose next day is a holiday again.
fn between(holiday: Date, named: &BTreeMap<Date, Holiday>) -> Option<Date> {
    let mut next = following(holiday);
    let (middle, end) = (next.next()?, next.next()?);
    (!named.contains_key(&middle) && named.contains_key(&end)).then_some(middle)
}
