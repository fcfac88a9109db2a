//! From what the tenant says to the steps of a departure. Pure.

use forms::{Code, Issue};
use uuid::Uuid;

use super::{Belonging, LeaveWish, LeavingView};
use crate::account::{AccountStep, Forward};
use crate::{AssignedLicences, Licence, licences};

/// What becomes of the mailbox, before its licence goes: whoever takes over opens it, and mail goes on.
pub(crate) fn mailbox(
    account: Uuid,
    wish: &LeaveWish,
    view: &LeavingView,
    issues: &mut Vec<Issue>,
) -> Vec<AccountStep> {
    let Some(mailbox) = &view.mailbox else {
        return Vec::new();
    };
    let mut steps = Vec::new();
    if !mailbox.shared {
        steps.push(AccountStep::ShareMailbox {});
    }
    match &view.access {
        Some(person) if person.id != account => {
            let person = person.clone();
            steps.extend((!mailbox.opened).then_some(AccountStep::OpenMailbox { person }));
        }
        _ => issues.push(Issue::new(Code::ManagerGone, &wish.fields.access)),
    }
    match (wish.forward, &view.forward) {
        (None, _) => {}
        (Some(_), Some(person)) if person.id != account => {
            let to = Some(Forward {
                address: person.address.clone(),
                keeps_copy: true,
            });
            let (from, name) = (mailbox.forward.clone(), person.name.clone());
            steps.extend((from != to).then_some(AccountStep::SetForwarding { from, to, name }));
        }
        _ => issues.push(Issue::new(Code::ManagerGone, &wish.fields.forward)),
    }
    steps
}

/// What the account gives back: its groups, and the licences of its own.
pub(crate) fn freed(view: &LeavingView, held: &AssignedLicences) -> Vec<AccountStep> {
    let left = view
        .belongs
        .iter()
        .filter_map(|(&id, belonging)| match belonging {
            Belonging::Group { name } => Some(AccountStep::RemoveFromGroup {
                group: id,
                name: name.clone(),
            }),
            Belonging::List { name } => Some(AccountStep::RemoveFromList {
                list: id,
                name: name.clone(),
            }),
            Belonging::Fixed => None,
        });
    let take = held.keys().map(|&sku| Licence {
        sku,
        name: view
            .licences
            .get(&sku)
            .cloned()
            .unwrap_or_else(|| sku.to_string()),
    });
    let take = licences::steps(Vec::new(), take.collect());
    left.chain(take).collect()
}
