//! What licences mean for mail: an Exchange plan brings an address at once and, by and by, a mailbox.

use jiff::Timestamp;
use serde_json::Value;

use super::addresses::remember_mail;
use super::licences::brings_mailbox;
use crate::directory::{Directory, ObjectId, User};

/// Follows a change of a user's licences from what he was `before`.
pub(super) fn follow(directory: &mut Directory, before: Option<&User>, id: ObjectId, now: Timestamp) {
    let had = before.is_some_and(|before| brings_mailbox(directory, before));
    let Some(user) = directory.users.get(&id) else {
        return;
    };
    if had || !brings_mailbox(directory, user) {
        return;
    }
    directory.licensed.insert(id, now);
    let Some(user) = directory.users.get_mut(&id) else {
        return;
    };
    if user.properties.get("mail").is_none_or(Value::is_null) {
        let name = user.user_principal_name.clone().into();
        user.properties.insert("mail".to_owned(), name);
        remember_mail(&mut user.properties);
        directory.rename(id, now);
    }
}
