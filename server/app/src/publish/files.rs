//! Attachments of the applicant's row are copied to the originals at submission, one row a round.

use m365::Verdict;
use m365::sharepoint::{Filter, ItemId, ItemQuery, List};
use serde_json::json;
use workflow::Hash;

use crate::cases::Case;
use crate::jobs::JobError;
use crate::service::{Service, WatchedList};

const LIST: &str = "Lists/PFFiles";
const GONE: JobError = JobError::Wait("an attachment is not there although it is listed");

/// One `hash  name` line for each file; empty when the row has none. Once taken, the copies stay as they are.
pub(super) async fn copy(service: &Service, case: &Case) -> Result<String, JobError> {
    let source = case.application.source.to_string();
    let originals = service.list_at(LIST);
    let query = ItemQuery::select(&["PFAttachHashes"]).filter(Filter::text("PFSource", &source));
    let found = originals.page(&query).await?.items.into_iter().next();
    let hashes = found.as_ref().and_then(|item| item.text("PFAttachHashes"));
    if let Some(hashes) = hashes {
        return Ok(hashes.to_owned());
    }
    let row = i32::try_from(case.application.source.inbox_item)
        .map_err(|error| JobError::unreadable("an inbox row", &error))?;
    let inbox = service.list(WatchedList::Inbox);
    let attached = match inbox.attachments(ItemId(row)).await {
        Err(error) if error.is_not_found() => return Ok(String::new()),
        attached => attached?,
    };
    if attached.is_empty() {
        return Ok(String::new());
    }
    let copy = match found {
        Some(item) => item.id,
        None => add(&originals, case, &source).await?,
    };
    let there = originals.attachments(copy).await?;
    let mut lines = Vec::new();
    for file in attached {
        let content = match service.site.download(&file.server_relative_url).await {
            // Taken away since it was listed: what is there then counts.
            Err(error) if error.is_not_found() => return Err(GONE),
            content => content?,
        };
        lines.push(format!("{}  {}", Hash::of(&content), file.file_name));
        if !there.iter().any(|old| old.file_name == file.file_name) {
            originals.attach(copy, &file.file_name, content).await?;
        }
    }
    let hashes = lines.join("\n");
    let fields = json!({ "PFAttachHashes": hashes });
    let fields = fields.as_object().cloned().unwrap_or_default();
    originals.overwrite_item(copy, &fields).await?;
    Ok(hashes)
}

async fn add(originals: &List, case: &Case, source: &str) -> Result<ItemId, JobError> {
    let fields = json!({ "Title": case.row.number, "PFSource": source, "PFNumber": case.row.number });
    let fields = fields.as_object().cloned().unwrap_or_default();
    match originals.add_item(&fields).await {
        Ok(item) => Ok(item.id),
        Err(error) if error.verdict == Verdict::Conflict => {
            Err(JobError::Wait("the originals' row was made already"))
        }
        Err(error) => Err(error.into()),
    }
}
