//! Names of folders.

use std::collections::BTreeSet;

use store::PersonId;
use workflow::Hash;

/// Nobody but administrators and the app reads what lies in it.
pub(crate) const APP_ONLY: &str = "app-only";
/// Digits of the hash that name a folder.
const DIGITS: usize = 32;

/// The folder for what these people read. The same people, the same name; it tells nothing of them.
pub(super) fn shared(readers: &BTreeSet<PersonId>) -> String {
    let lines: Vec<_> = readers.iter().map(PersonId::as_str).collect();
    let hash = Hash::of(lines.join("\n").as_bytes()).to_string();
    format!("shared-{}", &hash[..DIGITS.min(hash.len())])
}
