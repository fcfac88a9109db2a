//! The national holidays against the Cabinet Office's list and against turns of the law.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use workflow::calendar::national::{Holiday, UnknownYear, holidays};

/// The Cabinet Office's list 国民の祝日について, complete for these years; its 休日 by the usual names.
const PUBLISHED: [(i16, &str); 8] = [
    (
        2020,
        "1/1 元日, 1/13 成人の日, 2/11 建国記念の日, 2/23 天皇誕生日, \
           2/24 振替休日, 3/20 春分の日, 4/29 昭和の日, 5/3 憲法記念日, \
           5/4 みどりの日, 5/5 こどもの日, 5/6 振替休日, 7/23 海の日, \
           7/24 スポーツの日, 8/10 山の日, 9/21 敬老の日, 9/22 秋分の日, \
           11/3 文化の日, 11/23 勤労感謝の日",
    ),
    (
        2021,
        "1/1 元日, 1/11 成人の日, 2/11 建国記念の日, 2/23 天皇誕生日, \
           3/20 春分の日, 4/29 昭和の日, 5/3 憲法記念日, 5/4 みどりの日, \
           5/5 こどもの日, 7/22 海の日, 7/23 スポーツの日, 8/8 山の日, 8/9 振替休日, \
           9/20 敬老の日, 9/23 秋分の日, 11/3 文化の日, 11/23 勤労感謝の日",
    ),
    (
        2022,
        "1/1 元日, 1/10 成人の日, 2/11 建国記念の日, 2/23 天皇誕生日, \
           3/21 春分の日, 4/29 昭和の日, 5/3 憲法記念日, 5/4 みどりの日, \
           5/5 こどもの日, 7/18 海の日, 8/11 山の日, 9/19 敬老の日, 9/23 秋分の日, \
           10/10 スポーツの日, 11/3 文化の日, 11/23 勤労感謝の日",
    ),
    (
        2023,
        "1/1 元日, 1/2 振替休日, 1/9 成人の日, 2/11 建国記念の日, 2/23 天皇誕生日, \
           3/21 春分の日, 4/29 昭和の日, 5/3 憲法記念日, 5/4 みどりの日, \
           5/5 こどもの日, 7/17 海の日, 8/11 山の日, 9/18 敬老の日, 9/23 秋分の日, \
           10/9 スポーツの日, 11/3 文化の日, 11/23 勤労感謝の日",
    ),
    (
        2024,
        "1/1 元日, 1/8 成人の日, 2/11 建国記念の日, 2/12 振替休日, 2/23 天皇誕生日, \
           3/20 春分の日, 4/29 昭和の日, 5/3 憲法記念日, 5/4 みどりの日, \
           5/5 こどもの日, 5/6 振替休日, 7/15 海の日, 8/11 山の日, 8/12 振替休日, \
           9/16 敬老の日, 9/22 秋分の日, 9/23 振替休日, 10/14 スポーツの日, \
           11/3 文化の日, 11/4 振替休日, 11/23 勤労感謝の日",
    ),
    (
        2025,
        "1/1 元日, 1/13 成人の日, 2/11 建国記念の日, 2/23 天皇誕生日, \
           2/24 振替休日, 3/20 春分の日, 4/29 昭和の日, 5/3 憲法記念日, \
           5/4 みどりの日, 5/5 こどもの日, 5/6 振替休日, 7/21 海の日, 8/11 山の日, \
           9/15 敬老の日, 9/23 秋分の日, 10/13 スポーツの日, 11/3 文化の日, \
           11/23 勤労感謝の日, 11/24 振替休日",
    ),
    (
        2026,
        "1/1 元日, 1/12 成人の日, 2/11 建国記念の日, 2/23 天皇誕生日, \
           3/20 春分の日, 4/29 昭和の日, 5/3 憲法記念日, 5/4 みどりの日, \
           5/5 こどもの日, 5/6 振替休日, 7/20 海の日, 8/11 山の日, 9/21 敬老の日, \
           9/22 国民の休日, 9/23 秋分の日, 10/12 スポーツの日, 11/3 文化の日, \
           11/23 勤労感謝の日",
    ),
    (
        2027,
        "1/1 元日, 1/11 成人の日, 2/11 建国記念の日, 2/23 天皇誕生日, \
           3/21 春分の日, 3/22 振替休日, 4/29 昭和の日, 5/3 憲法記念日, \
           5/4 みどりの日, 5/5 こどもの日, 7/19 海の日, 8/11 山の日, 9/20 敬老の日, \
           9/23 秋分の日, 10/11 スポーツの日, 11/3 文化の日, 11/23 勤労感謝の日",
    ),
];

fn names(year: i16) -> BTreeMap<Date, &'static str> {
    let all = holidays(year).unwrap().into_iter();
    all.map(|(day, holiday)| (day, holiday.ja)).collect()
}

fn listed(year: i16, list: &'static str) -> BTreeMap<Date, &'static str> {
    let day = |entry: &'static str| {
        let (day, name) = entry.split_once(' ').unwrap();
        let (month, day) = day.split_once('/').unwrap();
        (date(year, month.parse().unwrap(), day.parse().unwrap()), name)
    };
    list.split(", ").map(day).collect()
}

