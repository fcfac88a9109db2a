//! The files on the sealed item, where approvers read them: those of the application, as they were taken.

use std::collections::BTreeSet;

use bytes::Bytes;
use m365::Verdict;
use m365::sharepoint::{Attachment, ItemId, List};
use workflow::judge::{Editor, Version};
use workflow::{Hash, SealedFile};

use super::news;
use super::originals::{self, Originals};
use crate::cases::Case;
use crate::jobs::JobError;
use crate::publish::{Flag, Shown, change};
use crate::service::Service;
use crate::versions::{self, ALL_JUDGED};

/// Puts up what the item does not have yet, and takes off what belongs to an earlier round.
pub(crate) async fn put_up(
    service: &Service,
    case: &Case,
    (list, item): (&List, ItemId),
) -> Result<(), JobError> {
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
    let there = list.attachments(item).await?;
    let board = Board::new(service, case, (list, item), there);
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

/// Looks at the files when the item may have been saved by a person: puts back what was altered, and takes what was
/// added. SharePoint makes a version of a file's change or does not, so their names are looked at in any case.
pub(crate) async fn look(
    service: &Service,
    case: &Case,
    (list, item): (&List, ItemId),
    fresh: &[Version],
) -> Result<(), JobError> {
    let shown = Shown::load(service, &case.row.id).await?;
    let board = Board::new(service, case, (list, item), list.attachments(item).await?);
    if board.names() == shown.files && fresh.iter().all(|version| version.editor == Editor::App) {
        return Ok(());
    }
    let mut altered = Vec::new();
    for file in case
        .application
        .files
        .iter()
        .filter(|file| shown.files.contains(&file.name))
    {
        if !board.has(file).await? {
            altered.push(file);
        }
    }
    if !altered.is_empty() {
        mend(service, &board, &altered).await?;
    }
    let added = board.others(&shown);
    news::take(service, case, (list, item), (&added, fresh)).await
}

/// Whoever saved before the files are whole again may have seen something else than what is sealed. That is noted
/// before anything is mended: a run that is broken off leaves no vote behind that would count.
async fn mend(service: &Service, board: &Board<'_>, altered: &[&SealedFile]) -> Result<(), JobError> {
    doubt(service, board).await?;
    for file in altered {
        board.have(file).await?;
    }
    doubt(service, board).await
}

async fn doubt(service: &Service, board: &Board<'_>) -> Result<(), JobError> {
    let versions = versions::read(service, board.list, board.item, &[], ALL_JUDGED).await?;
    let newest = versions.last().map_or(0, |version| version.number);
    change(service, &board.case.row.id, |shown| {
        shown.flags.insert(Flag::Tampered);
        shown.files_doubted = shown.files_doubted.max(newest);
    })
    .await
}

pub(crate) fn names(files: &[SealedFile]) -> BTreeSet<String> {
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

    fn names(&self) -> BTreeSet<String> {
        self.there.iter().map(|there| there.file_name.clone()).collect()
    }

    /// Whether the file is there with its content.
    async fn has(&self, file: &SealedFile) -> Result<bool, JobError> {
        let Some(there) = self.there.iter().find(|there| there.file_name == file.name) else {
            return Ok(false);
        };
        match self
            .service
            .site
            .download(&there.server_relative_url, LONGEST)
            .await
        {
            Err(error) if error.is_not_found() => Ok(false),
            content => Ok(content?.is_some_and(|content| Hash::of(&content) == file.hash)),
        }
    }

    /// Makes the file be there with its content.
    async fn have(&self, file: &SealedFile) -> Result<(), JobError> {
        if self.has(file).await? {
            return Ok(());
        }
        let content = original(self.service, self.case, file).await?;
        self.take_off(&file.name).await?;
        attach(self.list, self.item, &file.name, content).await
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

/// Attaches a file that was not there a moment ago.
pub(super) async fn attach(list: &List, item: ItemId, name: &str, content: Bytes) -> Result<(), JobError> {
    match list.attach(item, name, content).await {
        // A run whose lease ran out is slower than its lease.
        Err(error) if error.verdict == Verdict::Conflict => {
            Err(JobError::Wait("a file of this name was attached meanwhile"))
        }
        attached => Ok(attached.map(drop)?),
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
