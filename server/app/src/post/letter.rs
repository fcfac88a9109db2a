//! The text of a mail: what the event knew, and what the application says now.

use store::transaction;
use workflow::PersonId;

use crate::cases::Case;
use crate::config::Language;
use crate::jobs::{JobError, MailWish};
use crate::mail::{Facts, Kind, Text};
use crate::people::{self, Known};
use crate::preview;
use crate::publish::Story;
use crate::service::{Service, WatchedList};

/// So many administrators are named.
const CONTACTS: usize = 5;

pub(super) async fn write(service: &Service, wish: &MailWish, reader: &Reader<'_>) -> Result<Text, JobError> {
    let facts = facts(service, wish, reader).await?;
    Ok(service.mails.write(wish.kind, reader.language, &facts))
}

/// What the reader is called, and the language in which he reads.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    pub(crate) name: &'a str,
    pub(crate) language: Language,
}

impl<'a> Reader<'a> {
    pub(crate) fn of(service: &Service, known: &'a Known) -> Self {
        Self {
            name: &known.name,
            language: known.reads(service.config.mail.language),
        }
    }
}

/// All that the mail can speak of.
pub(crate) async fn facts(
    service: &Service,
    wish: &MailWish,
    reader: &Reader<'_>,
) -> Result<Facts, JobError> {
    let case = Case::of_job(service, &wish.application).await?;
    let story = Story::tell(service, &case).await?;
    let language = reader.language;
    let translated = wish
        .translated
        .as_ref()
        .filter(|_| language != service.config.mail.language);
    let mut facts = translated.unwrap_or(&wish.facts).clone();
    reader.name.clone_into(&mut facts.to);
    facts.number.clone_from(&case.application.number);
    facts.title = case.definition.title.in_language(language.into()).to_owned();
    facts.applicant = name(service, &case.application.applicant).await?;
    facts.head = story.signed_head();
    facts.key = fingerprint(service)?;
    if wish.kind == Kind::Recorded {
        objection(service, &mut facts, language).await?;
    }
    if let Some(by) = &wish.by {
        facts.by = name(service, by).await?;
    }
    if facts.url.is_empty() {
        facts.url = url(service, &case, wish.kind)?;
    }
    plan(&mut facts, &case, language);
    Ok(facts)
}

fn fingerprint(service: &Service) -> Result<String, JobError> {
    let read = service.evidence.fingerprint();
    let failed = |error| JobError::Stuck(format!("the evidence key cannot be read: {error}"));
    read.map(|hash| hash.to_string()).map_err(failed)
}

/// To whom the reader turns who did not do what was recorded in his name.
async fn objection(service: &Service, facts: &mut Facts, language: Language) -> Result<(), JobError> {
    let found: Result<_, JobError> =
        transaction!(service.store.read(&service.tenant), tx => people::administrators(tx).await);
    for administrator in found?.iter().take(CONTACTS) {
        let known = people::person(service, administrator).await?;
        if known.is_active() {
            facts
                .contacts
                .push(format!("{} <{}>", known.name, known.address()));
        }
    }
    let language = language.word();
    let base = service.config.server.public_url.as_str().trim_end_matches('/');
    facts.manual = format!("{base}/manual/{language}/user");
    Ok(())
}

fn plan(facts: &mut Facts, case: &Case, language: Language) {
    facts.plan = preview::lines(case, language);
    let course = preview::progress(&case.application, language);
    (facts.done, facts.open, facts.skipped) = (course.done, course.open, course.skipped);
    facts.open.extend(course.failed);
}

async fn name(service: &Service, person: &PersonId) -> Result<String, JobError> {
    Ok(people::person(service, person).await?.name)
}

/// Item forms open for whoever may read the item; a form to be mended is the applicant's own row, or what a search
/// opened, which is mended in the web part.
fn url(service: &Service, case: &Case, kind: Kind) -> Result<String, JobError> {
    let site = service.site.url();
    if kind == Kind::SentBack
        && let Some(row) = case.application.source.inbox_item()
    {
        let list = WatchedList::Inbox.url();
        return Ok(format!("{site}/{list}/EditForm.aspx?ID={row}"));
    }
    let sealed = case.row.sealed.as_ref();
    if matches!(kind, Kind::Attention | Kind::SentBack) && sealed.is_none() {
        return Ok(site.to_owned());
    }
    let sealed = sealed.ok_or(JobError::Wait("the application is not in SharePoint yet"))?;
    let form = match kind {
        Kind::Decide | Kind::PlanChanged | Kind::Reminder | Kind::Work => "EditForm.aspx",
        // It may come when all is over, and nobody may edit it any more.
        Kind::Circulated if !case.application.is_closed() => "EditForm.aspx",
        _ => "DispForm.aspx",
    };
    Ok(format!("{site}/{}/{form}?ID={}", sealed.list, sealed.item))
}
