//! The Act on National Holidays 国民の祝日に関する法律 and the acts for single days, with all amendments, as data.

use jiff::civil::{Date, Weekday, date};

use super::{Holiday, equinox};

/// A day that has a name, in the years from `first` to `last`, both included; none: until the act is changed.
pub(super) struct Rule {
    pub(super) day: Day,
    pub(super) first: i16,
    pub(super) last: Option<i16>,
    pub(super) holiday: Holiday,
}

/// Where in a year a named day lies.
pub(super) enum Day {
    /// Month and day.
    Fixed(i8, i8),
    /// Which Monday of which month.
    NthMonday(i8, i8),
    MarchEquinox,
    SeptemberEquinox,
}

impl Day {
    pub(super) fn in_year(&self, year: i16) -> Option<Date> {
        let day = |month, day| Date::new(year, month, day).ok();
        match *self {
            Self::Fixed(month, of_month) => day(month, of_month),
            Self::NthMonday(nth, month) => day(month, 1)?.nth_weekday_of_month(nth, Weekday::Monday).ok(),
            Self::MarchEquinox => day(3, equinox::march(year)?),
            Self::SeptemberEquinox => day(9, equinox::september(year)?),
        }
    }
}

/// Which unnamed days are days of rest; article 3 of the act.
pub(super) enum Rest {
    /// The day after a Sunday that has a name.
    DayAfterSunday,
    /// The nearest unnamed day after a Sunday that has a name.
    NextFreeDayAfterSunday,
    /// A day between two that have names; a Sunday is left as it is.
    BetweenButSunday,
    /// A day between two that have names.
    Between,
}

/// In force on the days from `from` to `until`, both included; none: until the act is changed.
pub(super) struct RestRule {
    pub(super) rest: Rest,
    pub(super) from: Date,
    pub(super) until: Option<Date>,
    pub(super) holiday: Holiday,
}

/// The first rule that fits gives a day its name. The Cabinet Office lists all of them as 休日.
pub(super) const RESTS: &[RestRule] = &[
    RestRule {
        rest: Rest::DayAfterSunday,
        from: date(1973, 4, 12),
        until: Some(date(2006, 12, 31)),
        holiday: SUBSTITUTE,
    },
    RestRule {
        rest: Rest::NextFreeDayAfterSunday,
        from: date(2007, 1, 1),
        until: None,
        holiday: SUBSTITUTE,
    },
    RestRule {
        rest: Rest::BetweenButSunday,
        from: date(1985, 12, 27),
        until: Some(date(2006, 12, 31)),
        holiday: CITIZENS,
    },
    RestRule {
        rest: Rest::Between,
        from: date(2007, 1, 1),
        until: None,
        holiday: CITIZENS,
    },
];

const fn since(day: Day, first: i16, holiday: Holiday) -> Rule {
    Rule {
        day,
        first,
        last: None,
        holiday,
    }
}

const fn until(day: Day, first: i16, last: i16, holiday: Holiday) -> Rule {
    Rule {
        day,
        first,
        last: Some(last),
        holiday,
    }
}

