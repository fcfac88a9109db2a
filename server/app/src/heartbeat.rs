//! Whether webhooks come, and how late: from time to time we change a row of our own in the inbox, and wait for
//! the notification. The row is nobody's application: walks pass it by, and it inherits the list's permissions.

use jiff::{SignedDuration, Timestamp};
use m365::sharepoint::{Filter, ItemId, ItemQuery, List, SHAREPOINT_APP};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use store::jobs::JobEnd;
use store::{Document, Shelf, Tx, transaction};
use uuid::Uuid;

use crate::jobs::JobError;
use crate::places::UNREADY;
use crate::service::{Service, WatchedList};

const NAME: &str = "heartbeat";
/// What stands in PFNumber of our row, by which it is found again.
const MARK: &str = "heartbeat";
/// SharePoint reads its queue once a minute; this much later a webhook is late.
const LATE: SignedDuration = SignedDuration::from_mins(5);

/// What we know of the way from a change to our door.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Heartbeat {
    /// Our row.
    item: Option<ItemId>,
    /// The list's own id, by which notifications name it.
    list: Option<Uuid>,
    /// When the row was last changed, while no notification has come.
    waiting: Option<Timestamp>,
    /// The first change since the last notification.
    silent_since: Option<Timestamp>,
    /// Milliseconds from the last answered change to its notification.
    delay: Option<i64>,
}

/// How webhooks fare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Health {
    /// Nothing was measured yet, or the first measurement is under way.
    Unknown,
    Prompt {
        delay: SignedDuration,
    },
    Late {
        delay: SignedDuration,
    },
    Silent {
        since: Timestamp,
    },
}

impl Heartbeat {
    pub(crate) async fn of(tx: &mut Tx) -> Result<Self, JobError> {
        let document = tx.get(Shelf::Setting, NAME).await?;
        let heartbeat = document.map(|document| serde_json::from_value(document.body));
        heartbeat
            .transpose()
            .map(Option::unwrap_or_default)
            .map_err(|error| JobError::unreadable("the heartbeat", &error))
    }

    async fn keep(&self, tx: &mut Tx, at: Timestamp) -> Result<(), JobError> {
        let document = Document {
            name: NAME.to_owned(),
            body: serde_json::to_value(self)
                .map_err(|error| JobError::unreadable("the heartbeat", &error))?,
            at,
        };
        Ok(tx.put(Shelf::Setting, &document).await?)
    }

    /// Before the row is changed: the notification may come before the answer.
    fn begin(&mut self, now: Timestamp) {
        if self.waiting.is_some() {
            self.silent_since = self.silent_since.or(self.waiting);
        }
        self.waiting = Some(now);
    }

    /// A notification about the inbox; the delay, if it was waited for.
    fn heard(&mut self, list: Uuid, now: Timestamp) -> Option<SignedDuration> {
        if self.list != Some(list) {
            return None;
        }
        let since = self.silent_since.take();
        let waiting = self.waiting.take()?;
        let delay = now.duration_since(since.unwrap_or(waiting));
        self.delay = i64::try_from(delay.as_millis()).ok();
        Some(delay)
    }

    pub(crate) fn health(&self, now: Timestamp) -> Health {
        if let Some(since) = self.silent_since.or(self.waiting)
            && now.duration_since(since) > LATE
        {
            return Health::Silent { since };
        }
        let delay = self.delay.map(SignedDuration::from_millis);
        match delay {
            None => Health::Unknown,
            Some(delay) if delay > LATE => Health::Late { delay },
            Some(delay) => Health::Prompt { delay },
        }
    }
}

/// Our own row in the inbox, which is nobody's.
pub(crate) async fn row(tx: &mut Tx) -> Result<Option<ItemId>, JobError> {
    Ok(Heartbeat::of(tx).await?.item)
}

/// A genuine notification about this list came.
pub(crate) async fn heard(tx: &mut Tx, list: Uuid, now: Timestamp) -> Result<(), JobError> {
    let mut heartbeat = Heartbeat::of(tx).await?;
    let before = heartbeat.clone();
    if let Some(delay) = heartbeat.heard(list, now) {
        metrics::histogram!("webhook_delay_seconds").record(delay.as_secs_f64());
        metrics::gauge!("webhook_silent_seconds").set(0.0);
    }
    if heartbeat == before {
        return Ok(());
    }
    heartbeat.keep(tx, now).await
}

