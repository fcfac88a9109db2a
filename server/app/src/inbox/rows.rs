//! Rows that a submission carries as a file. Attachments have no versions: what is there counts only if the version
//! that was submitted names its hash.

use forms::{Code, Input, Issue, MAX_ROWS_BYTES, RowsFile, Schema, Values, read_rows, rows_files};
use m365::sharepoint::{Attachment, ItemId};
use serde_json::Value;
use workflow::{Hash, hex};

use crate::jobs::JobError;
use crate::service::{Service, WatchedList};

/// The values with the rows in their places, and what is wrong with the files. Only fields of rows have files, and all
/// files together are as large as one may be, however many the values name.
pub(super) async fn fetch(
    service: &Service,
    item: ItemId,
    form: &Schema,
    mut values: Values,
) -> Result<(Values, Vec<Issue>), JobError> {
    let mut files = rows_files(&values);
    let is_rows = |key: &str| {
        form.field(key)
            .is_some_and(|field| matches!(field.input, Input::Rows { .. }))
    };
    files.retain(|(key, _)| is_rows(key));
    let mut left = MAX_ROWS_BYTES;
    let mut issues = Vec::new();
    if files.is_empty() {
        return Ok((values, issues));
    }
    let attached = attached(service, item).await?;
    for (key, file) in files {
        let rows = match attached.iter().find(|attached| attached.file_name == file.file) {
            Some(attached) => read(service, &file, attached, &mut left).await?,
            None => Err(Code::RowsAltered),
        };
        match rows {
            Ok(rows) => values = values.with(&key, rows),
            Err(code) => {
                values = values.with(&key, Value::Null);
                issues.push(Issue::new(code, key));
            }
        }
    }
    Ok((values, issues))
}

/// Nothing, too, when the applicant deleted his row meanwhile.
async fn attached(service: &Service, item: ItemId) -> Result<Vec<Attachment>, JobError> {
    match service.list(WatchedList::Inbox).attachments(item).await {
        Err(error) if error.is_not_found() => Ok(Vec::new()),
        attached => Ok(attached?),
    }
}

async fn read(
    service: &Service,
    file: &RowsFile,
    attached: &Attachment,
    left: &mut usize,
) -> Result<Result<Value, Code>, JobError> {
    let url = &attached.server_relative_url;
    let content = match service.site.download(url, *left).await {
        Err(error) if error.is_not_found() => return Ok(Err(Code::RowsAltered)),
        content => content?,
    };
    let Some(content) = content else {
        return Ok(Err(Code::FormTooBig));
    };
    *left = left.saturating_sub(content.len());
    if hex(&Hash::of(&content).0) != file.sha256 {
        return Ok(Err(Code::RowsAltered));
    }
    Ok(read_rows(file, &content).ok_or(Code::WrongType))
}
