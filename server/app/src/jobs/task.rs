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
use crate::ownerless::Ownerless;
use crate::reconcile::Scope;
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
    /// Carry out a decision that came by the API.
    Decide {
        application: ApplicationId,
        decision: String,
    },
    /// Do what time alone asks of an application.
    Due { application: ApplicationId },
    /// Ask for the undoing of what an application gave until now.
    Expire { application: ApplicationId },
    /// Make one application follow the register of deputies.
    Represent { application: ApplicationId },
    /// Find the applications that do not follow the register of deputies.
    Deputies,
    /// Send one mail to one person.
    Mail(Box<MailWish>),
    /// Delete what a run that was cut off drafted after all for a mail that another draft became.
    Leftovers { key: String },
    /// Tell one administrator of stopped work that is no application's.
    Alarm(Box<Alarm>),
    /// Send what waited for a person's mail of the day.
    Digest { person: PersonId },
    /// Look whether people who are asked are away, and propose deputies.
    Absences,
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
    /// Search, once a night, for what nobody answers for who may sign in.
    Owners,
    /// Take what got owners by an application out of what that search found.
    Adopted { object: Uuid },
    /// Keep the webhook subscriptions, or a farm's event receivers, alive.
    Webhooks,
    /// Open the next list of applications when the newest nears its cap.
    Scopes,
    /// Let a closed application share the scope of a folder.
    Fold {
        application: ApplicationId,
        fold: String,
    },
    /// Keep what proves the app from running out.
    Credentials,
    /// Compare our rows with the scopes that SharePoint's lists hold.
    Ledger,
    /// Change our row in the inbox, so that its webhook must come.
    Heartbeat,
    /// One stride of a comparison of SharePoint with our rows.
    Reconcile { scope: Scope },
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
    /// What only the event knows, in the language of the lists; the rest is filled in when the mail is sent.
    pub facts: Facts,
    /// The same in our other language; none: it reads alike.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translated: Option<Facts>,
}

/// What one administrator is told, once a day for each reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    /// The reader.
    pub to: PersonId,
    /// The stopped job as `provisioning-flow jobs` names it: kind and key.
    pub work: String,
    pub why: String,
    pub day: jiff::civil::Date,
    #[serde(default)]
    pub about: About,
}

/// Of what an alarm tells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum About {
    /// A row of the inbox that became no application.
    #[default]
    Row,
    /// The app's credentials, which end then; told at so many days before. `ja`: why, in Japanese.
    Credentials {
        ends: Timestamp,
        days: i64,
        #[serde(default)]
        ja: Option<String>,
    },
    /// A service that does not let the app do its work, for want of this permission if one is named.
    Refused { needs: Option<String> },
    /// Of so many objects for which nobody answers who may sign in: these, and how each is adopted.
    Ownerless { count: usize, some: Vec<Ownerless> },
}

impl Alarm {
    /// Effect key of its mail.
    pub(crate) fn key(&self) -> String {
        if let About::Credentials { ends, days, .. } = self.about {
            return format!("credentials:{ends}:{days}:{}", self.to);
        }
        let what = match self.about {
            About::Refused { .. } => "refused",
            About::Ownerless { .. } => "ownerless",
            _ => "stopped",
        };
        let why = workflow::Hash::of(self.why.as_bytes());
        format!("{what}:{}:{why}:{}", self.day, self.to)
    }
}

/// Where work on one application waits for other work on it.
pub(crate) fn application_lane(application: &ApplicationId) -> String {
    format!("application/{application}")
}

impl Task {
    /// Kind of a fold, by which parked ones are found.
    pub(crate) const FOLD: &str = "fold";

