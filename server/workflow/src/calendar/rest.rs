//! Why nobody works on a day, and on which days somebody does.

use std::collections::BTreeMap;

use forms::Label;
use jiff::civil::Date;

use super::day::{Day, Once};
use super::national::{self, FIRST_DAY, Holiday, LAST_DAY, UnknownYear, holidays};
use super::{Calendar, DayOfWeek, Written};

/// Why nobody works on a day; the first that applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Off<'a> {
    /// The company closes, for this reason.
    Company(&'a Label),
    National(Holiday),
    Weekly(DayOfWeek),
}

impl Calendar {
    /// Why nobody works on the day; none: it is a business day.
    ///
    /// # Errors
    /// A day of a year whose national holidays nobody knows.
    pub fn off(&self, day: Date) -> Result<Option<Off<'_>>, UnknownYear> {
        let national = holidays(day.year())?;
        Ok(Listed::of(&self.written).off(day, &national))
    }
}

pub(super) fn working_days(written: &Written) -> Vec<Date> {
    let listed = Listed::of(written);
    let years = FIRST_DAY.year()..=LAST_DAY.year();
    let known = years.filter_map(|year| holidays(year).ok().map(|national| (year, national)));
    let working = known.flat_map(|(year, national)| {
        let days = days_of(year).filter(|day| listed.off(*day, &national).is_none());
        days.collect::<Vec<_>>()
    });
    working.collect()
}

fn days_of(year: i16) -> impl Iterator<Item = Date> {
    let first = Date::new(year, 1, 1).ok().map(|day| day.max(national::FIRST_DAY));
    std::iter::successors(first, |day| day.tomorrow().ok()).take_while(move |day| day.year() == year)
}

/// The days that a calendar lists, to be found by date.
struct Listed<'a> {
    written: &'a Written,
    off: BTreeMap<Day, &'a Label>,
    working: BTreeMap<Once, &'a Label>,
}

impl<'a> Listed<'a> {
    fn of(written: &'a Written) -> Self {
        let off = written.days_off.iter().map(|day| (day.date, &day.name));
        let working = written.working_days.iter().map(|day| (day.date, &day.name));
        Self {
            written,
            off: off.collect(),
            working: working.collect(),
        }
    }

    fn off(&self, day: Date, national: &BTreeMap<Date, Holiday>) -> Option<Off<'a>> {
        if self.working.contains_key(&Once(day)) {
            return None;
        }
        let company = [Day::Once(Once(day)), Day::yearly(day)];
        let company = company.iter().find_map(|day| self.off.get(day).copied());
        let holiday = national.get(&day).filter(|_| self.written.national_holidays_off);
        let of_week = DayOfWeek::from(day.weekday());
        let weekly = self.written.weekly_days_off.contains(&of_week);
        company
            .map(Off::Company)
            .or(holiday.copied().map(Off::National))
            .or(weekly.then_some(Off::Weekly(of_week)))
    }
}
