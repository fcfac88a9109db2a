//! What leads back to how a contact was. Pure.

use serde_json::{Map, Value};

use super::{ContactStep, NewContact};
use crate::Change;
use crate::inverse::changed;

/// The way back from one step; none where it changed nothing.
pub(crate) fn back(step: &ContactStep, before: &Value) -> Vec<ContactStep> {
    let was = &before["contact"];
    match step {
        ContactStep::CreateContact(_) if was.is_null() => vec![ContactStep::DeleteContact {}],
        ContactStep::CreateContact(_) => Vec::new(),
        ContactStep::UpdateContact(change) => {
            let back = changed(&change.to, was.as_object().unwrap_or(&change.from));
            back.map(ContactStep::UpdateContact).into_iter().collect()
        }
        ContactStep::UpdateDetails(change) => {
            let back = changed(&change.to, was.as_object().unwrap_or(&change.from));
            back.map(ContactStep::UpdateDetails).into_iter().collect()
        }
        ContactStep::DeleteContact {} => anew(was),
    }
}

/// A contact like the one that was deleted.
fn anew(was: &Value) -> Vec<ContactStep> {
    let Some(shown) = was.as_object() else {
        return Vec::new();
    };
    let text = |name: &str| was[name].as_str().unwrap_or_default().to_owned();
    let mut steps = vec![ContactStep::CreateContact(NewContact {
        display_name: text("displayName"),
        address: text("address"),
    })];
    let told = ["id", "displayName", "address"];
    let details = shown
        .iter()
        .filter(|(name, value)| !told.contains(&name.as_str()) && !value.is_null());
    let to: Map<String, Value> = details
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    if !to.is_empty() {
        let from = to.keys().map(|name| (name.clone(), Value::Null)).collect();
        steps.push(ContactStep::UpdateDetails(Change { from, to }));
    }
    steps
}
