//! The whole journal in the history list, one row a line: SharePoint is also the backup.

use m365::Verdict;
use m365::sharepoint::{Filter, ItemQuery};
use openssl::error::ErrorStack;
use serde_json::{Map, Value};
use store::{StoreError, transaction};

use super::shown::{self, Shown};
use super::story::Story;
use crate::cases::Case;
use crate::history::{LIST, PinnedRow, Row};
use crate::jobs::JobError;
use crate::service::Service;

/// Adds the lines that are not there yet, in order; before the first of them the definition that it is pinned to.
pub(super) async fn run(service: &Service, case: &Case, story: &Story) -> Result<(), JobError> {
    let id = &case.row.id;
    let there = Shown::load(service, id).await?.lines;
    if there == 0 && !story.kept.is_empty() {
        pin(service, case).await?;
    }
    for line in story.kept.iter().filter(|line| line.seq > there) {
        let head = story.heads.iter().find(|head| head.seq == line.seq);
        // All its lines stand under the number of the first.
        let row = Row::of(id, case.application.first_number(), line, head);
        for (key, fields) in row.pieces(line.at) {
            add(service, &key, &row.hash, &fields).await?;
        }
        add(service, &row.key(), &row.hash, &row.fields(line.at)).await?;
        shown::change(service, id, |shown| shown.lines = line.seq).await?;
    }
    Ok(())
}

async fn pin(service: &Service, case: &Case) -> Result<(), JobError> {
    let (workflow, version) = (&case.row.workflow, case.row.definition_version);
    let pinned: Result<_, StoreError> = transaction!(service.store.read(&service.tenant), tx =>
        tx.pinned_definition(workflow, version).await);
    let missing = || {
        JobError::Stuck(format!(
            "the definition of application {} is missing",
            case.row.id
        ))
    };
    let pinned = pinned?.ok_or_else(missing)?;
    let failed = |error: ErrorStack| JobError::Stuck(format!("the evidence key cannot sign: {error}"));
    let row = PinnedRow::of(&pinned, &service.evidence).map_err(failed)?;
    let hash = workflow::Hash(pinned.hash.0).to_string();
    add(service, &row.key, &hash, &row.fields(service.now())).await
}

/// Found by its key first: a lost answer leaves no second row. A row of another content under our key is of a
/// decision that a lost database took with it before it was whole, or was planted: its version keeps it.
async fn add(service: &Service, key: &str, hash: &str, fields: &Map<String, Value>) -> Result<(), JobError> {
    let list = service.list_at(LIST);
    let query = ItemQuery::select(&["PFHash"]).filter(Filter::text("PFLineKey", key));
    let page = list.page(&query).await?;
    if let Some(found) = page.items.first() {
        if found.text("PFHash") == Some(hash) {
            return Ok(());
        }
        tracing::warn!(key, "a history line of another content is replaced");
        return Ok(list.overwrite_item(found.id, fields).await?);
    }
    match list.add_item(fields).await {
        Ok(_) => Ok(()),
        Err(error) if error.verdict == Verdict::Conflict => {
            Err(JobError::Wait("the history line was written already"))
        }
        Err(error) => Err(error.into()),
    }
}
