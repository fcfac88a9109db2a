//! Whether what is asked of other systems can be made from the form.

use super::super::check_label;
use super::{Checked, Fields, PLAN, ensure};
use crate::definition::{CustomAction, CustomCall};

/// Calls of one definition; more are a programme and not a request.
const MAX_CALLS: usize = 10;
/// Keys stand in the ids of messages.
const MAX_KEY: usize = 40;

pub(super) fn check(fields: &Fields<'_>, action: &CustomAction) -> Checked {
    let count = action.calls.len();
    ensure(
        (1..=MAX_CALLS).contains(&count),
        &format!("{PLAN}.calls"),
        "none or too many",
        "Give 1 to 10 calls",
    )?;
    for (at, call) in action.calls.iter().enumerate() {
        let path = format!("calls[{at}]");
        let twice = action.calls[..at].iter().any(|earlier| earlier.key == call.key);
        ensure(
            !twice,
            &format!("{PLAN}.{path}.key"),
            "used twice",
            "Give each call its own key",
        )?;
        check_call(fields, call, &path)?;
    }
    Ok(())
}

fn check_call(fields: &Fields<'_>, call: &CustomCall, path: &str) -> Checked {
    for (name, text) in [("key", &call.key), ("destination", &call.destination)] {
        ensure(
            is_name(text),
            &format!("{PLAN}.{path}.{name}"),
            "not a name",
            "Use 1 to 40 lower-case letters, digits and hyphens",
        )?;
    }
    check_label(&call.title, &format!("{PLAN}.{path}.title"))?;
    for (at, field) in call.fields.iter().enumerate() {
        fields.known(Some(field), &format!("{path}.fields[{at}]"))?;
    }
    Ok(())
}

fn is_name(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=MAX_KEY).contains(&text.len()) && text.chars().all(plain)
}
