//! When a list meets its cap: pure.

use crate::setup::Words;

/// So many days are looked back.
pub(crate) const LOOKED_BACK: i64 = 30;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Forecast {
    /// There is no room left.
    Full,
    /// As long as applications keep coming as they did.
    InDays(i64),
    /// Nothing comes.
    Never,
}

/// `created`: applications on each of the last `days` days; days without any may be left out.
pub(crate) fn forecast(scopes: i64, cap: i64, created: &[i64], days: i64) -> Forecast {
    let room = cap.saturating_sub(scopes);
    let total: i64 = created.iter().sum();
    if room <= 0 {
        return Forecast::Full;
    }
    if total <= 0 {
        return Forecast::Never;
    }
    let needed = room.saturating_mul(days.max(1));
    // Rounded up: on the last of these days the cap is met.
    Forecast::InDays(needed.saturating_add(total - 1) / total)
}

impl Forecast {
    pub(crate) fn words(self) -> Words {
        let (ja, en) = match self {
            Self::Full => (
                "このリストは上限に達しています".to_owned(),
                "this list has met its cap".to_owned(),
            ),
            Self::InDays(1) => (
                "このリストはあと1日で上限に達します".to_owned(),
                "this list meets its cap in 1 day".to_owned(),
            ),
            Self::InDays(days) => (
                format!("このリストはあと{days}日で上限に達します"),
                format!("this list meets its cap in {days} days"),
            ),
            Self::Never => (
                format!("この{LOOKED_BACK}日間、新しい申請はありません"),
                format!("no new applications in the last {LOOKED_BACK} days"),
            ),
        };
        Words { ja, en }
    }

    /// For a gauge; without end is infinite.
    pub(crate) fn days(self) -> f64 {
        match self {
            Self::Full => 0.0,
            Self::InDays(days) => i32::try_from(days).map_or(f64::INFINITY, f64::from),
            Self::Never => f64::INFINITY,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_pace_of_the_last_days_tells_the_day() {
        for (scopes, created, days, expected) in [
            (880, vec![100, 200], 30, Forecast::InDays(412)),
            (4_590, vec![300], 30, Forecast::InDays(41)),
            (4_999, vec![1], 30, Forecast::InDays(30)),
            (4_999, vec![90], 30, Forecast::InDays(1)),
            (0, vec![500], 1, Forecast::InDays(10)),
            (5_000, vec![500], 30, Forecast::Full),
            (6_000, vec![], 30, Forecast::Full),
            (10, vec![], 30, Forecast::Never),
        ] {
            assert_eq!(
                forecast(scopes, 5_000, &created, days),
                expected,
                "{scopes} {created:?}"
            );
        }
    }

    #[test]
    fn the_forecast_is_told_in_both_languages() {
        let words = Forecast::InDays(41).words();
        assert_eq!(words.en, "this list meets its cap in 41 days");
        assert_eq!(words.ja, "このリストはあと41日で上限に達します");
        assert_eq!(Forecast::InDays(1).words().en, "this list meets its cap in 1 day");
    }

    proptest! {
        #[test]
        fn at_this_pace_the_cap_is_met_on_that_day_and_not_before(
            cap in 1_i64..50_000, scopes in 0_i64..50_000, created in prop::collection::vec(0_i64..2_000, 0..30),
        ) {
            let total: i64 = created.iter().sum();
            let after = |day: i64| scopes * LOOKED_BACK + total * day;
            match forecast(scopes, cap, &created, LOOKED_BACK) {
                Forecast::Full => prop_assert!(scopes >= cap),
                Forecast::Never => prop_assert!(total == 0 && scopes < cap),
                Forecast::InDays(day) => {
                    prop_assert!(after(day) >= cap * LOOKED_BACK);
                    prop_assert!(after(day - 1) < cap * LOOKED_BACK);
                }
            }
        }
    }
}