fn on(day: Date) -> Option<Holiday> {
    holidays(day.year()).unwrap().get(&day).copied()
}

#[test]
fn the_published_years_are_met_day_by_day_and_name_by_name() {
    for (year, list) in PUBLISHED {
        assert_eq!(names(year), listed(year, list), "{year}");
    }
}

#[test]
fn every_turn_of_the_law_is_met() {
    let days = [
        (date(1948, 9, 23), "秋分の日"),
        (date(1949, 1, 15), "成人の日"),
        (date(1959, 4, 10), "結婚の儀"),
        (date(1966, 9, 15), "敬老の日"),
        (date(1966, 10, 10), "体育の日"),
        (date(1967, 2, 11), "建国記念の日"),
        (date(1973, 4, 30), "振替休日"),
        (date(1979, 9, 24), "秋分の日"),
        (date(1987, 5, 4), "振替休日"),
        (date(1988, 4, 29), "天皇誕生日"),
        (date(1988, 5, 4), "国民の休日"),
        (date(1989, 2, 24), "大喪の礼"),
        (date(1989, 4, 29), "みどりの日"),
        (date(1989, 12, 23), "天皇誕生日"),
        (date(1990, 11, 12), "即位礼正殿の儀"),
        (date(1993, 6, 9), "結婚の儀"),
        (date(1996, 7, 20), "海の日"),
        (date(1999, 1, 15), "成人の日"),
        (date(2000, 1, 10), "成人の日"),
        (date(2000, 10, 9), "体育の日"),
        (date(2002, 9, 15), "敬老の日"),
        (date(2003, 7, 21), "海の日"),
        (date(2003, 9, 15), "敬老の日"),
        (date(2006, 5, 4), "国民の休日"),
        (date(2007, 4, 29), "昭和の日"),
        (date(2007, 5, 4), "みどりの日"),
        (date(2008, 5, 6), "振替休日"),
        (date(2009, 5, 6), "振替休日"),
        (date(2009, 9, 22), "国民の休日"),
        (date(2015, 9, 22), "国民の休日"),
        (date(2016, 8, 11), "山の日"),
        (date(2018, 12, 24), "振替休日"),
        (date(2019, 4, 30), "国民の休日"),
        (date(2019, 5, 1), "天皇の即位の日"),
        (date(2019, 5, 2), "国民の休日"),
        (date(2019, 10, 14), "体育の日"),
        (date(2019, 10, 22), "即位礼正殿の儀"),
    ];
    for (day, name) in days {
        assert_eq!(on(day).map(|holiday| holiday.ja), Some(name), "{day}");
    }
}

#[test]
fn no_rule_reaches_beyond_its_years() {
    let days = [
        (date(1948, 4, 29), "before the act"),
        (date(1949, 9, 15), "the aged have no day yet"),
        (date(1966, 2, 11), "the foundation has no day yet"),
        (date(1973, 2, 12), "a Sunday is not made up for yet"),
        (date(1985, 5, 4), "a day between is an ordinary Saturday yet"),
        (date(1986, 5, 4), "a Sunday between holidays stays a Sunday"),
        (date(2000, 1, 15), "moved to the second Monday"),
        (date(2003, 5, 4), "a Sunday between holidays stays a Sunday"),
        (date(2003, 7, 20), "moved to the third Monday"),
        (date(2015, 8, 11), "the mountains have no day yet"),
        (
            date(2019, 2, 23),
            "an emperor who reigns from May has no birthday in February",
        ),
        (date(2019, 12, 23), "an emperor who has abdicated has no birthday"),
        (date(2020, 7, 20), "moved for the Olympic Games"),
        (date(2020, 10, 12), "moved for the Olympic Games"),
        (date(2021, 8, 11), "moved for the Olympic Games"),
    ];
    for (day, why) in days {
        assert_eq!(on(day), None, "{day}: {why}");
    }
}

#[test]
fn a_year_that_nobody_can_know_is_refused() {
    assert_eq!(holidays(1947), Err(UnknownYear { year: 1947 }));
    let error = holidays(2151).unwrap_err();
    assert!(error.to_string().contains("2151") && error.to_string().contains("1948 to 2150"));
    assert_eq!(names(1948).len(), 3);
    let march = |year| names(year).into_iter().find(|(_, name)| *name == "春分の日");
    let days = [(1960, 20), (2099, 20), (2100, 20), (2150, 21)];
    for (year, day) in days {
        assert_eq!(march(year), Some((date(year, 3, day), "春分の日")));
    }
}

#[test]
fn every_name_is_said_in_both_languages() {
    for holiday in (1948..=2150).flat_map(|year| holidays(year).unwrap().into_values()) {
        assert!(holiday.en.is_ascii() && !holiday.en.is_empty() && !holiday.ja.is_ascii());
    }
    let english = on(date(2026, 9, 22)).unwrap().en;
    assert_eq!(english, "Citizens' Holiday");
}
