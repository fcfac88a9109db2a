//! Names and seats are held from acceptance to the end, so that two applications cannot be promised the same.

use forms::{Code, Issue};
use provision::Plan;
use store::{Reservation, SeatOutcome, Tx};
use workflow::definition::PlanMapping;

use crate::cases::Case;
use crate::jobs::JobError;
use crate::service::Service;

/// Seats of the planned licence that nobody in the tenant uses; `None` when the plan takes none.
pub(super) async fn free_seats(service: &Service, plan: &Plan) -> Result<Option<i64>, JobError> {
    let Some(licence) = plan.licence() else {
        return Ok(None);
    };
    let skus = service.microsoft.graph().subscribed_skus().await?;
    let found = skus.iter().find(|sku| sku.sku_id == licence);
    Ok(Some(found.map_or(0, m365::graph::Sku::free)))
}

/// Holds everything that the plan needs, and nothing of an earlier round; or says which seat is missing.
/// [`store::StoreError::UniqueTaken`] when another open application holds the name: the transaction is over then.
pub(super) async fn all(
    tx: &mut Tx,
    case: &Case,
    plan: &Plan,
    seats: Option<i64>,
) -> Result<Option<Issue>, JobError> {
    let id = &case.row.id;
    let PlanMapping::CreateUser { licence, .. } = &case.definition.execution.plan;
    tx.release(id).await?;
    if let (Some(sku), Some(seats)) = (plan.licence(), seats)
        && tx.reserve_seat(id, &sku.to_string(), seats).await? == SeatOutcome::NoneLeft
    {
        let field = licence.as_ref().map_or("", |field| field.as_str());
        return Ok(Some(Issue::new(Code::NoSeat, field).with("licence", name(plan))));
    }
    let upn = Reservation::Upn(plan.account.user_principal_name.clone());
    tx.reserve(id, &upn).await?;
    Ok(None)
}

/// Another open application holds the name.
pub(super) fn taken(case: &Case) -> Issue {
    let PlanMapping::CreateUser { upn_local, .. } = &case.definition.execution.plan;
    Issue::new(Code::Taken, upn_local.as_str())
}

fn name(plan: &Plan) -> String {
    let named = plan.steps.iter().find_map(|step| match step {
        provision::Step::AssignLicence { name, .. } => Some(name.clone()),
        _ => None,
    });
    named.unwrap_or_default()
}
