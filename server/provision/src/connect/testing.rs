//! An account for tests.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::account::Holder;
use crate::AccountKey;

pub(super) const ACCOUNT: Uuid = Uuid::from_u128(9);

pub(super) fn key() -> AccountKey {
    AccountKey::marked("h.takahashi@contoso.example", crate::mark::of("a-1"))
}

/// The same account where it was there before.
pub(super) fn standing() -> AccountKey {
    AccountKey::standing("h.takahashi@contoso.example", ACCOUNT)
}

/// An account as Graph's JSON has it, with the mark of some application.
pub(super) fn shown(application: &str, more: &Value) -> Map<String, Value> {
    let mut shown = more.as_object().cloned().unwrap_or_default();
    shown.insert("id".to_owned(), json!(ACCOUNT));
    crate::mark::put(&mut shown, &crate::mark::of(application));
    shown
}

pub(super) fn ours() -> Holder {
    Holder::read(&key(), shown("a-1", &json!({})))
}

pub(super) const GROUP: Uuid = Uuid::from_u128(8);

/// A security group as Graph shows it, with more properties.
pub(super) fn group(more: &Value) -> m365::graph::UnifiedGroup {
    let mut shown = json!({ "id": GROUP, "displayName": "営業", "mailNickname": "sales", "groupTypes": [] });
    if let (Some(shown), Some(more)) = (shown.as_object_mut(), more.as_object()) {
        shown.extend(more.clone());
    }
    serde_json::from_value(shown).expect("a group")
}
