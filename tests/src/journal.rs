//! The journal of an application, as `export-journal` prints it.

use serde_json::Value;

use crate::house::House;

/// All lines, oldest first.
pub fn lines(house: &House, number: &str) -> Vec<Value> {
    let exported = house.run(&["export-journal", "--application", number]);
    assert!(exported.status.success(), "{exported:?}");
    let exported: Value = serde_json::from_slice(&exported.stdout).expect("JSON");
    let lines = exported["lines"].as_array().expect("lines").iter();
    let read = |line: &Value| serde_json::from_str(line["body"].as_str().expect("a body")).expect("a line");
    lines.map(read).collect()
}

/// From the last line of this event on.
pub fn since(house: &House, number: &str, event: &str) -> Vec<Value> {
    let lines = lines(house, number);
    let at = lines.iter().rposition(|line| line["event"]["type"] == event);
    lines[at.unwrap_or(lines.len())..].to_vec()
}

/// A line without what differs between any two applications, and without the channel.
pub fn comparable(line: &Value) -> Value {
    let mut line = line.clone();
    for name in ["application", "at", "prev", "seq", "via"] {
        line.as_object_mut().expect("an object").remove(name);
    }
    let event = line["event"].as_object_mut().expect("an event");
    for name in [
        "token",
        "channel",
        "plan",
        "payload",
        "route",
        "before",
        "receipt",
        "due",
        "review_due",
        "reviewDue",
    ] {
        event.remove(name);
    }
    if let Some(opening) = event.get_mut("opening").and_then(Value::as_object_mut) {
        opening.remove("token");
        opening.remove("due");
    }
    line
}

/// How a line came about: `item`, `inbox`, `system`, or `request` for the API.
pub fn channel(line: &Value) -> &str {
    line["via"]["in"].as_str().unwrap_or("request")
}
