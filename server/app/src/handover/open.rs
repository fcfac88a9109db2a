//! A page for the manager, once the account is there for good, or its password was set anew.

use jiff::{SignedDuration, Timestamp};
use store::{ApplicationId, Handover, HandoverState, Tx};
use uuid::Uuid;
use workflow::application::Progress;
use workflow::{Event, PersonId, State};

use super::PATH;
use super::owed::{Owed, owed};
use crate::cases::Case;
use crate::jobs::{JobError, MailWish, Task};
use crate::mail::{Facts, Kind};
use crate::service::Service;

/// How long the manager can have a password shown.
const LIFE: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Belongs to the transaction in which an application ends, at `at`: opens a page for each password that is owed, and
/// tells the manager.
pub(crate) async fn open(
    tx: &mut Tx,
    service: &Service,
    case: &Case,
    (events, at): (&[Event], Timestamp),
) -> Result<(), JobError> {
    let ends = |event: &Event| matches!(event, Event::Completed {} | Event::AcceptedAsIs { .. });
    let State::Completed { progress, .. } = &case.application.state else {
        return Ok(());
    };
    let expires_at = at.checked_add(LIFE).unwrap_or(at);
    if !events.iter().any(ends) || expires_at <= service.now() {
        return Ok(());
    }
    for owed in owed(&case.row.id, progress)? {
        one(tx, service, case, (&owed, expires_at)).await?;
    }
    Ok(())
}

async fn one(
    tx: &mut Tx,
    service: &Service,
    case: &Case,
    (owed, expires_at): (&Owed, Timestamp),
) -> Result<(), JobError> {
    let id = page_of(service, &owed.name)?;
    let handover = Handover {
        id: id.clone(),
        application: case.row.id.clone(),
        manager: store::PersonId::new(owed.to.to_string()),
        state: HandoverState::Waiting,
        expires_at,
    };
    tx.open_handover(&handover).await?;
    let base = service.config.server.public_url.as_str().trim_end_matches('/');
    let facts = Facts {
        account: owed.user_principal_name.clone(),
        url: format!("{base}{PATH}/{id}"),
        ..Facts::default()
    };
    let manager = PersonId::new(owed.to.to_string());
    let mail = MailWish {
        key: format!("{}:password:{id}:{manager}", case.row.id),
        application: case.row.id.clone(),
        to: manager,
        by: None,
        kind: Kind::Password,
        facts,
        translated: None,
    };
    tx.enqueue(&Task::Mail(Box::new(mail)).job(service.now())?)
        .await?;
    Ok(())
}

/// What a page hands over, if the application left it.
pub(crate) fn owed_by_page(
    service: &Service,
    id: &ApplicationId,
    progress: &Progress,
    page: &str,
) -> Result<Option<Owed>, JobError> {
    for owed in owed(id, progress)? {
        if page_of(service, &owed.name)? == page {
            return Ok(Some(owed));
        }
    }
    Ok(None)
}

/// Nobody guesses it without the evidence key, and it is the same when the database is rebuilt.
fn page_of(service: &Service, name: &str) -> Result<String, JobError> {
    let secret = service.evidence.derive(&format!("hand-over {name}"));
    let secret = secret.map_err(|error| JobError::Stuck(error.to_string()))?;
    let number = u128::from_str_radix(secret.get(..32).unwrap_or_default(), 16)
        .map_err(|error| JobError::unreadable("a derived secret", &error))?;
    Ok(Uuid::from_u128(number).to_string())
}
