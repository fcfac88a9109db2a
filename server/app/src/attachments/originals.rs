//! The app's own copies: one row for each submission, and one for what approvers added to it.

use bytes::Bytes;
use m365::Verdict;
use m365::sharepoint::{Attachment, Filter, ItemId, ItemQuery, List};
use serde_json::{Map, Value, json};
use workflow::{Hash, SealedFile};

use crate::cases::Case;
use crate::jobs::JobError;
use crate::service::Service;

const LIST: &str = "Lists/PFFiles";

/// A row of copies.
pub(super) struct Originals<'a> {
    service: &'a Service,
    list: List,
    row: ItemId,
    there: Vec<Attachment>,
}

/// The row of the round's submission.
pub(super) fn of_submission(case: &Case) -> String {
    case.application.source.to_string()
}

/// The row of what approvers added in this round.
pub(super) fn of_approvers(case: &Case) -> String {
    format!("{}+", case.application.source)
}

/// The files of a row that is complete.
pub(super) async fn complete(service: &Service, source: &str) -> Result<Option<Vec<SealedFile>>, JobError> {
    let found = find(&service.list_at(LIST), source).await?;
    let Some(lines) = found.and_then(|(_, lines)| lines) else {
        return Ok(None);
    };
    let files = super::read(&lines);
    let broken = || JobError::Stuck(format!("the hashes of the originals {source} were altered"));
    files.map(Some).ok_or_else(broken)
}

async fn find(list: &List, source: &str) -> Result<Option<(ItemId, Option<String>)>, JobError> {
    let query = ItemQuery::select(&["PFAttachHashes"]).filter(Filter::text("PFSource", source));
    let found = list.page(&query).await?.items.into_iter().next();
    Ok(found.map(|item| (item.id, item.text("PFAttachHashes").map(str::to_owned))))
}

impl<'a> Originals<'a> {
    /// The row, made if need be.
    pub(super) async fn open(service: &'a Service, case: &Case, source: &str) -> Result<Self, JobError> {
        let list = service.list_at(LIST);
        let row = match find(&list, source).await? {
            Some((row, _)) => row,
            None => add(&list, case, source).await?,
        };
        let there = list.attachments(row).await?;
        Ok(Self {
            service,
            list,
            row,
            there,
        })
    }

    /// Keeps a file; one at a time, for every file makes a version of the row. Once taken, a copy stays as it is.
    pub(super) async fn keep(&self, name: &str, content: Bytes) -> Result<SealedFile, JobError> {
        let content = if let Some(kept) = self.content(name).await? {
            kept
        } else {
            super::item::attach(&self.list, self.row, name, content.clone()).await?;
            content
        };
        Ok(SealedFile {
            name: name.to_owned(),
            hash: Hash::of(&content),
        })
    }

    /// A copy, if there is one of this name.
    pub(super) async fn content(&self, name: &str) -> Result<Option<Bytes>, JobError> {
        let Some(file) = self.there.iter().find(|file| file.file_name == name) else {
            return Ok(None);
        };
        // A copy of ours was within the limits when it was taken.
        Ok(self
            .service
            .site
            .download(&file.server_relative_url, usize::MAX)
            .await?)
    }

    /// All files of the row are there.
    pub(super) async fn finish(&self, files: &[SealedFile]) -> Result<(), JobError> {
        let fields = fields(&json!({ "PFAttachHashes": super::lines(files) }));
        Ok(self.list.overwrite_item(self.row, &fields).await.map(drop)?)
    }
}

async fn add(list: &List, case: &Case, source: &str) -> Result<ItemId, JobError> {
    let number = &case.row.number;
    let fields = fields(&json!({ "Title": number, "PFSource": source, "PFNumber": number }));
    match list.add_item(&fields).await {
        Ok(item) => Ok(item.id),
        Err(error) if error.verdict == Verdict::Conflict => {
            Err(JobError::Wait("the originals' row was made already"))
        }
        Err(error) => Err(error.into()),
    }
}

fn fields(fields: &Value) -> Map<String, Value> {
    fields.as_object().cloned().unwrap_or_default()
}
