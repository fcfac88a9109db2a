//! Taking the files of a submission from the applicant's row, once for each round.

use bytes::Bytes;
use forms::{Issue, ROWS_FILE};
use m365::sharepoint::{Attachment, ItemId};
use workflow::SealedFile;

use super::originals::{self, Originals};
use super::{name, tables};
use crate::cases::Case;
use crate::jobs::JobError;
use crate::service::{Service, WatchedList};

const GONE: JobError = JobError::Wait("an attachment is not there although it is listed");

/// The copies, or what is wrong with the files; nothing is taken then, and all stay on the applicant's row.
pub(crate) async fn take(
    service: &Service,
    case: &Case,
) -> Result<Result<Vec<SealedFile>, Vec<Issue>>, JobError> {
    let source = originals::of_submission(case);
    if let Some(files) = originals::complete(service, &source).await? {
        return Ok(Ok(files));
    }
    let tables = tables::of(service, case).await?;
    let attached = attached(service, case).await?;
    if attached.is_empty() && tables.is_empty() {
        return Ok(Ok(Vec::new()));
    }
    match read(service, &attached, tables).await? {
        Err(issues) => Ok(Err(issues)),
        Ok(contents) => copy(service, case, &source, contents).await.map(Ok),
    }
}

/// Without the rows, which are part of the form. Nothing, too, when the applicant deleted his row meanwhile.
async fn attached(service: &Service, case: &Case) -> Result<Vec<Attachment>, JobError> {
    let Some(row) = case.application.source.inbox_item() else {
        return Ok(Vec::new());
    };
    let row = i32::try_from(row).map_err(|error| JobError::unreadable("an inbox row", &error))?;
    match service.list(WatchedList::Inbox).attachments(ItemId(row)).await {
        Err(error) if error.is_not_found() => Ok(Vec::new()),
        attached => {
            let mut attached = attached?;
            attached.retain(|file| !file.file_name.ends_with(ROWS_FILE));
            Ok(attached)
        }
    }
}

pub(super) type Contents = Vec<(String, Bytes)>;

/// Names are looked at before anything is read, and no file is read beyond its limit. `contents`: what we add.
async fn read(
    service: &Service,
    attached: &[Attachment],
    mut contents: Contents,
) -> Result<Result<Contents, Vec<Issue>>, JobError> {
    let limits = &service.config.attachments;
    let names = attached.iter().filter_map(|file| limits.of_name(&file.file_name));
    let mut issues: Vec<_> = names.chain(limits.of_count(attached.len())).collect();
    if !issues.is_empty() {
        return Ok(Err(issues));
    }
    let mut taken: Vec<String> = contents.iter().map(|(name, _)| name.clone()).collect();
    let mut total = 0_usize;
    for file in attached {
        let content = match service
            .site
            .download(&file.server_relative_url, limits.file_bytes())
            .await
        {
            // Taken away since it was listed: what is there then counts.
            Err(error) if error.is_not_found() => return Err(GONE),
            content => content?,
        };
        let Some(content) = content else {
            issues.push(limits.too_big(&file.file_name));
            continue;
        };
        total = total.saturating_add(content.len());
        if let Some(issue) = limits.of_total(total) {
            issues.push(issue);
            break;
        }
        let name = name::free(&name::safe(&file.file_name), &taken);
        taken.push(name.clone());
        contents.push((name, content));
    }
    Ok(if issues.is_empty() {
        Ok(contents)
    } else {
        Err(issues)
    })
}

async fn copy(
    service: &Service,
    case: &Case,
    source: &str,
    contents: Contents,
) -> Result<Vec<SealedFile>, JobError> {
    let originals = Originals::open(service, case, source).await?;
    let mut files = Vec::with_capacity(contents.len());
    for (name, content) in contents {
        files.push(originals.keep(&name, content).await?);
    }
    originals.finish(&files).await?;
    Ok(files)
}