    /// What `claim` counts and logs speak of.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Walk { .. } => "walk",
            Self::Inbox { .. } => "inbox",
            Self::Prepare { .. } => "prepare",
            Self::Publish { .. } => "publish",
            Self::Judge { .. } => "judge",
            Self::Decide { .. } => "decide",
            Self::Due { .. } => "due",
            Self::Expire { .. } => "expire",
            Self::Represent { .. } => "represent",
            Self::Deputies => "deputies",
            Self::Mail(_) => "mail",
            Self::Leftovers { .. } => "leftovers",
            Self::Alarm(_) => "alarm",
            Self::Digest { .. } => "digest",
            Self::Absences => "absences",
            Self::Execute { .. } => "execute",
            Self::Password { .. } => "password",
            Self::Masters => "masters",
            Self::Owners => "owners",
            Self::Adopted { .. } => "adopted",
            Self::Webhooks => "webhooks",
            Self::Scopes => "scopes",
            Self::Fold { .. } => Self::FOLD,
            Self::Credentials => "credentials",
            Self::Ledger => "ledger",
            Self::Heartbeat => "heartbeat",
            Self::Reconcile { .. } => "reconcile",
            Self::People => "people",
            Self::Administrators => "administrators",
            Self::Person { .. } => "person",
        }
    }

    /// The application that waits for this work, if it is one and the work is not itself a mail about it.
    pub(super) fn application(&self) -> Option<&ApplicationId> {
        match self {
            Self::Prepare { application }
            | Self::Publish { application }
            | Self::Judge { application }
            | Self::Decide { application, .. }
            | Self::Due { application }
            | Self::Expire { application }
            | Self::Represent { application }
            | Self::Fold { application, .. }
            | Self::Execute { application } => Some(application),
            _ => None,
        }
    }

    pub(crate) fn key(&self) -> String {
        match self {
            Self::Walk { list } => list.url(),
            Self::Inbox { item } => item.to_string(),
            Self::Prepare { application }
            | Self::Publish { application }
            | Self::Judge { application }
            | Self::Due { application }
            | Self::Expire { application }
            | Self::Represent { application }
            | Self::Fold { application, .. }
            | Self::Execute { application } => application.to_string(),
            Self::Decide { decision, .. } => decision.clone(),
            Self::Mail(wish) => wish.key.clone(),
            Self::Leftovers { key } => key.clone(),
            Self::Alarm(alarm) => alarm.key(),
            Self::Password { handover, .. } => handover.to_string(),
            Self::Adopted { object } => object.to_string(),
            Self::Masters
            | Self::Owners
            | Self::Webhooks
            | Self::Scopes
            | Self::Credentials
            | Self::Ledger
            | Self::Heartbeat
            | Self::Deputies
            | Self::Absences
            | Self::People
            | Self::Administrators => "all".to_owned(),
            Self::Reconcile { scope } => scope.word().to_owned(),
            Self::Digest { person } | Self::Person { person, .. } => person.to_string(),
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
            | Self::Decide { application, .. }
            | Self::Due { application }
            | Self::Expire { application }
            | Self::Represent { application }
            | Self::Fold { application, .. }
            | Self::Execute { application } => Some(application_lane(application)),
            Self::Mail(_)
            | Self::Leftovers { .. }
            | Self::Alarm(_)
            | Self::Masters
            | Self::Webhooks
            | Self::Scopes
            | Self::Ledger
            | Self::Heartbeat
            | Self::Deputies
            | Self::Absences
            | Self::Administrators => None,
            // Both write what is known of owners.
            Self::Owners | Self::Adopted { .. } => Some("owners".to_owned()),
            Self::Credentials => Some("credentials".to_owned()),
            // Both set permissions.
            Self::Reconcile { .. } => Some("reconcile".to_owned()),
            Self::Digest { person } => Some(format!("digest/{person}")),
            Self::People => Some("people".to_owned()),
            Self::Person { person, .. } => Some(format!("person/{person}")),
            Self::Password { account, .. } => Some(format!("account/{account}")),
        }
    }

    fn priority(&self) -> Priority {
        match self {
            Self::Password { .. } | Self::Inbox { .. } | Self::Judge { .. } | Self::Decide { .. } => {
                Priority::Person
            }
            Self::Masters
            | Self::Owners
            | Self::Webhooks
            | Self::Ledger
            | Self::Fold { .. }
            | Self::Heartbeat
            | Self::Administrators
            | Self::Leftovers { .. }
            | Self::Reconcile { .. }
            // What it tells must stand in the history first, and whatever writes that goes before.
            | Self::Absences
            | Self::Mail(_)
            | Self::Digest { .. } => Priority::Sweep,
            _ => Priority::Normal,
        }
    }

    /// On whose account the calls of a run go: sweeps yield to what people wait for.
    pub(super) fn account(&self) -> m365::Work {
        let priority = match (self, self.priority()) {
            (Self::Mail(_) | Self::Digest { .. }, _) | (_, Priority::Person | Priority::Normal) => {
                m365::Priority::People
            }
            (_, Priority::Sweep) => m365::Priority::Background,
        };
        m365::Work {
            correlation: m365::random_uuid(),
            priority,
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
