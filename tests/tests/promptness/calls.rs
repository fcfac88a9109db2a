//! What the product's log says of one decision: from the webhook to the end of its judgement, less the time in which it
//! waited for an answer of Microsoft 365. A time in which it waits for one and works on another counts as waiting.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

/// From the last webhook before the judgement; none: there was no judgement.
pub(crate) fn own_time(log: &str) -> Option<Duration> {
    let lines: Vec<Value> = log
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let at = |line: &Value| line["timestamp"].as_str()?.parse::<Timestamp>().ok();
    let is_judged = |line: &&Value| line["kind"] == "judge" && says(line, "done");
    let end = at(lines.iter().find(is_judged)?)?;
    let notified = lines.iter().filter(|line| says(line, "notified")).filter_map(at);
    let begin = notified.filter(|moment| *moment < end).min()?;
    let waits = lines
        .iter()
        .filter(|line| says(line, "called"))
        .filter_map(|line| {
            let (until, took) = (at(line)?, line["microseconds"].as_i64()?);
            let from = until.checked_sub(SignedDuration::from_micros(took)).ok()?;
            Some((from.max(begin), until.min(end)))
        });
    let waited = covered(waits.filter(|(from, until)| from < until).collect());
    Duration::try_from(end.duration_since(begin))
        .ok()?
        .checked_sub(waited)
}

fn says(line: &Value, word: &str) -> bool {
    line["message"]
        .as_str()
        .is_some_and(|message| message.ends_with(word))
}

/// How much time these stretches cover together.
fn covered(mut stretches: Vec<(Timestamp, Timestamp)>) -> Duration {
    stretches.sort_unstable();
    let (mut sum, mut reached) = (Duration::ZERO, Timestamp::MIN);
    for (from, until) in stretches {
        let from = from.max(reached);
        sum += Duration::try_from(until.duration_since(from)).unwrap_or_default();
        reached = reached.max(until);
    }
    sum
}

#[test]
fn waiting_that_overlaps_counts_once_and_what_lies_outside_does_not() {
    let log = r#"
        {"timestamp":"2027-01-01T00:00:00.010000Z","message":"called","microseconds":5000}
        {"timestamp":"2027-01-01T00:00:00.020000Z","message":"notified"}
        {"timestamp":"2027-01-01T00:00:00.040000Z","message":"called","microseconds":10000}
        {"timestamp":"2027-01-01T00:00:00.045000Z","message":"called","microseconds":10000}
        {"timestamp":"2027-01-01T00:00:00.060000Z","kind":"judge","message":"job x done"}
        {"timestamp":"2027-01-01T00:00:00.070000Z","message":"called","microseconds":5000}"#;
    assert_eq!(own_time(log), Some(Duration::from_millis(25)));
    assert_eq!(own_time("{}"), None);
}
