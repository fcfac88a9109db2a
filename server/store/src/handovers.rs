//! Passwords on their way to a manager: asked for with a key made in his browser, answered encrypted to
//! it, shown once.

use crate::sql::{Row, args, unreadable};
use crate::{ApplicationId, PersonId, StoreError, Tx};
use jiff::Timestamp;

/// Where a hand-over stands. The password itself is never here in the clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandoverState {
    /// The manager has not asked yet, or it was shown and may be asked for again.
    Waiting,
    /// A job is to set a new password and encrypt it to this key.
    Asked { public_key: Vec<u8> },
    /// For the browser that asked.
    Ready { ciphertext: Vec<u8> },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    pub id: String,
    pub application: ApplicationId,
    pub manager: PersonId,
    pub state: HandoverState,
    pub expires_at: Timestamp,
}

impl Tx {
    pub async fn open_handover(&mut self, handover: &Handover) -> Result<(), StoreError> {
        const SQL: &str =
            "INSERT INTO handover (tenant, id, application, manager, state, public_key, ciphertext,
            expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let (state, key, text) = columns(&handover.state);
        let mut args = args![
            &self.tenant,
            &handover.id,
            &handover.application,
            &handover.manager
        ];
        args.extend(args![state, key, text, handover.expires_at]);
        self.run_unique(SQL, args, &["handover"]).await.map(|_| ())
    }

    /// `None` as well when it has expired or belongs to another manager.
    pub async fn handover(
        &mut self,
        id: &str,
        manager: &PersonId,
        now: Timestamp,
    ) -> Result<Option<Handover>, StoreError> {
        const SQL: &str = "SELECT * FROM handover WHERE tenant = $1 AND id = $2 AND manager = $3
            AND expires_at > $4";
        self.row(SQL, args![&self.tenant, id, manager, now])
            .await?
            .as_ref()
            .map(read)
            .transpose()
    }

    /// Moves on from the state that was read; [`StoreError::StaleVersion`] when it stands elsewhere by now.
    pub async fn move_handover(&mut self, read: &Handover, to: &HandoverState) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE handover SET state = $3, public_key = $4, ciphertext = $5
            WHERE tenant = $1 AND id = $2 AND state = $6 AND (public_key = $7 OR $7 IS NULL)";
        let (old_state, old_key, _) = columns(&read.state);
        let (state, key, text) = columns(to);
        let args = args![&self.tenant, &read.id, state, key, text, old_state, old_key];
        match self.run(SQL, args).await? {
            0 => Err(StoreError::StaleVersion { what: "hand-over" }),
            _ => Ok(()),
        }
    }

    /// Applications whose password waits to be fetched, with the end of the link.
    pub async fn open_handovers(
        &mut self,
        now: Timestamp,
    ) -> Result<Vec<(ApplicationId, Timestamp)>, StoreError> {
        const SQL: &str = "SELECT application, expires_at FROM handover WHERE tenant = $1 AND expires_at > $2
            ORDER BY expires_at, application";
        let rows = self.rows(SQL, args![&self.tenant, now]).await?;
        let read = rows.iter().map(|row| {
            let application = ApplicationId::new(row.get::<String>("application")?);
            Ok((application, row.time("expires_at")?))
        });
        read.collect()
    }

    /// Takes away what has expired.
    pub async fn remove_expired_handovers(&mut self, now: Timestamp) -> Result<u64, StoreError> {
        const SQL: &str = "DELETE FROM handover WHERE tenant = $1 AND expires_at <= $2";
        self.run(SQL, args![&self.tenant, now]).await
    }
}

fn columns(state: &HandoverState) -> (&'static str, Option<Vec<u8>>, Option<Vec<u8>>) {
    match state {
        HandoverState::Waiting => ("waiting", None, None),
        HandoverState::Asked { public_key } => ("asked", Some(public_key.clone()), None),
        HandoverState::Ready { ciphertext } => ("ready", None, Some(ciphertext.clone())),
    }
}

fn read(row: &Row) -> Result<Handover, StoreError> {
    let (key, text): (Option<Vec<u8>>, Option<Vec<u8>>) = (row.get("public_key")?, row.get("ciphertext")?);
    let state = match (row.get::<String>("state")?.as_str(), key, text) {
        ("waiting", None, None) => HandoverState::Waiting,
        ("asked", Some(public_key), None) => HandoverState::Asked { public_key },
        ("ready", None, Some(ciphertext)) => HandoverState::Ready { ciphertext },
        (other, ..) => return Err(unreadable("state", &other)),
    };
    Ok(Handover {
        id: row.get("id")?,
        application: ApplicationId::new(row.get::<String>("application")?),
        manager: PersonId::new(row.get::<String>("manager")?),
        state,
        expires_at: row.time("expires_at")?,
    })
}
