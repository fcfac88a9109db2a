//! An account for tests.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::account::Holder;
use crate::AccountKey;

pub(super) const ACCOUNT: Uuid = Uuid::from_u128(9);

pub(super) fn key() -> AccountKey {
    AccountKey::marked("h.takahashi@contoso.example", crate::mark::of("a-1"))
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
