//! The same as a calendar that Outlook subscribes to (iCalendar, RFC 5545).

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Expiry;
use crate::config::Language;

/// RFC 5545, 3.1: lines are no longer than this many octets.
const LONGEST: usize = 75;
/// Days before the end at which a calendar reminds of what is done by hand.
const REMINDERS: [u8; 3] = [60, 30, 7];

/// One event for each end, with reminders where somebody must act.
pub(crate) fn calendar(expiries: &[Expiry], language: Language, now: Timestamp) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Provisioning Flow//Expiries//EN".to_owned(),
    ];
    for expiry in expiries {
        lines.extend(event(expiry, language, now));
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

fn event(expiry: &Expiry, language: Language, now: Timestamp) -> Vec<String> {
    let summary = escaped(&expiry.title(language));
    let mut lines = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", escaped(&uid(expiry))),
        format!("DTSTAMP:{}", moment(now)),
        begins(expiry),
        format!("SUMMARY:{summary}"),
        format!("DESCRIPTION:{}", escaped(&expiry.line(language, now))),
        "TRANSP:TRANSPARENT".to_owned(),
    ];
    if !expiry.by_itself {
        for days in REMINDERS {
            let alarm = [
                "BEGIN:VALARM".into(),
                "ACTION:DISPLAY".into(),
                format!("TRIGGER:-P{days}D"),
            ];
            lines.extend(alarm);
            lines.extend([format!("DESCRIPTION:{summary}"), "END:VALARM".to_owned()]);
        }
    }
    lines.push("END:VEVENT".to_owned());
    lines
}

/// RFC 5545, 3.6.1: an event that begins on a date lasts that whole day, wherever it is read.
fn begins(expiry: &Expiry) -> String {
    match expiry.on {
        Some(day) => format!("DTSTART;VALUE=DATE:{}", day.strftime("%Y%m%d")),
        None => format!("DTSTART:{}", moment(expiry.at)),
    }
}

/// The same event whenever the calendar is read again; a renewed thing is another one.
fn uid(expiry: &Expiry) -> String {
    let name = workflow::Hash::of(format!("{:?} {} {}", expiry.kind, expiry.name, expiry.at).as_bytes());
    format!("{name}@provisioning-flow")
}

fn moment(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// RFC 5545, 3.3.11.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// Goes on in the next line, after a space; never within a letter.
fn folded(line: &str) -> String {
    let (mut folded, mut length) = (String::new(), 0);
    for letter in line.chars() {
        if length + letter.len_utf8() > LONGEST {
            folded.push_str("\r\n ");
            length = 1;
        }
        folded.push(letter);
        length += letter.len_utf8();
    }
    folded + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expiries::Ending;

    fn expiry(name: &str, by_itself: bool) -> Expiry {
        Expiry {
            kind: Ending::Server,
            name: name.to_owned(),
            at: "2028-03-01T00:00:00Z".parse().unwrap(),
            on: None,
            by_itself,
        }
    }

    #[test]
    fn no_line_is_too_long_and_nothing_in_a_name_becomes_a_line_of_its_own() {
        let sly = "https://flow.example/\r\nBEGIN:VALARM;,\\ ".to_owned() + &"申".repeat(60);
        let now = Timestamp::UNIX_EPOCH;
        let text = calendar(&[expiry(&sly, true)], Language::Ja, now);
        assert!(
            text.split("\r\n")
                .all(|line| line.len() <= LONGEST && !line.contains('\n')),
            "{text}"
        );
        let unfolded = text.replace("\r\n ", "");
        assert!(!unfolded.lines().any(|line| line == "BEGIN:VALARM"), "{unfolded}");
        assert!(unfolded.contains("\\;\\,\\\\"), "{unfolded}");
    }

    #[test]
    fn only_what_is_done_by_hand_reminds_and_an_event_stays_itself() {
        let now = Timestamp::UNIX_EPOCH;
        let read = |by_itself| calendar(&[expiry("x", by_itself)], Language::En, now);
        assert_eq!(read(false).matches("TRIGGER:-P").count(), REMINDERS.len());
        assert_eq!(read(true).matches("TRIGGER:-P").count(), 0);
        assert_eq!(read(true), read(true));
        assert!(read(true).contains("DTSTART:20280301T000000Z\r\n"));
    }

    #[test]
    fn what_people_named_stands_under_its_name_on_its_whole_day() {
        let own = Expiry {
            kind: Ending::Own,
            at: "2031-03-31T15:00:00Z".parse().unwrap(),
            on: Some("2031-04-01".parse().unwrap()),
            ..expiry("contoso.example", false)
        };
        let text = calendar(std::slice::from_ref(&own), Language::En, Timestamp::UNIX_EPOCH);
        for line in [
            "DTSTART;VALUE=DATE:20310401",
            "SUMMARY:contoso.example",
            "DESCRIPTION:contoso.example",
        ] {
            assert!(text.lines().any(|one| one == line), "{line}: {text}");
        }
        assert!(
            own.line(Language::En, Timestamp::UNIX_EPOCH)
                .starts_with("2031-04-01  "),
            "{}",
            own.line(Language::En, Timestamp::UNIX_EPOCH)
        );
        assert!(!text.contains("20310331"), "{text}");
    }
}
