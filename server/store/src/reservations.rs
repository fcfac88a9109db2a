//! What an open application holds for itself, from submission to execution or end.

use crate::sql::args;
use crate::{ApplicationId, StoreError, Tx};

/// Something that only one open application may hold. Compared without regard to case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reservation {
    /// A user principal name, or the address of a group.
    Upn(String),
    /// The name of a group, as people read it.
    Group(String),
    /// The object an application changes.
    Target(String),
}

/// Whether a seat could be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeatOutcome {
    Held,
    NoneLeft,
}

impl Reservation {
    fn parts(&self) -> (&'static str, String) {
        match self {
            Self::Upn(name) => ("upn", name.to_lowercase()),
            Self::Group(name) => ("group", name.to_lowercase()),
            Self::Target(object) => ("target", object.to_lowercase()),
        }
    }
}

const HOLD: &str = "INSERT INTO reservation (tenant, kind, target, application) VALUES ($1, $2, $3, $4)
    ON CONFLICT (tenant, kind, target, application) DO NOTHING";

impl Tx {
    /// Holds it, again and again if need be; [`StoreError::UniqueTaken`] when another application does.
    pub async fn reserve(&mut self, by: &ApplicationId, what: &Reservation) -> Result<(), StoreError> {
        let (kind, target) = what.parts();
        self.run_unique(HOLD, args![&self.tenant, kind, target, by], &[kind])
            .await
            .map(|_| ())
    }

    /// Whether another application holds it.
    pub async fn is_held_by_another(
        &mut self,
        than: &ApplicationId,
        what: &Reservation,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT application FROM reservation
            WHERE tenant = $1 AND kind = $2 AND target = $3 AND application <> $4";
        let (kind, target) = what.parts();
        let row = self.row(SQL, args![&self.tenant, kind, target, than]).await?;
        Ok(row.is_some())
    }

    /// The application that holds it, if one does.
    pub async fn holder(&mut self, what: &Reservation) -> Result<Option<ApplicationId>, StoreError> {
        const SQL: &str =
            "SELECT application FROM reservation WHERE tenant = $1 AND kind = $2 AND target = $3";
        let (kind, target) = what.parts();
        let row = self.row(SQL, args![&self.tenant, kind, target]).await?;
        row.map(|row| Ok(ApplicationId::new(row.get::<String>("application")?)))
            .transpose()
    }

    /// Holds so many seats of a licence of which `available` are free in the tenant, holders of ours not counted off;
    /// all of them or none.
    pub async fn reserve_seats(
        &mut self,
        by: &ApplicationId,
        sku: &str,
        (seats, available): (i64, i64),
    ) -> Result<SeatOutcome, StoreError> {
        // One row for each seat: `sku`, `sku#2`, …
        const OTHERS: &str = "SELECT COUNT(*) AS held FROM reservation
            WHERE tenant = $1 AND kind = 'seat' AND (target = $2 OR target LIKE $3) AND application <> $4";
        let sku = sku.to_lowercase();
        self.count_up(format!("seat/{sku}")).await?;
        let further = format!("{sku}#%");
        let row = self.row(OTHERS, args![&self.tenant, &sku, further, by]).await?;
        let held: i64 = row
            .ok_or(StoreError::Database(sqlx::Error::RowNotFound))?
            .get("held")?;
        if held.saturating_add(seats) > available {
            return Ok(SeatOutcome::NoneLeft);
        }
        for seat in 1..=seats {
            let target = if seat == 1 {
                sku.clone()
            } else {
                format!("{sku}#{seat}")
            };
            self.run(HOLD, args![&self.tenant, "seat", target, by]).await?;
        }
        Ok(SeatOutcome::Held)
    }

    /// Gives back all that the application holds.
    pub async fn release(&mut self, by: &ApplicationId) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM reservation WHERE tenant = $1 AND application = $2";
        self.run(SQL, args![&self.tenant, by]).await.map(|_| ())
    }
}
