//! A page for the manager, once the account is there for good.

use jiff::SignedDuration;
use store::{Handover, HandoverState, Tx};
use workflow::{Event, PersonId, State};

use super::PATH;
use crate::cases::Case;
use crate::jobs::{JobError, MailWish, Task};
use crate::mail::{Facts, Kind};
use crate::planning;
use crate::service::Service;

/// How long the manager can have a password shown.
const LIFE: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Belongs to the transaction in which an application ends: opens the page and tells the manager.
pub(crate) async fn open(
    tx: &mut Tx,
    service: &Service,
    case: &Case,
    events: &[Event],
) -> Result<(), JobError> {
    let ends = |event: &Event| matches!(event, Event::Completed {} | Event::AcceptedAsIs { .. });
    let State::Completed { progress, .. } = &case.application.state else {
        return Ok(());
    };
    let created = |step: &workflow::PlanStepId| step.as_str() == provision::StepId::create_user().as_str();
    if !events.iter().any(ends) || !progress.done.iter().any(created) {
        return Ok(());
    }
    let plan = planning::unseal(&progress.case.plan)?;
    let Some(manager) = plan.manager() else {
        return Ok(());
    };
    let (id, now) = (m365::random_uuid(), service.now());
    let handover = Handover {
        id: id.to_string(),
        application: case.row.id.clone(),
        manager: store::PersonId::new(manager.to_string()),
        state: HandoverState::Waiting,
        expires_at: now.checked_add(LIFE).unwrap_or(now),
    };
    tx.open_handover(&handover).await?;
    let base = service.config.server.public_url.as_str().trim_end_matches('/');
    let facts = Facts {
        account: plan.account.user_principal_name,
        url: format!("{base}{PATH}/{id}"),
        ..Facts::default()
    };
    let manager = PersonId::new(manager.to_string());
    let mail = MailWish {
        key: format!("{}:password:{id}:{manager}", case.row.id),
        application: case.row.id.clone(),
        to: manager,
        by: None,
        kind: Kind::Password,
        facts,
    };
    tx.enqueue(&Task::Mail(Box::new(mail)).job(now)?).await?;
    Ok(())
}