/// In the order of the year; days of the Imperial House, each by its own act, at the end.
/// Days of spring 1948 were over when the act came into force.
pub(super) const RULES: &[Rule] = &[
    since(Day::Fixed(1, 1), 1949, NEW_YEAR),
    until(Day::Fixed(1, 15), 1949, 1999, COMING_OF_AGE),
    since(Day::NthMonday(2, 1), 2000, COMING_OF_AGE),
    since(Day::Fixed(2, 11), 1967, FOUNDATION),
    since(Day::Fixed(2, 23), 2020, EMPEROR),
    since(Day::MarchEquinox, 1949, VERNAL_EQUINOX),
    until(Day::Fixed(4, 29), 1949, 1988, EMPEROR),
    until(Day::Fixed(4, 29), 1989, 2006, GREENERY),
    since(Day::Fixed(4, 29), 2007, SHOWA),
    since(Day::Fixed(5, 3), 1949, CONSTITUTION),
    since(Day::Fixed(5, 4), 2007, GREENERY),
    since(Day::Fixed(5, 5), 1949, CHILDREN),
    until(Day::Fixed(7, 20), 1996, 2002, MARINE),
    until(Day::NthMonday(3, 7), 2003, 2019, MARINE),
    until(Day::Fixed(7, 23), 2020, 2020, MARINE),
    until(Day::Fixed(7, 22), 2021, 2021, MARINE),
    since(Day::NthMonday(3, 7), 2022, MARINE),
    until(Day::Fixed(8, 11), 2016, 2019, MOUNTAIN),
    until(Day::Fixed(8, 10), 2020, 2020, MOUNTAIN),
    until(Day::Fixed(8, 8), 2021, 2021, MOUNTAIN),
    since(Day::Fixed(8, 11), 2022, MOUNTAIN),
    until(Day::Fixed(9, 15), 1966, 2002, THE_AGED),
    since(Day::NthMonday(3, 9), 2003, THE_AGED),
    since(Day::SeptemberEquinox, 1948, AUTUMNAL_EQUINOX),
    until(Day::Fixed(10, 10), 1966, 1999, HEALTH_AND_SPORTS),
    until(Day::NthMonday(2, 10), 2000, 2019, HEALTH_AND_SPORTS),
    until(Day::Fixed(7, 24), 2020, 2020, SPORTS),
    until(Day::Fixed(7, 23), 2021, 2021, SPORTS),
    since(Day::NthMonday(2, 10), 2022, SPORTS),
    since(Day::Fixed(11, 3), 1948, CULTURE),
    since(Day::Fixed(11, 23), 1948, LABOUR),
    until(Day::Fixed(12, 23), 1989, 2018, EMPEROR),
    until(Day::Fixed(4, 10), 1959, 1959, WEDDING),
    until(Day::Fixed(2, 24), 1989, 1989, FUNERAL),
    until(Day::Fixed(11, 12), 1990, 1990, CEREMONY),
    until(Day::Fixed(6, 9), 1993, 1993, WEDDING),
    until(Day::Fixed(5, 1), 2019, 2019, ACCESSION),
    until(Day::Fixed(10, 22), 2019, 2019, CEREMONY),
];

const fn named(ja: &'static str, en: &'static str) -> Holiday {
    Holiday { ja, en }
}

const NEW_YEAR: Holiday = named("元日", "New Year's Day");
const COMING_OF_AGE: Holiday = named("成人の日", "Coming of Age Day");
const FOUNDATION: Holiday = named("建国記念の日", "National Foundation Day");
const EMPEROR: Holiday = named("天皇誕生日", "The Emperor's Birthday");
const VERNAL_EQUINOX: Holiday = named("春分の日", "Vernal Equinox Day");
const SHOWA: Holiday = named("昭和の日", "Showa Day");
const CONSTITUTION: Holiday = named("憲法記念日", "Constitution Memorial Day");
const GREENERY: Holiday = named("みどりの日", "Greenery Day");
const CHILDREN: Holiday = named("こどもの日", "Children's Day");
const MARINE: Holiday = named("海の日", "Marine Day");
const MOUNTAIN: Holiday = named("山の日", "Mountain Day");
const THE_AGED: Holiday = named("敬老の日", "Respect for the Aged Day");
const AUTUMNAL_EQUINOX: Holiday = named("秋分の日", "Autumnal Equinox Day");
const HEALTH_AND_SPORTS: Holiday = named("体育の日", "Health and Sports Day");
const SPORTS: Holiday = named("スポーツの日", "Sports Day");
const CULTURE: Holiday = named("文化の日", "Culture Day");
const LABOUR: Holiday = named("勤労感謝の日", "Labor Thanksgiving Day");
const WEDDING: Holiday = named("結婚の儀", "Wedding of the Crown Prince");
const FUNERAL: Holiday = named("大喪の礼", "Funeral of the Emperor Showa");
const CEREMONY: Holiday = named("即位礼正殿の儀", "Enthronement Ceremony");
const ACCESSION: Holiday = named("天皇の即位の日", "Day of the Emperor's Accession");
const SUBSTITUTE: Holiday = named("振替休日", "Substitute Holiday");
const CITIZENS: Holiday = named("国民の休日", "Citizens' Holiday");
