//! Who is told, and whom he could name.

use jiff::Timestamp;
use m365::graph::User;
use store::transaction;
use url::form_urlencoded::Serializer;
use uuid::Uuid;
use workflow::PersonId;
use workflow::route::{Delegation, Register};

use super::Absence;
use crate::deputies::register;
use crate::jobs::JobError;
use crate::mail::{Facts, Kind};
use crate::people::{self, Known};
use crate::post;
use crate::publish::moment;
use crate::service::Service;

/// Once for each period and reader: he himself, and his manager, for he may be away already.
pub(super) async fn make(service: &Service, person: &PersonId, absence: Absence) -> Result<(), JobError> {
    let register: Result<_, JobError> =
        transaction!(service.store.read(&service.tenant), tx => register(tx).await);
    let register = register?;
    if is_covered(&register, person, absence) {
        return Ok(());
    }
    let away = people::person(service, person).await?;
    let manager = manager(service, person).await?;
    let deputy = candidate(service, person, (&register, manager.as_ref())).await?;
    let facts = facts(service, &away, (deputy.as_ref(), absence));
    for reader in [Some(person.clone()), manager].into_iter().flatten() {
        let known = people::reread(service, &reader).await?;
        if known.is_active() {
            tell(service, (person, absence), (&reader, &known), facts.clone()).await?;
        }
    }
    Ok(())
}

/// Whether somebody decides for him in any part of it.
fn is_covered(register: &Register, person: &PersonId, absence: Absence) -> bool {
    let overlaps = |one: &Delegation| {
        one.of == *person && one.from < absence.end && one.until.is_none_or(|until| until > absence.start)
    };
    register.delegations.iter().any(overlaps)
}

/// His last deputy, if he is there; else his manager.
async fn candidate(
    service: &Service,
    person: &PersonId,
    (register, manager): (&Register, Option<&PersonId>),
) -> Result<Option<Known>, JobError> {
    let mut former: Vec<_> = register
        .delegations
        .iter()
        .filter(|one| one.of == *person)
        .collect();
    former.sort_by_key(|one| std::cmp::Reverse(one.from));
    for candidate in former.into_iter().map(|one| &one.to).chain(manager) {
        let known = people::person(service, candidate).await?;
        if known.is_active() {
            return Ok(Some(known));
        }
    }
    Ok(None)
}

async fn manager(service: &Service, person: &PersonId) -> Result<Option<PersonId>, JobError> {
    let Ok(id) = person.as_str().parse::<Uuid>() else {
        return Ok(None);
    };
    let manager: Option<User> = service.microsoft.graph().manager(id).await?;
    Ok(manager.map(|manager| PersonId::new(manager.id.to_string())))
}

fn facts(service: &Service, away: &Known, (deputy, absence): (Option<&Known>, Absence)) -> Facts {
    Facts {
        person: away.name.clone(),
        deputy: deputy.map(|deputy| deputy.name.clone()).unwrap_or_default(),
        from: moment(absence.start),
        until: moment(absence.end),
        url: link(service, deputy, absence),
        ..Facts::default()
    }
}

/// The page with the form filled in: he still has to send it.
fn link(service: &Service, deputy: Option<&Known>, absence: Absence) -> String {
    let day = |moment: Timestamp| {
        moment
            .to_zoned(service.calendar.zone().clone())
            .date()
            .to_string()
    };
    let mut query = Serializer::new(String::new());
    query.append_pair("deputies", "");
    if let Some(deputy) = deputy {
        query.append_pair("to", &deputy.upn);
    }
    query
        .append_pair("from", &day(absence.start))
        .append_pair("until", &day(absence.end));
    format!("{}?{}", service.site.url(), query.finish())
}

async fn tell(
    service: &Service,
    (person, absence): (&PersonId, Absence),
    (reader, known): (&PersonId, &Known),
    mut facts: Facts,
) -> Result<(), JobError> {
    facts.to.clone_from(&known.name);
    let language = known.reads(service.config.mail.language);
    let text = service.mails.write(Kind::Absence, language, &facts);
    let (start, end) = (absence.start.as_second(), absence.end.as_second());
    let key = format!("absence:{person}:{start}-{end}:{reader}");
    post::deliver(service, &key, (&text, known.address())).await
}
