//! What lies in people's mailboxes.

use dev_tenant::graph::Folder;
use serde_json::Value;
use uuid::Uuid;

use crate::house::House;
use crate::person::Person;

/// A mail, and whose inbox it lies in.
pub struct Mail {
    pub owner: Uuid,
    pub subject: String,
    pub html: String,
}

/// All mails in all inboxes.
pub fn all(house: &House) -> Vec<Mail> {
    let tenant = house.world().tenant();
    let mails = tenant.mailboxes.messages.iter();
    let mails = mails.filter(|mail| mail.folder == Folder::Inbox);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let read = mails.map(|mail| Mail {
        owner: mail.owner.0,
        subject: text(mail.content.get("subject").unwrap_or(&Value::Null)),
        html: text(&mail.content["body"]["content"]),
    });
    read.collect()
}

impl Mail {
    /// Where its links lead.
    pub fn links(&self) -> Vec<String> {
        let links = self.html.split("href=\"").skip(1);
        let links = links.filter_map(|rest| rest.split('"').next());
        links.map(|link| link.replace("&amp;", "&")).collect()
    }
}

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
