//! What approvers add to the item with their decisions.

use std::collections::BTreeSet;

use bytes::Bytes;
use forms::Issue;
use m365::sharepoint::{Attachment, ItemId, List};
use store::transaction;
use workflow::judge::{Editor, Version};
use workflow::{Command, PersonId, RefusalCode, SealedFile, State};

use super::name;
use super::originals::{self, Originals};
use crate::cases::{Case, Outcome, act};
use crate::jobs::JobError;
use crate::publish::change;
use crate::service::Service;
use crate::{issue_words, reason_words};

/// Keeps what was added, or takes it off and tells who added it.
pub(super) async fn take(
    service: &Service,
    case: &Case,
    (list, item): (&List, ItemId),
    (added, fresh): (&[Attachment], &[Version]),
) -> Result<(), JobError> {
    let by = adder(fresh);
    for file in added {
        let limits = &service.config.attachments;
        let content = match limits.of_name(&file.file_name) {
            Some(issue) => Err(issue),
            None => match service
                .site
                .download(&file.server_relative_url, limits.file_bytes())
                .await
            {
                Err(error) if error.is_not_found() => continue,
                content => content?.ok_or_else(|| limits.too_big(&file.file_name)),
            },
        };
        let refused = match content {
            Ok(content) => {
                let taken = keep(service, case, (&file.file_name, content), by.as_ref()).await?;
                match taken {
                    Taken::AsItIs => continue,
                    // It is put up again under the safe name.
                    Taken::Renamed => None,
                    Taken::Not(reason) => Some(reason),
                }
            }
            Err(issue) => Some(words(service, case, &issue)),
        };
        list.detach(item, &file.file_name).await?;
        if let Some(reason) = refused {
            tell(service, case, (&file.file_name, reason), by.as_ref()).await?;
        }
    }
    Ok(())
}

/// Who saved, if only one did.
fn adder(fresh: &[Version]) -> Option<PersonId> {
    let people = fresh.iter().filter_map(|version| match &version.editor {
        Editor::Person(person) => Some(person),
        _ => None,
    });
    let people: BTreeSet<_> = people.collect();
    match people.into_iter().collect::<Vec<_>>().as_slice() {
        [one] => Some((*one).clone()),
        _ => None,
    }
}

enum Taken {
    AsItIs,
    Renamed,
    /// With the reason, in words.
    Not(String),
}

/// Copied and journalled; or why not.
async fn keep(
    service: &Service,
    case: &Case,
    (written, content): (&str, Bytes),
    by: Option<&PersonId>,
) -> Result<Taken, JobError> {
    let is_asked = |by: &PersonId| case.application.deciders().contains(by);
    if case.application.asking().is_some() && by.is_some_and(|by| !is_asked(by)) {
        // Somebody who is shown it, or the site's owner: files come from those who are asked.
        let language = service.config.mail.language;
        return Ok(Taken::Not(reason_words::sentence(
            RefusalCode::NotAssignee,
            language,
        )));
    }
    let name = name::safe(written);
    let is_safe = name == written;
    let taken: Vec<_> = case
        .application
        .files
        .iter()
        .map(|file| file.name.clone())
        .collect();
    let name = if is_safe { name } else { name::free(&name, &taken) };
    let source = originals::of_approvers(case);
    let mut files = originals::complete(service, &source).await?.unwrap_or_default();
    let originals = Originals::open(service, case, &source).await?;
    let file = originals.keep(&name, content).await?;
    if !files.contains(&file) {
        files.push(file.clone());
    }
    originals.finish(&files).await?;
    attach(service, case, (file, is_safe), by).await
}

async fn attach(
    service: &Service,
    case: &Case,
    (file, is_there): (SealedFile, bool),
    by: Option<&PersonId>,
) -> Result<Taken, JobError> {
    let name = file.name.clone();
    let command = Command::Attach {
        by: by.cloned(),
        files: vec![file],
    };
    match act(service, &case.row.id, &command).await? {
        Outcome::Done(_) if !is_there => Ok(Taken::Renamed),
        Outcome::Done(_) => {
            change(service, &case.row.id, |shown| {
                shown.files.insert(name.clone());
            })
            .await?;
            Ok(Taken::AsItIs)
        }
        Outcome::Refused(refusal) => {
            let language = service.config.mail.language;
            Ok(Taken::Not(reason_words::sentence(refusal.code, language)))
        }
    }
}

fn words(service: &Service, case: &Case, issue: &Issue) -> String {
    let language = service.config.mail.language;
    let lines = issue_words::lines(std::slice::from_ref(issue), &case.definition.form, language);
    lines.join("\n")
}

async fn tell(
    service: &Service,
    case: &Case,
    (name, reason): (&str, String),
    by: Option<&PersonId>,
) -> Result<(), JobError> {
    tracing::warn!(application = %case.row.id, "an attachment was not taken");
    // SharePoint may not say who it was; then it was one of those who may edit.
    let readers = match (by, &case.application.state) {
        (Some(by), _) => vec![by.clone()],
        (None, State::InApproval(review)) => review.asking.pending().cloned().collect(),
        (None, _) => Vec::new(),
    };
    let place = format!("file-{}", workflow::Hash::of(name.as_bytes()));
    let wish = |to: &PersonId| case.not_counted(service, to, &place, reason.clone());
    let jobs: Result<Vec<_>, _> = readers.iter().map(|to| wish(to).job(service.now())).collect();
    let jobs = jobs?;
    transaction!(service.store.write(&service.tenant), tx => {
        for job in &jobs {
            tx.enqueue(job).await?;
        }
        Ok(())
    })
}
