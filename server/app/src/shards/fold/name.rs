//! Names of folders.

use std::collections::BTreeSet;

use store::PersonId;
use workflow::{Hash, PrincipalRef, access};

use crate::cases::Case;

/// Nobody but administrators and the app reads what lies in it.
pub(crate) const APP_ONLY: &str = "app-only";
const SHARED: &str = "shared-";
/// Digits of the hash that name a folder.
const DIGITS: usize = 32;

/// Whether folders of ours are called so.
pub(crate) fn is_ours(name: &str) -> bool {
    let digits = name.strip_prefix(SHARED).unwrap_or_default();
    let is_hash = digits.len() == DIGITS && digits.chars().all(|digit| digit.is_ascii_hexdigit());
    name == APP_ONLY || is_hash
}

/// Whether the application's item may share the scope of the folder.
pub(crate) fn fits(case: &Case, name: &str) -> bool {
    case.application.is_closed() && (name == APP_ONLY || name == shared(&readers(case)))
}

/// The folder for what these people read. The same people, the same name; it tells nothing of them.
pub(super) fn shared(readers: &BTreeSet<PersonId>) -> String {
    let lines: Vec<_> = readers.iter().map(PersonId::as_str).collect();
    let hash = Hash::of(lines.join("\n").as_bytes()).to_string();
    format!("{SHARED}{}", &hash[..DIGITS.min(hash.len())])
}

fn readers(case: &Case) -> BTreeSet<PersonId> {
    let people = access(&case.application).into_iter();
    let person = |(who, _)| match who {
        PrincipalRef::Person(person) => Some(PersonId::new(person.as_str())),
        PrincipalRef::Administrators | PrincipalRef::Auditors => None,
    };
    people.filter_map(person).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_folders_are_known_by_their_names() {
        let shared = shared(&BTreeSet::from([PersonId::new("a")]));
        for (name, ours) in [
            (APP_ONLY, true),
            (shared.as_str(), true),
            ("shared-", false),
            ("shared-0123456789abcdef0123456789abcdeg", false),
            ("2026", false),
        ] {
            assert_eq!(is_ours(name), ours, "{name}");
        }
    }
}
