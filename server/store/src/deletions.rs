//! What was deleted or blocked within some hours: counted before it begins, so that nobody deletes much unseen.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::sql::{args, unreadable};
use crate::{ApplicationId, Document, Period, Shelf, StoreError, Tx};

/// How many objects may be deleted within a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeletionLimit {
    pub most: u32,
    pub within: SignedDuration,
}

/// Whether an application may delete so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeletionOutcome {
    Counted,
    /// Nothing was counted; others have deleted so many within the time.
    TooMany {
        before: u32,
    },
}

impl Tx {
    /// Counts so many objects for an application, again and again if need be; or none, where there would be more than
    /// the limit within its time. Of two that count at the same moment, the second sees the first.
    pub async fn count_deletions(
        &mut self,
        by: &ApplicationId,
        objects: u32,
        limit: DeletionLimit,
        now: Timestamp,
    ) -> Result<DeletionOutcome, StoreError> {
        self.count_up("deletions".to_owned()).await?;
        self.forget_deletions(now).await?;
        let before = self.deletions_of_others(by, now).await?;
        if before.saturating_add(objects) > limit.most {
            return Ok(DeletionOutcome::TooMany { before });
        }
        let until = now
            .checked_add(limit.within)
            .map_err(|error| unreadable("the time of a deletion", &error))?;
        let counted = Document {
            name: by.to_string(),
            body: json!({ "objects": objects }),
            at: now,
        };
        let period = Period {
            from: now,
            until: Some(until),
        };
        self.put_for(Shelf::Deletions, &counted, period).await?;
        Ok(DeletionOutcome::Counted)
    }

    async fn deletions_of_others(&mut self, than: &ApplicationId, now: Timestamp) -> Result<u32, StoreError> {
        let counted = self.holding(Shelf::Deletions, now).await?;
        let others = counted.iter().filter(|counted| counted.name != than.as_str());
        let objects = others.map(|counted| {
            let objects = counted.body["objects"].as_u64();
            objects
                .and_then(|objects| u32::try_from(objects).ok())
                .unwrap_or(u32::MAX)
        });
        Ok(objects.fold(0, u32::saturating_add))
    }

    /// Counts whose time is over.
    async fn forget_deletions(&mut self, now: Timestamp) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM document WHERE tenant = $1 AND kind = $2 AND ends < $3";
        self.run(SQL, args![&self.tenant, Shelf::Deletions.code(), now])
            .await
            .map(|_| ())
    }
}
