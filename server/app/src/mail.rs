//! The texts of our mails: one template a kind and language, which a company may replace.

mod facts;
mod render;
mod template;
mod templates;

use serde::Serialize;

use crate::config::Language;
pub use facts::{Facts, Item};
pub use templates::{Templates, TemplatesError};

/// Every mail the service sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Received,
    Decide,
    SentBack,
    Rejected,
    Withdrawn,
    Completed,
    Password,
    NotCounted,
    Attention,
    Stopped,
    Credentials,
    Refused,
    Ownerless,
    Tampered,
    PlanChanged,
    Recorded,
    NotNeeded,
    Cancelled,
    Unfinished,
    Scheduled,
    Expiring,
    Expired,
    Reminder,
    Overdue,
    Circulated,
    PostReview,
    PullUp,
    Work,
    Changed,
    Settled,
    Digest,
    Absence,
}

impl Kind {
    /// As in the keys of mails and in the names of templates.
    pub fn word(self) -> &'static str {
        let (name, _) = shipped(self, Language::En);
        name.trim_start_matches("en/").trim_end_matches(".txt")
    }

    /// Whether it may wait for the mail of the day. What guards against misuse, or says that somebody's work stands
    /// still, never waits.
    pub fn can_wait(self) -> bool {
        match self {
            Self::Password
            | Self::NotCounted
            | Self::Attention
            | Self::Stopped
            | Self::Credentials
            | Self::Refused
            | Self::Ownerless
            | Self::Tampered
            | Self::Recorded
            | Self::Overdue
            | Self::Digest
            | Self::Absence => false,
            Self::Received
            | Self::Decide
            | Self::SentBack
            | Self::Rejected
            | Self::Withdrawn
            | Self::Completed
            | Self::PlanChanged
            | Self::NotNeeded
            | Self::Cancelled
            | Self::Unfinished
            | Self::Scheduled
            | Self::Expiring
            | Self::Expired
            | Self::Reminder
            | Self::Circulated
            | Self::PostReview
            | Self::PullUp
            | Self::Work
            | Self::Changed
            | Self::Settled => true,
        }
    }

    /// Whether it asks the reader to decide.
    pub fn asks(self) -> bool {
        matches!(self, Self::Decide | Self::PlanChanged | Self::Reminder)
    }

    /// Whether it tells of one application.
    pub fn is_about_one(self) -> bool {
        !matches!(
            self,
            Self::Digest
                | Self::Absence
                | Self::Stopped
                | Self::Credentials
                | Self::Refused
                | Self::Ownerless
        )
    }
}

/// A mail, ready to send.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// One line.
    pub subject: String,
    pub html: String,
}

macro_rules! templates {
    ($($kind:ident => $file:literal),+ $(,)?) => {
        /// Name and text of the template that this build carries.
        fn shipped(kind: Kind, language: Language) -> (&'static str, &'static str) {
            match (kind, language) {
                $((Kind::$kind, Language::Ja) => (concat!("ja/", $file), include_str!(concat!("../../../manifests/mails/ja/", $file))),
                  (Kind::$kind, Language::En) => (concat!("en/", $file), include_str!(concat!("../../../manifests/mails/en/", $file))),)+
            }
        }
        const KINDS: [Kind; [$(Kind::$kind),+].len()] = [$(Kind::$kind),+];
    };
}

templates! {
    Received => "received.txt",
    Decide => "decide.txt",
    SentBack => "sent-back.txt",
    Rejected => "rejected.txt",
    Withdrawn => "withdrawn.txt",
    Completed => "completed.txt",
    Password => "password.txt",
    NotCounted => "not-counted.txt",
    Attention => "attention.txt",
    Stopped => "stopped.txt",
    Credentials => "credentials.txt",
    Refused => "refused.txt",
    Ownerless => "ownerless.txt",
    Tampered => "tampered.txt",
    PlanChanged => "plan-changed.txt",
    Recorded => "recorded.txt",
    NotNeeded => "not-needed.txt",
    Cancelled => "cancelled.txt",
    Unfinished => "unfinished.txt",
    Scheduled => "scheduled.txt",
    Expiring => "expiring.txt",
    Expired => "expired.txt",
    Reminder => "reminder.txt",
    Overdue => "overdue.txt",
    Circulated => "circulated.txt",
    PostReview => "post-review.txt",
    PullUp => "pull-up.txt",
    Work => "work.txt",
    Changed => "changed.txt",
    Settled => "settled.txt",
    Digest => "digest.txt",
    Absence => "absence.txt",
}
