//! Effects that must happen once (a mail, say): noted under their key before the first attempt, so that a lost
//! answer is looked up outside and never simply repeated.

use crate::sql::{args, unreadable};
use crate::{StoreError, Tx};
use jiff::Timestamp;

/// How far an effect is. `handle` is what the other side calls it, the id of a mail draft for instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outgoing {
    /// May have happened: look there first. `at`: when it began, or was given its handle.
    Begun {
        handle: Option<String>,
        at: Timestamp,
    },
    Sent {
        handle: Option<String>,
    },
}

impl Tx {
    /// `None`: never begun.
    pub async fn outgoing(&mut self, effect: &str) -> Result<Option<Outgoing>, StoreError> {
        const SQL: &str = "SELECT state, detail, at FROM outgoing WHERE tenant = $1 AND effect = $2";
        let Some(row) = self.row(SQL, args![&self.tenant, effect]).await? else {
            return Ok(None);
        };
        let handle = row.get("detail")?;
        match row.get::<String>("state")?.as_str() {
            "begun" => Ok(Some(Outgoing::Begun {
                handle,
                at: row.time("at")?,
            })),
            "sent" => Ok(Some(Outgoing::Sent { handle })),
            other => Err(unreadable("state", &other)),
        }
    }

    /// Keys of effects that begin so and have happened, in order.
    pub async fn sent_effects(&mut self, prefix: &str) -> Result<Vec<String>, StoreError> {
        const SQL: &str = "SELECT effect FROM outgoing WHERE tenant = $1 AND state = 'sent' ORDER BY effect";
        let rows = self.rows(SQL, args![&self.tenant]).await?;
        let effects: Result<Vec<String>, _> = rows.iter().map(|row| row.get("effect")).collect();
        Ok(effects?
            .into_iter()
            .filter(|effect| effect.starts_with(prefix))
            .collect())
    }

    /// Notes that the effect begins, unless that is noted. What stood before; `None`: never begun.
    pub async fn begin_outgoing(
        &mut self,
        effect: &str,
        at: Timestamp,
    ) -> Result<Option<Outgoing>, StoreError> {
        const SQL: &str = "INSERT INTO outgoing (tenant, effect, state, at) VALUES ($1, $2, 'begun', $3)
            ON CONFLICT (tenant, effect) DO NOTHING";
        match self.run(SQL, args![&self.tenant, effect, at]).await? {
            0 => self.outgoing(effect).await,
            _ => Ok(None),
        }
    }

    /// Gives an effect that has begun its handle. The first one stays: of two who made something for the same effect,
    /// one goes on. What stands then.
    pub async fn take_handle(
        &mut self,
        effect: &str,
        handle: &str,
        at: Timestamp,
    ) -> Result<Option<Outgoing>, StoreError> {
        const SQL: &str = "UPDATE outgoing SET detail = $3, at = $4
            WHERE tenant = $1 AND effect = $2 AND state = 'begun' AND detail IS NULL";
        self.run(SQL, args![&self.tenant, effect, handle, at]).await?;
        self.outgoing(effect).await
    }

    /// Gives it another handle, where the one that was read still stands. What stands then.
    pub async fn replace_handle(
        &mut self,
        effect: &str,
        (old, new): (&str, &str),
        at: Timestamp,
    ) -> Result<Option<Outgoing>, StoreError> {
        const SQL: &str = "UPDATE outgoing SET detail = $4, at = $5
            WHERE tenant = $1 AND effect = $2 AND state = 'begun' AND detail = $3";
        self.run(SQL, args![&self.tenant, effect, old, new, at]).await?;
        self.outgoing(effect).await
    }

    /// Notes that the effect happened. A second time: [`StoreError::StaleVersion`].
    pub async fn note_sent(
        &mut self,
        effect: &str,
        handle: Option<&str>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        const SQL: &str =
            "INSERT INTO outgoing (tenant, effect, state, detail, at) VALUES ($1, $2, 'sent', $3, $4)
            ON CONFLICT (tenant, effect) DO UPDATE SET state = excluded.state, detail = excluded.detail,
            at = excluded.at WHERE outgoing.state <> 'sent'";
        match self
            .run(SQL, args![&self.tenant, effect, handle.map(str::to_owned), at])
            .await?
        {
            0 => Err(StoreError::StaleVersion {
                what: "outgoing effect",
            }),
            _ => Ok(()),
        }
    }
}
