//! W24: deadlines, reminders and pull-up count in the company's business days.

use crate::fixture::{Story, approval, flow};
use jiff::Timestamp;
use serde_json::{Value, json};
use workflow::application::next_due;

/// Told on Friday 15 January 2027, 17:02 in Tokyo; Monday is a business day like any other.
fn story(more: Value) -> Story {
    Story::accepted(flow([
        approval("one", &["a"], more),
        approval("two", &["b"], json!({})),
    ]))
}

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn w24_a_deadline_passes_over_days_off() {
    let story = story(json!({ "due": { "businessDays": 1 } }));
    assert_eq!(
        next_due(story.now(), story.terms()),
        Some(moment("2027-01-18T17:30:00+09:00"))
    );
    let hours = self::story(json!({ "due": { "businessHours": 2 } }));
    assert_eq!(
        next_due(hours.now(), hours.terms()),
        Some(moment("2027-01-18T10:32:00+09:00"))
    );
}

#[test]
fn w24_a_reminder_comes_as_many_business_days_before() {
    let reminders = json!([{ "before": { "businessDays": 1 } }]);
    let story = story(json!({ "due": { "businessDays": 2 }, "reminders": reminders }));
    // Due at the closing of Tuesday.
    assert_eq!(
        next_due(story.now(), story.terms()),
        Some(moment("2027-01-18T17:30:00+09:00"))
    );
}

#[test]
fn w24_t14_an_idle_step_is_passed_over_after_business_days() {
    let story = story(json!({ "pullUp": { "after": { "businessDays": 1 } } }));
    assert_eq!(
        next_due(story.now(), story.terms()),
        Some(moment("2027-01-18T17:30:00+09:00"))
    );
}
