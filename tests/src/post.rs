//! What lies in people's mailboxes.

use dev_tenant::graph::Folder;
use serde_json::Value;

use crate::house::House;
use crate::person::Person;

/// Texts of the mails with this subject that lie in somebody's inbox.
pub fn mails(house: &House, to: &Person, subject: &str) -> Vec<String> {
    let tenant = house.world().tenant();
    let theirs = tenant.mailboxes.messages.iter();
    let theirs = theirs.filter(|mail| mail.owner.0 == to.id && mail.folder == Folder::Inbox);
    let with_subject = theirs.filter(|mail| {
        let found = mail.content.get("subject").and_then(Value::as_str);
        found.is_some_and(|found| found.starts_with(subject))
    });
    with_subject
        .map(|mail| mail.content["body"]["content"].to_string())
        .collect()
}
