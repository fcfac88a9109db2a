//! One application as the history list kept it: verified, folded, with the definition that it is pinned to.

use std::sync::Arc;

use openssl::pkey::{PKey, Public};
use store::{ApplicationId, ApplicationRow, JournalLine, SignedHead, StoreError, transaction};
use workflow::Definition;
use workflow::journal::Line;

use crate::cases::{Case, row};
use crate::jobs::JobError;
use crate::journal::check;
use crate::publish::Story;
use crate::service::Service;

pub(super) struct Kept {
    pub(super) case: Case,
    pub(super) story: Story,
    definition: Arc<str>,
}

/// `Err` inside: why it is left alone.
pub(super) type Verified<T> = Result<T, String>;

/// Reads what the first pass left in the journal, and believes what is signed.
pub(super) async fn verify(
    service: &Service,
    public: &PKey<Public>,
    id: &ApplicationId,
) -> Result<Verified<Kept>, JobError> {
    let read: Result<_, StoreError> = transaction!(service.store.read(&service.tenant), tx => Ok((tx.journal(id).await?, tx.heads(id).await?)));
    let (kept, heads) = read?;
    let story = match story(public, id, kept, heads) {
        Ok(story) => story,
        Err(problem) => return Ok(Err(problem)),
    };
    let application = match check::fold(&story.lines) {
        Ok(application) => application,
        Err(problem) => return Ok(Err(problem)),
    };
    let mut row = row(&application, service.now())?;
    row.created_at = story.lines.first().map_or(row.created_at, |line| line.at);
    if application.is_closed() {
        row.updated_at = story.lines.last().map_or(row.updated_at, |line| line.at);
    }
    let Some(body) = definition(service, &row).await? else {
        let (workflow, version) = (&row.workflow, row.definition_version);
        return Ok(Err(format!(
            "version {version} of its definition {workflow} is neither in the history list nor among the workflows that are offered"
        )));
    };
    let parsed = Definition::parse(&body).map_err(|error| JobError::unreadable("a definition", &error))?;
    let case = Case {
        row,
        application,
        definition: parsed,
    };
    Ok(Ok(Kept {
        case,
        story,
        definition: body.into(),
    }))
}

/// The lines up to the last signed one. Those after it are of a decision of which the rest is lost.
fn story(
    public: &PKey<Public>,
    id: &ApplicationId,
    mut kept: Vec<JournalLine>,
    heads: Vec<SignedHead>,
) -> Verified<Story> {
    let mut lines = check::chain(id, &kept)?;
    if let Some(wrong) = check::heads(public, id, &kept, &heads).into_iter().next() {
        return Err(wrong);
    }
    let end = usize::try_from(check::signed_end(&heads)).unwrap_or_default();
    if end == 0 {
        return Err("line 1: it has no signed head".to_owned());
    }
    kept.truncate(end);
    lines.truncate(end);
    Ok(Story { kept, heads, lines })
}

/// The signed copy, else what is offered now.
async fn definition(service: &Service, row: &ApplicationRow) -> Result<Option<String>, JobError> {
    let pinned: Result<_, StoreError> = transaction!(service.store.read(&service.tenant), tx =>
        tx.pinned_definition(&row.workflow, row.definition_version).await);
    if let Some(pinned) = pinned? {
        return Ok(Some(pinned.body));
    }
    let mut offered = service.workflows.iter();
    let same = offered.find(|offered| {
        offered.definition.key.as_str() == row.workflow.as_str()
            && i64::from(offered.definition.version) == row.definition_version
    });
    Ok(same.map(|offered| offered.body.clone()))
}

impl Kept {
    pub(super) fn definition(&self) -> &str {
        &self.definition
    }

    /// The application as it was when its newest line had this hash; `None`: it never had.
    pub(super) fn up_to(&self, head: &str) -> Result<Option<Self>, JobError> {
        let is_it = |line: &JournalLine| workflow::Hash(line.hash.0).to_string() == head;
        let Some(at) = self.story.kept.iter().position(is_it) else {
            return Ok(None);
        };
        let mut story = self.story.clone();
        story.kept.truncate(at + 1);
        story.lines.truncate(at + 1);
        let end = story.kept.last().map_or(0, |line| line.seq);
        story.heads.retain(|head| head.seq <= end);
        let application = check::fold(&story.lines).map_err(JobError::Stuck)?;
        let case = Case {
            row: row(&application, self.case.row.updated_at)?,
            application,
            definition: self.case.definition.clone(),
        };
        Ok(Some(Self {
            case,
            story,
            definition: Arc::clone(&self.definition),
        }))
    }

    /// The lines of each decision: they end where a head was signed.
    pub(super) fn decisions(&self) -> Vec<&[Line]> {
        let mut from = 0;
        let ends = self
            .story
            .heads
            .iter()
            .filter_map(|head| usize::try_from(head.seq).ok());
        ends.map(|end| {
            let lines = &self.story.lines[from..end];
            from = end;
            lines
        })
        .collect()
    }
}
