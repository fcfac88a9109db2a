//! Changes of mail contacts in words.

use super::{ContactKey, ContactStep};
use crate::preview::Words;

/// One line for each thing that changes.
pub(crate) fn step(words: &Words, key: &ContactKey, step: &ContactStep) -> Vec<String> {
    let what = words.say("メール連絡先", "Mail contact");
    match step {
        ContactStep::CreateContact(new) => vec![
            words.added(what, &new.display_name),
            words.added(words.say("メールアドレス", "Mail address"), &new.address),
        ],
        ContactStep::UpdateContact(changed) | ContactStep::UpdateDetails(changed) => words.changed(changed),
        ContactStep::DeleteContact {} => vec![words.removed(what, &key.display_name)],
    }
}
