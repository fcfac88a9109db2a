//! Journal lines: appended in order, never changed. What they say is `workflow`'s affair.

use crate::encryption::places;
use crate::sql::{Row, args};
use crate::{ApplicationId, Hash, StoreError, Tx};
use jiff::Timestamp;
use workflow::hex;

/// One line. `body` is the canonical JSON text that was hashed, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalLine {
    /// 1, 2, 3, … within the application.
    pub seq: i64,
    pub at: Timestamp,
    pub actor: String,
    pub body: String,
    pub prev_hash: Hash,
    pub hash: Hash,
}

impl Tx {
    /// Appends lines that follow the newest one; [`StoreError::StaleVersion`] when they do not (any more).
    pub async fn append_journal(
        &mut self,
        of: &ApplicationId,
        lines: &[JournalLine],
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO journal (tenant, application, seq, at, actor, body, prev_hash, hash)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        const STALE: StoreError = StoreError::StaleVersion { what: "journal" };
        let newest = self.newest_line(of).await?;
        let (mut seq, mut hash) = newest.map_or((0, None), |line| (line.seq, Some(line.hash)));
        for line in lines {
            if line.seq != seq + 1 || hash.is_some_and(|hash| hash != line.prev_hash) {
                return Err(STALE);
            }
            let body = self.body_of(of, line)?;
            let mut args = args![&self.tenant, of, line.seq, line.at, &line.actor, body];
            args.extend(args![line.prev_hash, line.hash]);
            self.run_unique(SQL, args, &["journal"])
                .await
                .map_err(|error| match error {
                    StoreError::UniqueTaken { .. } => STALE,
                    other => other,
                })?;
            (seq, hash) = (line.seq, Some(line.hash));
        }
        Ok(())
    }

    pub(crate) fn body_of(&self, of: &ApplicationId, line: &JournalLine) -> Result<String, StoreError> {
        let place = places::line(self.tenant.as_str(), of.as_str(), line.seq);
        self.kept(line.body.clone(), &place)
    }

    pub async fn newest_line(&mut self, of: &ApplicationId) -> Result<Option<JournalLine>, StoreError> {
        const SQL: &str =
            "SELECT * FROM journal WHERE tenant = $1 AND application = $2 ORDER BY seq DESC LIMIT 1";
        self.row(SQL, args![&self.tenant, of])
            .await?
            .as_ref()
            .map(read)
            .transpose()
    }

    /// All lines, oldest first.
    pub async fn journal(&mut self, of: &ApplicationId) -> Result<Vec<JournalLine>, StoreError> {
        const SQL: &str = "SELECT * FROM journal WHERE tenant = $1 AND application = $2 ORDER BY seq";
        self.rows(SQL, args![&self.tenant, of])
            .await?
            .iter()
            .map(read)
            .collect()
    }

    /// All lines and signed heads as one JSON document for an auditor: hashes and signatures in lower-case
    /// hexadecimal, `body` as the very text that was hashed.
    pub async fn export_journal(&mut self, of: &ApplicationId) -> Result<serde_json::Value, StoreError> {
        let lines: Vec<_> = self.journal(of).await?.iter().map(line_json).collect();
        let heads: Vec<_> = self
            .heads(of)
            .await?
            .iter()
            .map(crate::heads::head_json)
            .collect();
        let (tenant, id) = (&self.tenant, of);
        Ok(serde_json::json!({ "tenant": tenant, "application": id, "lines": lines, "heads": heads }))
    }
}

fn line_json(line: &JournalLine) -> serde_json::Value {
    serde_json::json!({
        "seq": line.seq, "at": line.at.to_string(), "actor": line.actor, "body": line.body,
        "prevHash": hex(&line.prev_hash.0), "hash": hex(&line.hash.0),
    })
}

fn read(row: &Row) -> Result<JournalLine, StoreError> {
    let (tenant, of): (String, String) = (row.get("tenant")?, row.get("application")?);
    let seq = row.get("seq")?;
    Ok(JournalLine {
        seq,
        at: row.time("at")?,
        actor: row.get("actor")?,
        body: row.text("body", &places::line(&tenant, &of, seq))?,
        prev_hash: row.hash("prev_hash")?,
        hash: row.hash("hash")?,
    })
}
