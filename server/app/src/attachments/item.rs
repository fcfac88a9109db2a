//! The files on the sealed item, where approvers read them: those of the application, as they were taken.

use std::collections::BTreeSet;

use bytes::Bytes;
use m365::sharepoint::{Attachment, ItemId, List};
use workflow::judge::Version;
use workflow::{Hash, SealedFile};

use super::news;
use super::originals::{self, Originals};
use crate::cases::Case;
use crate::jobs::JobError;
use crate::publish::{Flag, Shown, change};
use crate::service::{Service, WatchedList};

/// Puts up what the item does not have yet, and takes off what belongs to an earlier round.
pub(crate) async fn put_up(service: &Service, case: &Case, item: ItemId) -> Result<(), JobError> {
    let shown = Shown::load(service, &case.row.id).await?;
    let wanted = names(&case.application.files);
    if wanted == shown.files {
        return Ok(());
    }
    // Noted first, so that nobody takes what is ours for something that was added.
    change(service, &case.row.id, |shown| {
        shown.files_intended.clone_from(&wanted);
    })
    .await?;
    let list = service.list(WatchedList::Applications);
    let there = list.attachments(item).await?;
    let board = Board::new(service, case, (&list, item), there);
    for file in &case.application.files {
        board.have(file).await?;
    }
    for old in shown
        .files
        .union(&shown.files_intended)
        .filter(|old| !wanted.contains(*old))
    {
        board.take_off(old).await?;
    }
    change(service, &case.row.id, |shown| {
        shown.files.clone_from(&wanted);
    })
    .await
}

/// Looks at every file after a person has saved the item: puts back what was altered, and takes what was added.
/// Whether a person could have seen something else than what is sealed.
pub(crate) async fn check(
    service: &Service,
    case: &Case,
    item: ItemId,
    fresh: &[Version],
) -> Result<bool, JobError> {
    let shown = Shown::load(service, &case.row.id).await?;
    let list = service.list(WatchedList::Applications);
    let there = list.attachments(item).await?;
    if there.is_empty() && shown.files.is_empty() {
        return Ok(false);
    }
    let board = Board::new(service, case, (&list, item), there);
    let mut altered = false;
    for file in case
        .application
        .files
        .iter()
        .filter(|file| shown.files.contains(&file.name))
    {
        altered |= board.have(file).await?;
    }
    let added = board.others(&shown);
    news::take(service, case, (&list, item), (&added, fresh)).await?;
    if altered {
        change(service, &case.row.id, |shown| {
            shown.flags.insert(Flag::Tampered);
        })
        .await?;
    }
    Ok(altered)
}

fn names(files: &[SealedFile]) -> BTreeSet<String> {
    files.iter().map(|file| file.name.clone()).collect()
}

/// An item's files. They are written one at a time, for each makes a version of the item.
struct Board<'a> {
    service: &'a Service,
    case: &'a Case,
    list: &'a List,
    item: ItemId,
    there: Vec<Attachment>,
}

impl<'a> Board<'a> {
    fn new(
        service: &'a Service,
        case: &'a Case,
        (list, item): (&'a List, ItemId),
        there: Vec<Attachment>,
    ) -> Self {
        Self {
            service,
            case,
            list,
            item,
            there,
        }
    }

    /// Makes the file be there with its content; whether it was not.
    async fn have(&self, file: &SealedFile) -> Result<bool, JobError> {
        if let Some(there) = self.there.iter().find(|there| there.file_name == file.name) {
            let content = self
                .service
                .site
                .download(&there.server_relative_url, LONGEST)
                .await;
            let same = match content {
                Err(error) if error.is_not_found() => false,
                content => content?.is_some_and(|content| Hash::of(&content) == file.hash),
            };
            if same {
                return Ok(false);
            }
            self.list.detach(self.item, &file.name).await?;
        }
        let content = original(self.service, self.case, file).await?;
        self.list.attach(self.item, &file.name, content).await?;
        Ok(true)
    }

    async fn take_off(&self, name: &str) -> Result<(), JobError> {
        if self.there.iter().any(|there| there.file_name == name) {
            self.list.detach(self.item, name).await?;
        }
        Ok(())
    }

    /// Files that are not ours.
    fn others(&self, shown: &Shown) -> Vec<Attachment> {
        let ours = |name: &String| shown.files.contains(name) || shown.files_intended.contains(name);
        let other = |file: &&Attachment| !ours(&file.file_name);
        self.there.iter().filter(other).cloned().collect()
    }
}

/// No file of SharePoint's lists is longer (see `config`), so that this reads all of it.
const LONGEST: usize = crate::config::SHAREPOINT_MAX_MB as usize * (1 << 20);

async fn original(service: &Service, case: &Case, file: &SealedFile) -> Result<Bytes, JobError> {
    for source in [originals::of_submission(case), originals::of_approvers(case)] {
        if originals::complete(service, &source).await?.is_none() {
            continue;
        }
        let row = Originals::open(service, case, &source).await?;
        if let Some(content) = row.content(&file.name).await?
            && Hash::of(&content) == file.hash
        {
            return Ok(content);
        }
    }
    Err(JobError::Stuck(
        "the original of an attachment is gone or was altered".into(),
    ))
}
