//! When a renewal begins by itself. Pure.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};
use workflow::calendar::Calendar;

use crate::config::Automatic;

/// How far ahead a season is looked for.
const MONTHS: i32 = 24;

/// Whether a renewal is to begin now: within the hours of a business day, in a month of the window when no later season
/// would be early enough, and in any month once the credential is nearer to its end than it should be.
pub(crate) fn is_due(automatic: &Automatic, calendar: &Calendar, ends: Timestamp, now: Timestamp) -> bool {
    let days = SignedDuration::from_hours(24 * i64::from(automatic.days_before));
    let must = ends.checked_sub(days).unwrap_or(Timestamp::MIN);
    let zone = TimeZone::get(&automatic.zone).unwrap_or(TimeZone::UTC);
    let here = now.to_zoned(zone);
    let last_chance = || is_in_season(automatic, here.date()) && next_season(automatic, &here) > must;
    (now >= must || last_chance()) && is_open(automatic, calendar, &here)
}

fn is_open(automatic: &Automatic, calendar: &Calendar, here: &Zoned) -> bool {
    let time = here.time();
    let in_hours = automatic.from <= time && time < automatic.to;
    // Of a year whose holidays nobody knows yet, every day will do: a credential that runs out is worse.
    let works = calendar.off(here.date()).map_or(true, |off| off.is_none());
    in_hours && works
}

fn is_in_season(automatic: &Automatic, day: Date) -> bool {
    automatic.months.is_empty() || automatic.months.contains(&day.month())
}

/// The first day of the season after this one. Where every month belongs to the window, tomorrow.
fn next_season(automatic: &Automatic, here: &Zoned) -> Timestamp {
    let first = here.date().first_of_month();
    let months = (1..=MONTHS).filter_map(|ahead| first.checked_add(ahead.months()).ok());
    let mut after_this = months.skip_while(|month| is_in_season(automatic, *month));
    let day = after_this.find(|month| is_in_season(automatic, *month));
    let day = day.or_else(|| here.date().tomorrow().ok());
    let start = day.and_then(|day| day.to_zoned(here.time_zone().clone()).ok());
    start.map_or(Timestamp::MAX, |start| start.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar() -> Calendar {
        Calendar::parse(include_str!("../../../../manifests/calendar.json")).unwrap()
    }

    fn due(automatic: &Automatic, ends: &str, now: &str) -> bool {
        let now: Timestamp = now.parse().unwrap();
        is_due(automatic, &calendar(), ends.parse().unwrap(), now)
    }

    const APRIL: &str = "2028-04-01T00:00:00Z";

    #[test]
    fn by_default_it_begins_in_february_on_business_days_from_two_to_four_in_japan() {
        let february = Automatic::default();
        for (now, begins) in [
            // Tuesday, 1 February 2028, 03:00 in Tokyo.
            ("2028-01-31T18:00:00Z", true),
            ("2028-01-31T16:59:59Z", false),
            ("2028-01-31T19:00:00Z", false),
            // Saturday and Sunday; Friday the 11th, a national holiday.
            ("2028-02-04T18:00:00Z", false),
            ("2028-02-05T18:00:00Z", false),
            ("2028-02-10T18:00:00Z", false),
            // January, at the right hour.
            ("2028-01-17T18:00:00Z", false),
            // A year before: the next February is early enough.
            ("2027-01-31T18:00:00Z", false),
        ] {
            assert_eq!(due(&february, APRIL, now), begins, "{now}");
        }
    }

    #[test]
    fn what_no_season_would_catch_is_renewed_in_any_month_rather_than_never() {
        let february = Automatic::default();
        let october = "2027-10-20T00:00:00Z";
        assert!(
            !due(&february, october, "2027-09-06T18:00:00Z"),
            "more than 30 days before"
        );
        assert!(due(&february, october, "2027-09-23T18:00:00Z"));
        assert!(
            due(&february, october, "2027-02-01T18:00:00Z"),
            "the February before is the last chance"
        );
        let every = Automatic {
            months: Vec::new(),
            ..Automatic::default()
        };
        assert!(!due(&every, october, "2027-02-01T18:00:00Z"));
        assert!(due(&every, october, "2027-09-23T18:00:00Z"));
    }

    #[test]
    fn a_certificate_of_the_default_life_is_renewed_once_a_year() {
        let february = Automatic::default();
        let life =
            SignedDuration::from_hours(24 * i64::from(crate::config::Renewing::default().lifetime_days));
        let mut now: Timestamp = "2027-02-01T17:30:00Z".parse().unwrap();
        let mut ends = now + life;
        let mut renewed = Vec::new();
        // A Tuesday of each week: to look up holidays takes time.
        for _ in 0..(3 * 53) {
            now += SignedDuration::from_hours(7 * 24);
            if is_due(&february, &calendar(), ends, now) {
                renewed.push(now.to_zoned(TimeZone::get("Asia/Tokyo").unwrap()).date());
                ends = now + life;
            }
        }
        let months: Vec<_> = renewed.iter().map(|day| (day.year(), day.month())).collect();
        assert_eq!(months, [(2028, 2), (2029, 2), (2030, 2)]);
    }
}
