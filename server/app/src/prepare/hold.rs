//! Names and seats are held from acceptance to the end, so that two applications cannot be promised the same.

use std::collections::BTreeMap;

use forms::{Code, FieldKey, Issue};
use provision::{Identity, Plan, Plans};
use store::{Reservation, SeatOutcome, StoreError, Tx, transaction};
use uuid::Uuid;
use workflow::Definition;

use crate::cases::Case;
use crate::jobs::JobError;
use crate::service::Service;

/// Seats of a licence: as many as the plans take, and those that nobody in the tenant uses.
pub(super) type Seats = BTreeMap<Uuid, (i64, i64)>;

/// The seats of all planned licences.
pub(super) async fn seats(service: &Service, plans: &Plans) -> Result<Seats, JobError> {
    let mut seats = wanted(plans, 0);
    if seats.is_empty() {
        return Ok(seats);
    }
    for sku in service.microsoft.graph().subscribed_skus().await? {
        if let Some((_, free)) = seats.get_mut(&sku.sku_id) {
            *free = sku.free();
        }
    }
    Ok(seats)
}

fn wanted(plans: &Plans, free: i64) -> Seats {
    let mut seats = Seats::new();
    for licence in plans.licences() {
        seats.entry(licence).or_insert((0, free)).0 += 1;
    }
    seats
}

/// Holds once more what was promised before.
pub(super) async fn again(tx: &mut Tx, case: &Case, plans: &Plans) -> Result<Vec<Issue>, JobError> {
    all(tx, case, plans, &wanted(plans, i64::MAX)).await
}

/// Holds everything that the plans need, and nothing of an earlier round; or says what is missing.
/// [`StoreError::UniqueTaken`] when another open application took a name at this very moment: the transaction is over
/// then.
pub(super) async fn all(
    tx: &mut Tx,
    case: &Case,
    plans: &Plans,
    seats: &Seats,
) -> Result<Vec<Issue>, JobError> {
    let id = &case.row.id;
    tx.release(id).await?;
    let mut issues = taken(tx, case, plans).await?;
    for (sku, &count) in seats {
        if tx.reserve_seats(id, &sku.to_string(), count).await? == SeatOutcome::NoneLeft {
            let issue = Issue::new(Code::NoSeat, licence_field(&case.definition));
            issues.push(issue.with("licence", licence_name(plans, *sku)));
        }
    }
    if issues.is_empty() {
        for plan in plans.all() {
            for reservation in reservations(plan) {
                tx.reserve(id, &reservation).await?;
            }
        }
    }
    Ok(issues)
}

/// The names that other open applications hold.
pub(super) async fn find_taken(
    service: &Service,
    case: &Case,
    plans: &Plans,
) -> Result<Vec<Issue>, StoreError> {
    transaction!(service.store.read(&service.tenant), tx => taken(tx, case, plans).await)
}

async fn taken(tx: &mut Tx, case: &Case, plans: &Plans) -> Result<Vec<Issue>, StoreError> {
    let mapping = &case.definition.execution.plan;
    let mut issues = Vec::new();
    for (at, plan) in plans.all().iter().enumerate() {
        for reservation in reservations(plan) {
            if tx.is_held_by_another(&case.row.id, &reservation).await? {
                let (code, field) = match reservation {
                    Reservation::Target(_) => (Code::TargetBusy, mapping.subject()),
                    Reservation::Upn(_) | Reservation::Group(_) => {
                        (Code::Taken, mapping.new_name().unwrap_or(mapping.subject()))
                    }
                };
                issues.push(Issue::new(code, path(mapping.rows(), at, field)));
            }
        }
    }
    Ok(issues)
}

fn path(rows: Option<&FieldKey>, at: usize, field: &str) -> String {
    match rows {
        Some(rows) => format!("{rows}[{at}].{field}"),
        None => field.to_owned(),
    }
}

/// What nobody else may make or change meanwhile: the names of what is new, and the object, once it is known.
pub(crate) fn reservations(plan: &Plan) -> Vec<Reservation> {
    let target = |id: Uuid| Reservation::Target(id.to_string());
    let address = |address: &str| Reservation::Upn(address.to_owned());
    match plan {
        Plan::Account(plan) => match plan.account.identity {
            Identity::Marked { .. } => vec![address(&plan.account.user_principal_name)],
            Identity::Standing { id } => vec![target(id)],
        },
        Plan::Group(plan) => {
            let held = plan.group.id().map(target).into_iter();
            let held = held.chain(plan.new_group().map(|new| address(&new.address)));
            let names = plan.names().map(|name| Reservation::Group(name.to_owned()));
            held.chain(names).collect()
        }
        Plan::List(plan) => match plan.list.id() {
            Some(id) => vec![target(id)],
            None => vec![address(&plan.list.address)],
        },
        Plan::Mailbox(plan) => {
            let held = plan.mailbox.id().map(target).into_iter();
            held.chain(plan.new_addresses().into_iter().map(address))
                .collect()
        }
        Plan::Contact(plan) => {
            let held = plan.contact.id().map(target).into_iter();
            held.chain(plan.new_address().map(address)).collect()
        }
        // What the other system does twice for nobody, it sees to itself.
        Plan::Action(_) => Vec::new(),
        Plan::ByHand(plan) => reservations(&plan.by_hand),
        // Two renewals at once would each be approved against the other's end.
        Plan::Renewal(plan) => vec![Reservation::Target(plan.renewal.application.clone())],
    }
}

/// Of rows it is the rows together that take too many.
fn licence_field(definition: &Definition) -> &str {
    let plan = &definition.execution.plan;
    plan.rows().or(plan.licences()).map_or("", FieldKey::as_str)
}

fn licence_name(plans: &Plans, sku: Uuid) -> String {
    let mut taken = plans.all().iter().flat_map(Plan::licences);
    let found = taken.find(|(taken, _)| *taken == sku);
    found.map_or_else(String::new, |(_, name)| name.to_owned())
}
