//! Whom or what an application is about, as its item calls it.

use forms::Input;
use serde_json::Value;

use super::projection::View;
use crate::config::Language;
use crate::masters;

/// Whom or what it is about.
pub(super) fn subject(view: &View) -> String {
    let plan = &view.case.definition.execution.plan;
    let Some(values) = view.story.payload().map(|payload| &payload.values) else {
        return String::new();
    };
    if let Some(rows) = plan.rows() {
        let rows = values.get(rows.as_str()).and_then(Value::as_array);
        return count(rows.map_or(0, Vec::len), view.language);
    }
    if let Some(object) = known_object(view) {
        return object;
    }
    let subject = values.get(plan.subject());
    // A new name, or a person.
    let named = subject.and_then(|subject| subject.as_str().or_else(|| subject["upn"].as_str()));
    named.unwrap_or_default().to_owned()
}

/// The form knows a group, a list, a mailbox or a contact that is there by its object id alone, the plan knows its
/// name, and the address of what choices tell apart by it.
fn known_object(view: &View) -> Option<String> {
    let plan = view.story.lines.iter().rev().find_map(|line| line.event.plan())?;
    let text = |object: &str, property: &str| plan.body[object][property].as_str();
    let named = ["group", "list"]
        .into_iter()
        .find_map(|object| text(object, "displayName"));
    let mut stand = ["mailbox", "contact"]
        .into_iter()
        .filter(|object| text(object, "uniqueName").is_none());
    let addressed = stand.find_map(|object| {
        Some(masters::with_address(
            text(object, "displayName")?,
            text(object, "address")?,
        ))
    });
    named.map(str::to_owned).or(addressed)
}

fn count(rows: usize, language: Language) -> String {
    match language {
        Language::Ja => format!("{rows} 件"),
        Language::En => format!("{rows} rows"),
    }
}

/// What is there is called as when it was planned: this very application may have given it another name since.
pub(super) fn name_as_planned(view: &View, lines: &mut [forms::Line]) {
    let definition = &view.case.definition;
    let subject = definition.execution.plan.subject();
    let mut fields = definition.form.fields();
    let is_chosen =
        fields.any(|field| field.key.as_str() == subject && matches!(field.input, Input::Choice { .. }));
    let Some(name) = known_object(view).filter(|_| is_chosen) else {
        return;
    };
    for line in lines.iter_mut().filter(|line| line.key == subject) {
        line.value.clone_from(&name);
    }
}
