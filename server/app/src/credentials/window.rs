//! When a renewal begins by itself. Pure.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};
use workflow::calendar::Calendar;

use crate::config::{Automatic, Credentials};

/// How far ahead a season is looked for.
const MONTHS: i32 = 24;

/// A credential that would live by no more than this longer is not renewed for the season's sake, nor by a person
/// without need: one whose life is shorter than from season to season would be renewed on each day of the season.
pub(super) const YOUNG: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Whether a renewal is to begin now: within the hours of a business day, in a month of the window when no later season
/// would be early enough, and in any month once the credential is nearer to its end than it should be.
pub(crate) fn is_due(configured: &Credentials, calendar: &Calendar, ends: Timestamp, now: Timestamp) -> bool {
    let automatic = &configured.automatic;
    let days = SignedDuration::from_hours(24 * i64::from(automatic.days_before));
    let must = ends.checked_sub(days).unwrap_or(Timestamp::MIN);
    let zone = TimeZone::get(&automatic.zone).unwrap_or(TimeZone::UTC);
    let here = now.to_zoned(zone);
    let gained = configured.renewal.lifetime() - ends.duration_since(now);
    let last_chance =
        || gained > YOUNG && is_in_season(automatic, here.date()) && next_season(automatic, &here) > must;
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
    use crate::config::{KeySource, Renewing};

    fn calendar() -> Calendar {
        Calendar::parse(include_str!("../../../../manifests/calendar.json")).unwrap()
    }

    fn living(lifetime_days: u16, automatic: Automatic) -> Credentials {
        Credentials {
            master_key: KeySource::Environment("UNUSED".into()),
            former_master_keys: Vec::new(),
            renewal: Renewing {
                lifetime_days,
                ..Renewing::default()
            },
            automatic,
        }
    }

    fn due(automatic: &Automatic, ends: &str, now: &str) -> bool {
        let now: Timestamp = now.parse().unwrap();
        let configured = living(Renewing::default().lifetime_days, automatic.clone());
        is_due(&configured, &calendar(), ends.parse().unwrap(), now)
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

    /// The days on which certificates of so many days are renewed, from 2 February 2027 on, for so many years, looked at
    /// on one day in so many.
    fn renewals(lifetime_days: u16, years: i64, step: i64) -> Vec<Date> {
        let configured = living(lifetime_days, Automatic::default());
        let mut now: Timestamp = "2027-02-01T17:30:00Z".parse().unwrap();
        let mut ends = now + configured.renewal.lifetime();
        let mut renewed = Vec::new();
        for _ in 0..(years * 371 / step) {
            now += SignedDuration::from_hours(step * 24);
            if is_due(&configured, &calendar(), ends, now) {
                renewed.push(now.to_zoned(TimeZone::get("Asia/Tokyo").unwrap()).date());
                ends = now + configured.renewal.lifetime();
            }
        }
        renewed
    }

    #[test]
    fn a_certificate_of_the_default_life_is_renewed_once_a_year() {
        // A Tuesday of each week: to look up holidays takes time.
        let renewed = renewals(Renewing::default().lifetime_days, 3, 7);
        let months: Vec<_> = renewed.iter().map(|day| (day.year(), day.month())).collect();
        assert_eq!(months, [(2028, 2), (2029, 2), (2030, 2)]);
    }

    #[test]
    fn one_that_lives_shorter_than_from_season_to_season_is_not_renewed_on_each_day_of_it() {
        let renewed = renewals(380, 1, 1);
        assert_eq!(renewed.len(), 1, "{renewed:?}");
        // What a policy of ninety days allows: it lives fifty days, or a little less for the season's sake.
        let renewed = renewals(80, 1, 1);
        assert!((7..=9).contains(&renewed.len()), "{renewed:?}");
    }
}
