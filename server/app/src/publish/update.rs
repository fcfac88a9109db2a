//! An item that exists is made to show the newest state, in one guarded write.

use m365::sharepoint::{ItemId, ItemQuery, List};
use serde_json::{Map, Value};
use store::jobs::JobEnd;
use store::{ApplicationId, transaction};
use workflow::judge::{Editor, Version};

use super::cell::Wish;
use super::shown::{self, Shown};
use super::{EDITABLE, SEALED};
use crate::cases::Case;
use crate::columns;
use crate::jobs::{JobError, Task};
use crate::service::Service;
use crate::versions::{self, ALL_JUDGED};

/// What REST is asked for: all judged columns, those of people by their numbers.
fn read() -> Vec<&'static str> {
    let by_number = |name| match name {
        "PFApplicant" => "PFApplicantId",
        "PFAssignees" => "PFAssigneesId",
        "PFViewers" => "PFViewersId",
        "PFMainAssignee" => "PFMainAssigneeId",
        other => other,
    };
    super::columns().into_iter().map(by_number).collect()
}

/// `Some`: a vote must be judged first, and the job ends so.
pub(super) async fn run(
    service: &Service,
    id: &ApplicationId,
    (list, item): (&List, ItemId),
    wish: &Wish,
) -> Result<Option<Result<JobEnd, JobError>>, JobError> {
    // The item before its versions: whoever writes in between makes the etag stale.
    let found = list.item(item, &ItemQuery::select(&read())).await?;
    let found = found.ok_or_else(|| JobError::Stuck(format!("item {item} is gone")))?;
    let versions = versions::read(service, list, item, &["PFStatus"], ALL_JUDGED).await?;
    let shown = Shown::load(service, id).await?;
    if has_unjudged(&versions, &shown) {
        ask_for_judgement(service, id).await?;
        return Ok(Some(Err(JobError::Wait("somebody's entry must be judged first"))));
    }
    let current = columns::of_item(&found.fields, &SEALED);
    let mut fields = wish.differing(&current);
    fields.extend(emptied(&found.fields));
    let newest = versions.last();
    // A person's version that changed nothing of ours is not ours.
    let mut own = newest
        .filter(|version| version.editor == Editor::App)
        .map(|version| version.number);
    if !fields.is_empty() {
        let etag = found
            .etag
            .ok_or_else(|| JobError::Stuck("SharePoint told no etag of an item".into()))?;
        write(service, id, (list, item), &etag, (&fields, wish)).await?;
        own = newest.map(|version| version.number + 1);
    }
    confirm(service, id, own, wish).await?;
    Ok(None)
}

async fn write(
    service: &Service,
    id: &ApplicationId,
    (list, item): (&List, ItemId),
    etag: &m365::sharepoint::ETag,
    (fields, wish): (&Map<String, Value>, &Wish),
) -> Result<(), JobError> {
    let intended = wish.columns();
    shown::change(service, id, |shown| shown.intend(&intended)).await?;
    list.update_item(item, etag, fields).await?;
    Ok(())
}

/// Versions that a person saved and that nobody looked at.
fn has_unjudged(versions: &[Version], shown: &Shown) -> bool {
    let judged = shown.judged.map_or(0, |judged| judged.number);
    versions
        .iter()
        .any(|version| version.number > judged && version.editor != Editor::App)
}

async fn ask_for_judgement(service: &Service, id: &ApplicationId) -> Result<(), JobError> {
    let judge = Task::Judge {
        application: id.clone(),
    };
    let job = judge.job(service.now())?;
    transaction!(service.store.write(&service.tenant), tx => Ok(tx.enqueue(&job).await?))
}

/// What people decided is in the journal; the columns are free for the next one.
fn emptied(fields: &Map<String, Value>) -> Map<String, Value> {
    let full = |name: &&str| {
        let value = fields.get(*name);
        value.is_some_and(|value| columns::spelled(name, value).is_some())
    };
    EDITABLE
        .into_iter()
        .filter(full)
        .map(|name| (name.to_owned(), Value::Null))
        .collect()
}

/// The item shows what we wanted, in a version of ours.
async fn confirm(
    service: &Service,
    id: &ApplicationId,
    own: Option<u32>,
    wish: &Wish,
) -> Result<(), JobError> {
    let columns = wish.columns();
    transaction!(service.store.write(&service.tenant), tx => {
        let mut shown = Shown::of(tx, id).await?;
        shown.confirm(columns.clone());
        shown.keep(tx, service, id).await?;
        match (Case::load(tx, id).await?, own.map(i64::from)) {
            (Some(mut case), Some(own)) if !case.row.own_versions.contains(&own) => {
                case.row.own_versions.push(own);
                Ok(case.save_row(tx).await?)
            }
            _ => Ok(()),
        }
    })
}
