//! The words of reports in both languages, and durations as people say them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::config::Language;

type Words = BTreeMap<String, String>;

/// By language, then by key.
static WORDS: LazyLock<BTreeMap<String, Words>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../words/report.json")).unwrap_or_default());
static NONE: Words = Words::new();

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
/// Shorter than this it is told in hours.
const DAYS_FROM: u64 = 2 * DAY;

pub(crate) fn words(language: Language) -> &'static Words {
    let language = match language {
        Language::Ja => "ja",
        Language::En => "en",
    };
    WORDS.get(language).unwrap_or(&NONE)
}

/// A time on the clock. Business time has no days: it is told in hours however long it is.
pub(crate) fn duration(seconds: u64, is_business: bool, language: Language) -> String {
    let (days, hours, minutes) = (seconds / DAY, seconds / HOUR, seconds / MINUTE);
    let [day, hour, minute] = match language {
        Language::Ja => ["日", "時間", "分"],
        Language::En => [" d", " h", " min"],
    };
    let gap = if language == Language::En { " " } else { "" };
    if seconds >= DAYS_FROM && !is_business {
        return format!("{days}{day}{gap}{}{hour}", hours % 24);
    }
    if hours > 0 {
        return format!("{hours}{hour}{gap}{}{minute}", minutes % 60);
    }
    format!("{minutes}{minute}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_words() {
        let keys = |language| words(language).keys().collect::<Vec<_>>();
        assert!(!keys(Language::Ja).is_empty());
        assert_eq!(keys(Language::Ja), keys(Language::En));
        let is_japanese = |text: &String| !text.is_ascii();
        let ja = words(Language::Ja);
        assert!(ja.values().filter(|text| is_japanese(text)).count() + 4 > ja.len());
        assert!(words(Language::En).values().all(|text| !is_japanese(text)));
    }

    #[test]
    fn durations_are_told_as_people_say_them() {
        for (seconds, is_business, ja, en) in [
            (59, false, "0分", "0 min"),
            (HOUR - 1, false, "59分", "59 min"),
            (HOUR + 5 * MINUTE, false, "1時間5分", "1 h 5 min"),
            (DAYS_FROM + 3 * HOUR, false, "2日3時間", "2 d 3 h"),
            (DAYS_FROM + 3 * HOUR, true, "51時間0分", "51 h 0 min"),
        ] {
            assert_eq!(duration(seconds, is_business, Language::Ja), ja);
            assert_eq!(duration(seconds, is_business, Language::En), en);
        }
    }
}
