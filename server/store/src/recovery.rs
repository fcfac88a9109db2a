//! Rebuilding a lost database: rows as they were kept elsewhere, in whatever order they come.

use crate::sql::args;
use crate::{ApplicationId, JournalLine, StoreError, Tx, WorkflowKey};

/// Tables that only work with applications fills.
macro_rules! any_row {
    ($($table:literal),*) => {
        [$(($table, concat!("SELECT 1 AS found FROM ", $table, " WHERE tenant = $1 LIMIT 1"))),*]
    };
}

const FILLED_BY_WORK: [(&str, &str); 10] = any_row![
    "application",
    "journal",
    "head",
    "definition",
    "counter",
    "party",
    "reservation",
    "before_image",
    "handover",
    "outgoing"
];

impl Tx {
    /// Name of a table that holds work of the tenant; `None`: there is nothing that a recovery could overwrite.
    /// Jobs, tokens, masters and copies of people come by themselves and do not count.
    pub async fn filled_table(&mut self) -> Result<Option<&'static str>, StoreError> {
        const DOCUMENTS: &str = "SELECT 1 AS found FROM document WHERE tenant = $1
            AND (kind = 'inbox' OR kind = 'shown') LIMIT 1";
        for (table, sql) in FILLED_BY_WORK.into_iter().chain([("document", DOCUMENTS)]) {
            if self.row(sql, args![&self.tenant]).await?.is_some() {
                return Ok(Some(table));
            }
        }
        Ok(None)
    }

    pub async fn has_applications(&mut self) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT 1 AS found FROM application WHERE tenant = $1 LIMIT 1";
        Ok(self.row(SQL, args![&self.tenant]).await?.is_some())
    }

    /// Puts a line in its place, whatever stands around it; false when the place is taken.
    pub async fn restore_line(&mut self, of: &ApplicationId, line: &JournalLine) -> Result<bool, StoreError> {
        const SQL: &str = "INSERT INTO journal (tenant, application, seq, at, actor, body, prev_hash, hash)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant, application, seq) DO NOTHING";
        let body = self.body_of(of, line)?;
        let mut args = args![&self.tenant, of, line.seq, line.at, &line.actor, body];
        args.extend(args![line.prev_hash, line.hash]);
        Ok(self.run(SQL, args).await? > 0)
    }

    /// Applications that have lines, in order of id, those after `after` only: a page at a time.
    pub async fn journals(
        &mut self,
        after: Option<&ApplicationId>,
        most: i64,
    ) -> Result<Vec<ApplicationId>, StoreError> {
        const SQL: &str = "SELECT DISTINCT application FROM journal WHERE tenant = $1 AND application > $2
            ORDER BY application LIMIT $3";
        let after = after.map_or("", ApplicationId::as_str);
        let rows = self.rows(SQL, args![&self.tenant, after, most]).await?;
        let id = |row: &crate::sql::Row| row.get::<String>("application").map(ApplicationId::new);
        rows.iter().map(id).collect()
    }

    /// Takes away the lines and heads after `seq`.
    pub async fn cut_journal(&mut self, of: &ApplicationId, seq: i64) -> Result<(), StoreError> {
        const LINES: &str = "DELETE FROM journal WHERE tenant = $1 AND application = $2 AND seq > $3";
        const HEADS: &str = "DELETE FROM head WHERE tenant = $1 AND application = $2 AND seq > $3";
        self.run(LINES, args![&self.tenant, of, seq]).await?;
        self.run(HEADS, args![&self.tenant, of, seq]).await.map(|_| ())
    }

    /// The numbers of a workflow in a year go on after `running` at least.
    pub async fn raise_number(
        &mut self,
        workflow: &WorkflowKey,
        year: i16,
        running: i64,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO counter (tenant, name, value) VALUES ($1, $2, $3)
            ON CONFLICT (tenant, name) DO UPDATE SET value = excluded.value
            WHERE counter.value < excluded.value";
        let name = format!("number/{workflow}/{year}");
        self.run(SQL, args![&self.tenant, name, running])
            .await
            .map(|_| ())
    }

    /// Every list is walked anew from its first item.
    pub async fn forget_all_change_tokens(&mut self) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM change_token WHERE tenant = $1";
        self.run(SQL, args![&self.tenant]).await.map(|_| ())
    }
}
