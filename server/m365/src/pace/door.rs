//! The doors of Microsoft 365: each counts the calls through it by itself.

use url::Url;

use crate::Service;

/// What lies in a mailbox, below a user.
const MAILBOX: [&str; 4] = ["messages", "mailFolders", "mailboxSettings", "sendMail"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    Login,
    /// Graph, but for mailboxes.
    Directory,
    /// Mailboxes by Graph: throttled by Outlook, each for itself.
    Mailbox,
    Exchange,
    SharePoint,
}

impl Door {
    pub(crate) fn of(service: Service, url: &Url) -> Self {
        match service {
            Service::Login => Self::Login,
            Service::Graph if is_mailbox(url) => Self::Mailbox,
            Service::Graph => Self::Directory,
            Service::Exchange => Self::Exchange,
            Service::SharePoint => Self::SharePoint,
        }
    }
}

/// `/v1.0/users/{id}/messages/…`
fn is_mailbox(url: &Url) -> bool {
    let mut segments = url.path_segments().into_iter().flatten().skip(1);
    let (collection, _, below) = (segments.next(), segments.next(), segments.next());
    collection == Some("users") && below.is_some_and(|below| MAILBOX.contains(&below))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mailboxes_have_a_door_of_their_own() {
        let door = |path: &str| {
            let url = format!("https://graph.microsoft.com/v1.0/{path}");
            Door::of(Service::Graph, &url.parse().unwrap())
        };
        let mailbox = [
            "users/a/messages?$top=1",
            "users/a/messages/b/send",
            "users/a/mailboxSettings/automaticRepliesSetting",
        ];
        assert_eq!(mailbox.map(door), [Door::Mailbox; 3]);
        let directory = [
            "users/messages",
            "users/a",
            "users/a/manager/$ref",
            "groups/a/members/$ref",
            "$batch",
        ];
        assert_eq!(directory.map(door), [Door::Directory; 5]);
    }
}
