//! What a report reads: whole journals of the applications of a period, so many at a time that memory stays small.

use jiff::Timestamp;

use crate::encryption::places;
use crate::sql::args;
use crate::{ApplicationId, Cursor, PinnedDefinition, StoreError, Tx, WorkflowKey};

/// Applications that were made in this time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub from: Timestamp,
    /// The first moment that does not count any more.
    pub until: Timestamp,
    /// None: of any workflow.
    pub workflow: Option<WorkflowKey>,
}

/// One application's journal as it was written, oldest line first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub id: ApplicationId,
    pub made: Timestamp,
    pub bodies: Vec<String>,
}

impl Tx {
    /// Journals in the order in which their applications were made, those after `after` only: a page at a time.
    pub async fn journals_made(
        &mut self,
        made: &Made,
        after: Option<&Cursor>,
        most: i64,
    ) -> Result<Vec<Told>, StoreError> {
        const SQL: &str =
            "SELECT made.id AS id, made.created_at AS created_at, journal.seq AS seq, journal.body AS body
            FROM (SELECT tenant, id, created_at FROM application
                WHERE tenant = $1 AND created_at >= $2 AND created_at < $3 AND (created_at, id) > ($4, $5)
                AND (workflow = $6 OR $7 = 1) ORDER BY created_at, id LIMIT $8) AS made
            JOIN journal ON journal.tenant = made.tenant AND journal.application = made.id
            ORDER BY made.created_at, made.id, journal.seq";
        let (at, id) = after.map_or((i64::MIN, ""), |cursor| {
            (cursor.at.as_millisecond(), cursor.id.as_str())
        });
        let workflow = made.workflow.as_ref().map_or("", WorkflowKey::as_str);
        let of_any = i64::from(made.workflow.is_none());
        let args = args![
            &self.tenant,
            made.from,
            made.until,
            at,
            id,
            workflow,
            of_any,
            most
        ];
        let mut told: Vec<Told> = Vec::new();
        for row in self.rows(SQL, args).await? {
            let id = ApplicationId::new(row.get::<String>("id")?);
            let place = places::line(self.tenant.as_str(), id.as_str(), row.get("seq")?);
            let body = row.text("body", &place)?;
            match told.last_mut().filter(|last| last.id == id) {
                Some(last) => last.bodies.push(body),
                None => told.push(Told {
                    id,
                    made: row.time("created_at")?,
                    bodies: vec![body],
                }),
            }
        }
        Ok(told)
    }

    /// Every version of every definition that an application was made with; the newest of each comes last.
    pub async fn pinned_definitions(&mut self) -> Result<Vec<PinnedDefinition>, StoreError> {
        const SQL: &str = "SELECT workflow, version, body, hash FROM definition WHERE tenant = $1
            ORDER BY workflow, version";
        let rows = self.rows(SQL, args![&self.tenant]).await?;
        let read = |row: &crate::sql::Row| {
            Ok(PinnedDefinition {
                workflow: WorkflowKey::new(row.get::<String>("workflow")?),
                version: row.get("version")?,
                body: row.get("body")?,
                hash: row.hash("hash")?,
            })
        };
        rows.iter().map(read).collect()
    }
}
