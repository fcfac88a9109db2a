//! Documents that hold for a time: whoever asks about a moment reads those of that moment, however many there were.

use jiff::{RoundMode, SignedDuration, Timestamp, TimestampRound, Unit};

use crate::documents::read;
use crate::sql::{args, unreadable};
use crate::{Document, Shelf, StoreError, Tx};

/// From the first moment up to the last, which it does not hold any more; none: for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub from: Timestamp,
    pub until: Option<Timestamp>,
}

/// The store counts in milliseconds. A moment is kept as the first that is not before it.
const KEPT: SignedDuration = SignedDuration::from_millis(1);

impl Tx {
    /// Puts a document that holds for this period.
    pub async fn put_for(
        &mut self,
        on: Shelf,
        document: &Document,
        period: Period,
    ) -> Result<(), StoreError> {
        const SQL: &str =
            "UPDATE document SET begins = $4, ends = $5 WHERE tenant = $1 AND kind = $2 AND name = $3";
        self.put(on, document).await?;
        let (begins, ends) = (kept(period.from), period.until.map(kept));
        let ends = ends.map(Timestamp::as_millisecond);
        self.run(SQL, args![&self.tenant, on.code(), &document.name, begins, ends])
            .await
            .map(|_| ())
    }

    /// Documents whose period holds at this moment, give or take a millisecond, and those that were put without one,
    /// in order of name.
    pub async fn holding(&mut self, on: Shelf, at: Timestamp) -> Result<Vec<Document>, StoreError> {
        const SQL: &str = "SELECT * FROM document WHERE tenant = $1 AND kind = $2
            AND (begins IS NULL OR begins <= $4) AND (ends IS NULL OR ends >= $3) ORDER BY name";
        let rows = self
            .rows(SQL, args![&self.tenant, on.code(), at, kept(at) + KEPT])
            .await?;
        rows.iter().map(read).collect()
    }

    /// When a period began or ended last, up to this moment.
    pub async fn last_turn(&mut self, on: Shelf, at: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        const SQL: &str = "SELECT MAX(turn) AS turn FROM (
            SELECT MAX(begins) AS turn FROM document WHERE tenant = $1 AND kind = $2 AND begins <= $3
            UNION ALL
            SELECT MAX(ends) AS turn FROM document WHERE tenant = $1 AND kind = $2 AND ends <= $3) AS turns";
        self.turn(SQL, on, at).await
    }

    /// When one begins or ends next, after this moment.
    pub async fn next_turn(&mut self, on: Shelf, at: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        const SQL: &str = "SELECT MIN(turn) AS turn FROM (
            SELECT MIN(begins) AS turn FROM document WHERE tenant = $1 AND kind = $2 AND begins > $3
            UNION ALL
            SELECT MIN(ends) AS turn FROM document WHERE tenant = $1 AND kind = $2 AND ends > $3) AS turns";
        self.turn(SQL, on, at).await
    }

    async fn turn(
        &mut self,
        sql: &'static str,
        on: Shelf,
        at: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        let row = self.row(sql, args![&self.tenant, on.code(), at]).await?;
        let Some(milliseconds) = row
            .map(|row| row.get::<Option<i64>>("turn"))
            .transpose()?
            .flatten()
        else {
            return Ok(None);
        };
        let turn = Timestamp::from_millisecond(milliseconds);
        turn.map(Some).map_err(|error| unreadable("begins, ends", &error))
    }
}

fn kept(at: Timestamp) -> Timestamp {
    let up = TimestampRound::new()
        .smallest(Unit::Millisecond)
        .mode(RoundMode::Ceil);
    // Only the last millisecond of time has none after it.
    at.round(up).unwrap_or(at)
}
