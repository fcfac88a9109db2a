//! The journal of an application, as `export-journal` prints it.

use jiff::Timestamp;
use serde_json::Value;

use crate::house::House;

/// What deadlines are called in events.
const DEADLINES: [&str; 3] = ["due", "review_due", "reviewDue"];
const NANOS_OF_A_MINUTE: i128 = 60 * 1_000_000_000;

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

/// The lines of one transaction, from the last one of this event on.
pub fn at_once(house: &House, number: &str, event: &str) -> Vec<Value> {
    let mut lines = since(house, number, event);
    let at = lines.first().map(|line| line["at"].clone());
    let count = lines.iter().take_while(|line| Some(&line["at"]) == at.as_ref());
    lines.truncate(count.count());
    lines
}

/// A line without what differs between any two applications, and without the channel. What each calls its own is called
/// the same in all, so that forms, plans and routes are compared too, and deadlines as they are counted.
pub fn comparable(line: &Value) -> Value {
    let mut line = renamed(line);
    let at = moment(&line["at"]).expect("when it was written");
    for name in ["application", "at", "prev", "seq", "via"] {
        line.as_object_mut().expect("an object").remove(name);
    }
    let event = line["event"].as_object_mut().expect("an event");
    for name in ["token", "channel", "before", "receipt"] {
        event.remove(name);
    }
    // Hashes stand for the names, too.
    for (part, names) in [
        ("payload", ["hash"].as_slice()),
        ("plan", &["hash"]),
        ("opening", &["token"]),
        ("source", &["inboxItem"]),
    ] {
        if let Some(part) = event.get_mut(part).and_then(Value::as_object_mut) {
            part.retain(|name, _| !names.contains(&name.as_str()));
        }
    }
    counted(&mut line["event"], at);
    line
}

fn moment(value: &Value) -> Option<Timestamp> {
    value.as_str()?.parse().ok()
}

/// Deadlines that are counted from the line's own moment, in days or hours, become that count. Those that fall on the
/// closing of a business day are the same for all lines of a day, and stay.
fn counted(value: &mut Value, at: Timestamp) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let due = moment(member).filter(|_| DEADLINES.contains(&name.as_str()));
                let count = due.map(|due| due.duration_since(at));
                match count.filter(|count| count.as_nanos() % NANOS_OF_A_MINUTE == 0) {
                    Some(count) => *member = format!("{count} later").into(),
                    None => counted(member, at),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| counted(value, at)),
        _ => {}
    }
}

/// The application and the account that it asks for, as all call them.
fn renamed(line: &Value) -> Value {
    let own = [line["application"].as_str(), account(&line["event"])];
    let text = own
        .into_iter()
        .flatten()
        .fold(line.to_string(), |text, name| text.replace(name, "ours"));
    serde_json::from_str(&text).expect("a line")
}

/// The local part of the name of the account that a form or a plan is about.
fn account(event: &Value) -> Option<&str> {
    let asked = event["payload"]["values"]["upnLocal"].as_str();
    let planned = || found(&event["plan"], "userPrincipalName")?.split('@').next();
    asked.or_else(planned)
}

fn found<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    match value {
        Value::Object(members) => {
            let own = members.get(name).and_then(Value::as_str);
            own.or_else(|| members.values().find_map(|value| found(value, name)))
        }
        Value::Array(values) => values.iter().find_map(|value| found(value, name)),
        _ => None,
    }
}

/// How a line came about: `item`, `inbox`, `system`, or `request` for the API.
pub fn channel(line: &Value) -> &str {
    line["via"]["in"].as_str().unwrap_or("request")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn edited(local: &str, licence: &str, approver: &str) -> Value {
        dated(
            (local, licence, approver),
            ("2027-04-01T01:00:00.5Z", "2027-04-04T01:00:00.5Z"),
        )
    }

    fn dated((local, licence, approver): (&str, &str, &str), (at, due): (&str, &str)) -> Value {
        let values = json!({ "upnLocal": local, "licence": licence });
        let steps = json!([{ "userPrincipalName": format!("{local}@contoso.example"), "licence": licence }]);
        json!({
            "application": format!("id of {local}"), "at": at, "prev": local, "seq": 1,
            "event": {
                "type": "edited",
                "payload": { "values": values, "hash": local },
                "plan": { "body": { "steps": steps }, "hash": local },
                "route": { "steps": [{ "key": "one", "assignees": [approver] }] },
                "opening": { "step": "one", "token": local, "due": due },
            },
        })
    }

    #[test]
    fn lines_alike_but_for_the_account_are_the_same_and_other_forms_plans_and_routes_are_not() {
        let line = comparable(&edited("hana.sato", "E3", "a"));
        assert_eq!(line, comparable(&edited("yui.sato", "E3", "a")));
        assert_ne!(line, comparable(&edited("yui.sato", "E5", "a")));
        assert_ne!(line, comparable(&edited("yui.sato", "E3", "b")));
    }

    #[test]
    fn deadlines_are_the_same_that_are_counted_alike() {
        let at = |at: &str, due: &str| comparable(&dated(("hana.sato", "E3", "b"), (at, due)));
        let three_days = at("2027-04-01T01:00:00.5Z", "2027-04-04T01:00:00.5Z");
        assert_eq!(three_days, at("2027-04-01T01:00:07Z", "2027-04-04T01:00:07Z"));
        assert_ne!(three_days, at("2027-04-01T01:00:07Z", "2027-04-05T01:00:07Z"));
        let closing = at("2027-04-01T01:00:00.5Z", "2027-04-04T08:30:00Z");
        assert_eq!(closing, at("2027-04-01T01:00:07Z", "2027-04-04T08:30:00Z"));
        assert_ne!(closing, at("2027-04-01T01:00:07Z", "2027-04-05T08:30:00Z"));
    }
}