/// Changes our row. Before that the wait is noted, so that a kill in between looks like a lost webhook until the
/// next beat, never like a healthy one.
pub(crate) async fn beat(service: &Service) -> Result<JobEnd, JobError> {
    let list = service.list(WatchedList::Inbox);
    let id = list.info().await?.ok_or(UNREADY)?.id;
    let item = find(&list).await?;
    let now = service.now();
    transaction!(service.store.write(&service.tenant), tx => {
        let mut heartbeat = Heartbeat::of(tx).await?;
        heartbeat.begin(now);
        heartbeat.list = Some(id);
        heartbeat.item = item.or(heartbeat.item);
        if let Some(since) = heartbeat.silent_since {
            metrics::gauge!("webhook_silent_seconds").set(now.duration_since(since).as_secs_f64());
        }
        heartbeat.keep(tx, now).await
    })?;
    write(service, &list, item, now).await?;
    Ok(JobEnd::Done)
}

/// Anybody who may apply can write our mark, but not as the app.
async fn find(list: &List) -> Result<Option<ItemId>, JobError> {
    let query = ItemQuery::select(&["AuthorId"]).filter(Filter::text("PFNumber", MARK));
    let items = list.items(&query).await?;
    let is_ours = |author: Option<i64>| author == Some(i64::from(SHAREPOINT_APP.0));
    let ours = items.iter().find(|item| is_ours(item.number("AuthorId")));
    Ok(ours.map(|item| item.id))
}

async fn write(service: &Service, list: &List, item: Option<ItemId>, now: Timestamp) -> Result<(), JobError> {
    let fields = json!({ "Title": format!("Webhook {now}"), "PFNumber": MARK });
    let fields: Map<String, Value> = fields.as_object().cloned().unwrap_or_default();
    let Some(item) = item else {
        let made = list.add_item(&fields).await?.id;
        return transaction!(service.store.write(&service.tenant), tx => {
            let mut heartbeat = Heartbeat::of(tx).await?;
            heartbeat.item = Some(made);
            heartbeat.keep(tx, now).await
        });
    };
    Ok(list.overwrite_item(item, &fields).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn secs(seconds: i64) -> SignedDuration {
        SignedDuration::from_secs(seconds)
    }

    const INBOX: Uuid = Uuid::from_u128(1);

    fn beating() -> Heartbeat {
        Heartbeat {
            list: Some(INBOX),
            ..Heartbeat::default()
        }
    }

    #[test]
    fn what_comes_back_is_measured_once_and_other_lists_prove_nothing() {
        let mut heartbeat = beating();
        heartbeat.begin(at(0));
        assert_eq!(heartbeat.heard(Uuid::from_u128(2), at(10)), None);
        assert_eq!(heartbeat.heard(INBOX, at(40)), Some(secs(40)));
        assert_eq!(heartbeat.heard(INBOX, at(50)), None);
        assert_eq!(heartbeat.health(at(5_000)), Health::Prompt { delay: secs(40) });
    }

    #[test]
    fn silence_is_counted_from_the_first_lost_beat_and_ends_with_a_late_one() {
        let mut heartbeat = beating();
        heartbeat.begin(at(0));
        assert_eq!(heartbeat.health(at(299)), Health::Unknown);
        assert_eq!(heartbeat.health(at(301)), Health::Silent { since: at(0) });
        heartbeat.begin(at(900));
        assert_eq!(heartbeat.health(at(901)), Health::Silent { since: at(0) });
        heartbeat.heard(INBOX, at(1_000));
        assert_eq!(heartbeat.health(at(1_001)), Health::Late { delay: secs(1_000) });
        heartbeat.begin(at(1_800));
        heartbeat.heard(INBOX, at(1_830));
        assert_eq!(heartbeat.health(at(1_900)), Health::Prompt { delay: secs(30) });
    }
}
