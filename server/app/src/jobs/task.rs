//! The kinds of work, each with the key that names it and the lane in which it runs alone.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::ApplicationId;
use store::jobs::{Job, NewJob, Priority};
use uuid::Uuid;
use workflow::PersonId;

use super::JobError;
use crate::following::Hint;
use crate::mail::{Facts, Kind};
use crate::service::WatchedList;

/// One piece of work. Its JSON is the payload of the job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "task", rename_all = "camelCase")]
pub enum Task {
    /// Read the change log of a list and ask for work on each changed item.
    Walk { list: WatchedList },
    /// Judge what a person wrote into a row of the inbox.
    Inbox { item: i32 },
    /// Resolve the route and plan the change for a submitted application.
    Prepare { application: ApplicationId },
    /// Make SharePoint show an application as it stands.
    Publish { application: ApplicationId },
    /// Judge what people wrote into an application's item.
    Judge { application: ApplicationId },
    /// Send one mail to one person.
    Mail(Box<MailWish>),
    /// Carry out what was approved.
    Execute { application: ApplicationId },
    /// Set a fresh password and encrypt it for the browser that asked.
    Password {
        handover: Uuid,
        manager: PersonId,
        account: Uuid,
    },
    /// Copy licences and groups into the masters that forms offer.
    Masters,
    /// Keep the webhook subscriptions alive.
    Webhooks,
    /// Ask the directory which people changed.
    People,
    /// Ask the directory who administers.
    Administrators,
    /// Read a person anew of whom the directory told something.
    Person { person: PersonId, hint: Hint },
}

/// A mail to be sent once. `key` is its effect key: the same key is never sent twice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MailWish {
    pub key: String,
    /// Whose number, title, plan and address the mail names.
    pub application: ApplicationId,
    /// The reader.
    pub to: PersonId,
    /// Whose act the mail tells of; his name goes into the text.
    pub by: Option<PersonId>,
    pub kind: Kind,
    /// What only the event knows; the rest is filled in when the mail is sent.
    pub facts: Facts,
}

impl Task {
    /// What `claim` counts and logs speak of.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Walk { .. } => "walk",
            Self::Inbox { .. } => "inbox",
            Self::Prepare { .. } => "prepare",
            Self::Publish { .. } => "publish",
            Self::Judge { .. } => "judge",
            Self::Mail(_) => "mail",
            Self::Execute { .. } => "execute",
            Self::Password { .. } => "password",
            Self::Masters => "masters",
            Self::Webhooks => "webhooks",
            Self::People => "people",
            Self::Administrators => "administrators",
            Self::Person { .. } => "person",
        }
    }

    fn key(&self) -> String {
        match self {
            Self::Walk { list } => list.url().to_owned(),
            Self::Inbox { item } => item.to_string(),
            Self::Prepare { application }
            | Self::Publish { application }
            | Self::Judge { application }
            | Self::Execute { application } => application.to_string(),
            Self::Mail(wish) => wish.key.clone(),
            Self::Password { handover, .. } => handover.to_string(),
            Self::Masters | Self::Webhooks | Self::People | Self::Administrators => "all".to_owned(),
            Self::Person { person, .. } => person.to_string(),
        }
    }

    /// Work on one application never runs at the same time, nor work on one inbox row or one account.
    fn lane(&self) -> Option<String> {
        match self {
            Self::Walk { list } => Some(format!("walk/{}", list.url())),
            Self::Inbox { item } => Some(format!("inbox/{item}")),
            Self::Prepare { application }
            | Self::Publish { application }
            | Self::Judge { application }
            | Self::Execute { application } => Some(format!("application/{application}")),
            Self::Mail(_) | Self::Masters | Self::Webhooks | Self::Administrators => None,
            Self::People => Some("people".to_owned()),
            Self::Person { person, .. } => Some(format!("person/{person}")),
            Self::Password { account, .. } => Some(format!("account/{account}")),
        }
    }

    fn priority(&self) -> Priority {
        match self {
            Self::Password { .. } | Self::Inbox { .. } | Self::Judge { .. } => Priority::Person,
            Self::Masters | Self::Webhooks | Self::Administrators => Priority::Sweep,
            _ => Priority::Normal,
        }
    }

    /// The row to enqueue, due at `run_at`.
    pub fn job(&self, run_at: Timestamp) -> Result<NewJob, JobError> {
        Ok(NewJob {
            kind: self.kind().to_owned(),
            key: self.key(),
            lane: self.lane(),
            payload: serde_json::to_value(self).map_err(|error| JobError::unreadable("a task", &error))?,
            run_at,
            priority: self.priority(),
        })
    }

    /// What a claimed job is to do.
    pub fn read(job: &Job) -> Result<Self, serde_json::Error> {
        serde_json::from_value(job.payload.clone())
    }
}
