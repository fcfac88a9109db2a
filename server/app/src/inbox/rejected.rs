//! Rows that lead to nothing, and how their author is told.

use forms::Issue;
use m365::sharepoint::{ItemId, ItemQuery};
use serde_json::{Value, json};
use store::transaction;
use workflow::Code;

use super::Row;
use super::seen::Seen;
use crate::cases::Case;
use crate::jobs::JobError;
use crate::reason_words::EDITED_AFTER_SUBMISSION;
use crate::service::{Service, WatchedList};
use crate::status_words;

/// No application can be made of it: the row itself says why and is open again.
pub(super) async fn row(
    service: &Service,
    item: ItemId,
    version: u32,
    issues: &[Issue],
) -> Result<(), JobError> {
    let list = service.list(WatchedList::Inbox);
    let issues = serde_json::to_string(issues).map_err(|error| JobError::unreadable("issues", &error))?;
    let mut fields = status_words::cells(Code::SB, service.config.mail.language);
    fields.extend([
        ("PFIssues".to_owned(), json!(issues)),
        ("PFApplicantAction".to_owned(), Value::Null),
    ]);
    let found = list.item(item, &ItemQuery::select(&["PFStatus"])).await?;
    if let Some(etag) = found.and_then(|item| item.etag) {
        list.update_item(item, &etag, &fields).await?;
    }
    transaction!(service.store.write(&service.tenant), tx => {
        let seen = Seen { version, ..Seen::of(tx, item).await? };
        seen.keep(tx, service, item).await
    })
}

/// The application stays as it was submitted; its author is told once for each version.
pub(super) async fn late_edit(service: &Service, row: &Row, version: u32) -> Result<(), JobError> {
    transaction!(service.store.write(&service.tenant), tx => {
        let seen = Seen::of(tx, row.item).await?;
        if seen.version >= version {
            return Ok(());
        }
        let case = match &seen.application {
            Some(id) => Case::load(tx, id).await?,
            None => None,
        };
        if let Some(case) = case {
            let at = format!("inbox-{version}");
            let wish = case.not_counted(service, &row.author, &at, EDITED_AFTER_SUBMISSION);
            tx.enqueue(&wish.job(service.now())?).await?;
        }
        Seen { version, ..seen }.keep(tx, service, row.item).await
    })
}
