//! The text of a digest: what each mail would have said in its subject, and where it would have led.

use workflow::PersonId;
use workflow::application::Notice;

use super::deferred::due_of;
use crate::cases::Case;
use crate::config::Language;
use crate::jobs::{JobError, MailWish};
use crate::mail::{Facts, Item, Kind, Text};
use crate::post::{self, Reader};
use crate::publish::moment;
use crate::service::Service;

/// None: all that was told is over by now.
pub(super) async fn write(
    service: &Service,
    person: &PersonId,
    (wishes, reader): (&[MailWish], &Reader<'_>),
) -> Result<Option<Text>, JobError> {
    let mut items = Vec::new();
    for (at, wish) in wishes.iter().enumerate() {
        let newer = &wishes[at + 1..];
        if !is_asked_again(wish, newer) {
            items.extend(item(service, person, (wish, reader)).await?);
        }
    }
    let facts = Facts {
        to: reader.name.to_owned(),
        count: items.len().to_string(),
        url: format!("{}?deputies", service.site.url()),
        items,
        ..Facts::default()
    };
    let text = || service.mails.write(Kind::Digest, reader.language, &facts);
    Ok((!facts.items.is_empty()).then(text))
}

/// A reminder says all that the first request said.
fn is_asked_again(wish: &MailWish, newer: &[MailWish]) -> bool {
    let mut same = newer.iter().filter(|newer| newer.application == wish.application);
    wish.kind.asks() && same.any(|newer| newer.kind.asks())
}

/// To decide, or to look at what is shown beside the approval.
fn waits_for(case: &Case, person: &PersonId) -> bool {
    let mut shown = case.application.notices.iter().flat_map(Notice::open);
    case.application.deciders().contains(person) || shown.any(|reader| reader == person)
}

/// Nobody is asked for what he has decided, or what was decided without him.
async fn item(
    service: &Service,
    person: &PersonId,
    (wish, reader): (&MailWish, &Reader<'_>),
) -> Result<Option<Item>, JobError> {
    let case = Case::of_job(service, &wish.application).await?;
    if wish.kind.asks() && !waits_for(&case, person) {
        return Ok(None);
    }
    let language = reader.language;
    let facts = post::facts(service, wish, reader).await?;
    let mut text = service.mails.write(wish.kind, language, &facts).subject;
    if let Some(due) = due_of(&case.application, wish) {
        text.push_str(match language {
            Language::Ja => " 期限: ",
            Language::En => " due: ",
        });
        text.push_str(&moment(due));
    }
    let url = facts.url;
    Ok(Some(Item { text, url }))
}
