//! What people wrote into rows of the inbox: submissions of forms, and acts on applications.

mod acts;
mod answer;
mod answers;
mod delegations;
mod mails;
mod origin;
mod rejected;
mod resubmission;
mod rows;
mod seen;
mod submission;
mod waiting;

use jiff::Timestamp;
use m365::sharepoint::{Item, ItemId, ItemQuery, PrincipalId, SHAREPOINT_APP};
use store::jobs::JobEnd;
use workflow::PersonId;
use workflow::judge::{InboxRuling, Version, judge_inbox};

use crate::jobs::JobError;
use crate::people;
use crate::recover;
use crate::service::{Service, WatchedList};
use crate::versions;
pub(crate) use answers::Answers;
pub(crate) use seen::Seen;
pub(crate) use waiting::oldest_waiting;

/// What versions are read for.
pub(crate) const COLUMNS: [&str; 16] = [
    "PFKind",
    "PFWorkflow",
    "PFDefVersion",
    "PFApplicantAction",
    "PFPayload",
    "PFNumber",
    "PFStepToken",
    "PFDecision",
    "PFDecisionComment",
    "PFSendBackTo",
    "PFActFor",
    "PFActTo",
    "PFActStep",
    "PFApplyFor",
    "PFOriginal",
    "PFLink",
];

/// On a farm a person who is not in Entra yet may be there tomorrow; what he wrote waits.
const NOT_SYNCHRONISED: &str = "the account of this row's author is not synchronised from Active Directory to Entra; \
                                synchronise it and retry";

/// Rows of this kind name a deputy, or end that.
const DEPUTY: &str = "deputy";
/// Rows of this kind say how somebody wants his mails.
const MAILS: &str = "mails";

/// A row as it is judged.
struct Row {
    item: ItemId,
    author: PersonId,
    versions: Vec<Version>,
}

pub(crate) async fn run(service: &Service, item: i32) -> Result<JobEnd, JobError> {
    if recover::is_owed(service).await? {
        return Err(JobError::Wait(
            "the database is empty, but the history list is not; run `provisioning-flow recover`",
        ));
    }
    let Some((row, seen)) = read(service, ItemId(item)).await? else {
        return Ok(JobEnd::Drop("no row of a person that we know".into()));
    };
    let kind = row.versions.first().and_then(|first| text(first, "PFKind"));
    match kind {
        Some("act") => acts::run(service, &row, &seen).await,
        Some(DEPUTY) => delegations::run(service, &row, &seen).await,
        Some(MAILS) => mails::run(service, &row, &seen).await,
        Some("application") => applications(service, &row, &seen).await,
        _ => Ok(JobEnd::Drop("a row of no kind that we know".into())),
    }
}

async fn read(service: &Service, id: ItemId) -> Result<Option<(Row, Seen)>, JobError> {
    let list = service.list(WatchedList::Inbox);
    let Some(item) = list.item(id, &ItemQuery::select(&["AuthorId"])).await? else {
        return Ok(None);
    };
    let seen = Seen::load(service, id).await?;
    let Some(author) = author(service, &item, &seen).await? else {
        return Ok(None);
    };
    let row = Row {
        item: id,
        author,
        versions: versions::read(service, &list, id, &COLUMNS, seen.version).await?,
    };
    Ok(Some((row, seen)))
}

/// Of a row that was not looked at yet, the author is looked up now.
async fn author(service: &Service, item: &Item, seen: &Seen) -> Result<Option<PersonId>, JobError> {
    let id = item.number("AuthorId").and_then(|id| i32::try_from(id).ok());
    let known = match id.map(PrincipalId) {
        Some(id) if seen.version == 0 => people::proved(service, id).await?,
        Some(id) => people::person_of(service, id).await?,
        None => return Ok(None),
    };
    if known.is_none() && id != Some(SHAREPOINT_APP.0) && service.config.farm.is_some() {
        return Err(JobError::Stuck(NOT_SYNCHRONISED.into()));
    }
    Ok(known)
}

/// Versions that were not looked at yet, oldest first, each in a transaction of its own.
async fn applications(service: &Service, row: &Row, seen: &Seen) -> Result<JobEnd, JobError> {
    let rulings = match judge_inbox(&row.versions, &row.author) {
        Ok(rulings) => rulings,
        Err(park) => return Ok(JobEnd::Park(park.to_string())),
    };
    for (number, ruling) in rulings.iter().filter(|(number, _)| *number > seen.version) {
        match ruling {
            InboxRuling::Submission(submitted) => submission::take(service, row.item, submitted).await?,
            InboxRuling::IgnoredEdit { .. } => rejected::late_edit(service, row, *number).await?,
            InboxRuling::NotAuthor { by } => {
                tracing::warn!(item = row.item.0, version = number, editor = ?by, "edited by another person");
            }
            InboxRuling::OurOwn | InboxRuling::Draft => {}
        }
    }
    Ok(JobEnd::Done)
}

/// When a form was handed in first; none: it never was, or the row is no form of a person that we know.
pub(crate) async fn first_submission(service: &Service, item: ItemId) -> Result<Option<Timestamp>, JobError> {
    let Some((row, _)) = read(service, item).await? else {
        return Ok(None);
    };
    let rulings = judge_inbox(&row.versions, &row.author).unwrap_or_default();
    Ok(rulings.into_iter().find_map(|(_, ruling)| match ruling {
        InboxRuling::Submission(submitted) => Some(submitted.version.created),
        _ => None,
    }))
}

/// How many submissions a row of the inbox holds.
pub(crate) fn submissions(versions: &[Version], author: &PersonId) -> usize {
    let rulings = judge_inbox(versions, author).unwrap_or_default();
    let submitted = |(_, ruling): &&(u32, InboxRuling)| matches!(ruling, InboxRuling::Submission(_));
    rulings.iter().filter(submitted).count()
}

fn text<'a>(version: &'a Version, column: &str) -> Option<&'a str> {
    version.fields.get(column)?.as_str()
}
