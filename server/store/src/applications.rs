//! The row of an application: where it stands and which SharePoint items belong to it.

use crate::encryption::places;
use crate::sql::{Row, args, unreadable};
use crate::{ApplicationId, PersonId, StoreError, Tx, WorkflowKey};
use jiff::Timestamp;

/// The sealed item of an application: a list (the address of its shard) and the item's number there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedItem {
    pub list: String,
    pub item: i64,
}

/// One application. `version` counts the saves; whoever saves must have read the newest.
#[derive(Clone, Debug, PartialEq)]
pub struct ApplicationRow {
    pub id: ApplicationId,
    pub number: String,
    pub version: i64,
    pub workflow: WorkflowKey,
    pub definition_version: i64,
    /// Two letters, as shown in lists: `IA`, `CO`, …
    pub code: String,
    pub state: serde_json::Value,
    pub applicant: PersonId,
    /// None: no row of the inbox made it.
    pub inbox_item: Option<i64>,
    pub round: i64,
    /// Unique in the tenant: what this application was made from, such as inbox row and round.
    pub source: String,
    pub sealed: Option<SealedItem>,
    /// Newest version of the sealed item that was judged, counted in whole versions.
    pub judged_version: Option<i64>,
    /// Versions of the sealed item that we wrote ourselves.
    pub own_versions: Vec<i64>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

const INSERT: &str =
    "INSERT INTO application (tenant, id, number, version, workflow, definition_version, code,
    state, applicant, inbox_item, round, source, list, list_item, judged_version, own_versions, created_at,
    updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";

const SAVE: &str =
    "UPDATE application SET version = version + 1, definition_version = $4, code = $5, state = $6,
    round = $7, source = $8, list = COALESCE($9, list), list_item = $10, judged_version = $11, own_versions = $12,
    updated_at = $13, number = $14 WHERE tenant = $1 AND id = $2 AND version = $3";

/// SharePoint counts items from 1.
const NO_ROW: i64 = 0;

const UNIQUE: [&str; 3] = ["source", "number", "id"];

impl Tx {
    /// Writes a new application; [`StoreError::UniqueTaken`] names `source`, `number` or `id`.
    pub async fn insert_application(&mut self, row: &ApplicationRow) -> Result<(), StoreError> {
        let (list, item) = split(row.sealed.as_ref());
        let state = self.state_of(row)?;
        let mut args = args![&self.tenant, &row.id, &row.number, row.version, &row.workflow];
        args.extend(args![row.definition_version, &row.code, state, &row.applicant]);
        args.extend(args![
            row.inbox_item.unwrap_or(NO_ROW),
            row.round,
            &row.source,
            list,
            item,
            row.judged_version
        ]);
        args.extend(args![numbers(&row.own_versions), row.created_at, row.updated_at]);
        self.run_unique(INSERT, args, &UNIQUE).await.map(|_| ())
    }

    /// Writes what changed and counts `row.version` up; [`StoreError::StaleVersion`] when another save came first.
    pub async fn save_application(&mut self, row: &mut ApplicationRow) -> Result<(), StoreError> {
        let (list, item) = split(row.sealed.as_ref());
        let state = self.state_of(row)?;
        let mut args = args![
            &self.tenant,
            &row.id,
            row.version,
            row.definition_version,
            &row.code
        ];
        args.extend(args![state, row.round, &row.source, list, item]);
        args.extend(args![
            row.judged_version,
            numbers(&row.own_versions),
            row.updated_at,
            &row.number
        ]);
        if self.run_unique(SAVE, args, &UNIQUE).await? == 0 {
            return Err(StoreError::StaleVersion { what: "application" });
        }
        row.version += 1;
        Ok(())
    }

    fn state_of(&self, row: &ApplicationRow) -> Result<String, StoreError> {
        let place = places::application(self.tenant.as_str(), row.id.as_str());
        self.kept(row.state.to_string(), &place)
    }

    pub async fn application(&mut self, id: &ApplicationId) -> Result<Option<ApplicationRow>, StoreError> {
        const SQL: &str = "SELECT * FROM application WHERE tenant = $1 AND id = $2";
        self.row(SQL, args![&self.tenant, id])
            .await?
            .as_ref()
            .map(read)
            .transpose()
    }

    pub async fn application_by_number(
        &mut self,
        number: &str,
    ) -> Result<Option<ApplicationRow>, StoreError> {
        const SQL: &str = "SELECT * FROM application WHERE tenant = $1 AND number = $2";
        self.row(SQL, args![&self.tenant, number])
            .await?
            .as_ref()
            .map(read)
            .transpose()
    }

    pub async fn application_by_source(
        &mut self,
        source: &str,
    ) -> Result<Option<ApplicationRow>, StoreError> {
        const SQL: &str = "SELECT * FROM application WHERE tenant = $1 AND source = $2";
        self.row(SQL, args![&self.tenant, source])
            .await?
            .as_ref()
            .map(read)
            .transpose()
    }

    pub async fn application_by_item(
        &mut self,
        at: &SealedItem,
    ) -> Result<Option<ApplicationRow>, StoreError> {
        const SQL: &str = "SELECT * FROM application WHERE tenant = $1 AND list = $2 AND list_item = $3";
        self.row(SQL, args![&self.tenant, &at.list, at.item])
            .await?
            .as_ref()
            .map(read)
            .transpose()
    }
}

fn split(sealed: Option<&SealedItem>) -> (Option<String>, Option<i64>) {
    (sealed.map(|s| s.list.clone()), sealed.map(|s| s.item))
}

fn numbers(versions: &[i64]) -> String {
    serde_json::Value::from(versions.to_vec()).to_string()
}

pub(crate) fn read(row: &Row) -> Result<ApplicationRow, StoreError> {
    let id: String = row.get("id")?;
    let place = places::application(&row.get::<String>("tenant")?, &id);
    Ok(ApplicationRow {
        id: ApplicationId::new(id),
        number: row.get("number")?,
        version: row.get("version")?,
        workflow: WorkflowKey::new(row.get::<String>("workflow")?),
        definition_version: row.get("definition_version")?,
        code: row.get("code")?,
        state: row.value("state", &place)?,
        applicant: PersonId::new(row.get::<String>("applicant")?),
        inbox_item: Some(row.get("inbox_item")?).filter(|item| *item != NO_ROW),
        round: row.get("round")?,
        source: row.get("source")?,
        sealed: sealed(row.get("list")?, row.get("list_item")?)?,
        judged_version: row.get("judged_version")?,
        own_versions: row.json("own_versions")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    })
}

pub(crate) fn sealed(list: Option<String>, item: Option<i64>) -> Result<Option<SealedItem>, StoreError> {
    match (list, item) {
        (Some(list), Some(item)) => Ok(Some(SealedItem { list, item })),
        // The list may be chosen already.
        (_, None) => Ok(None),
        (None, Some(_)) => Err(unreadable("list_item", &"an item without a list")),
    }
}
