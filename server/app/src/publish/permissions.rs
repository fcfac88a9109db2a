//! Who may read or decide, as the item's own permissions: a set, made true and read back.

use std::collections::BTreeSet;

use m365::csom::{Grant, SetAccess};
use m365::sharepoint::{Assignment, ItemId, List};
use workflow::{Level, PrincipalRef, access};

use crate::cases::Case;
use crate::jobs::JobError;
use crate::people;
use crate::service::Service;
use crate::shards::Home;

/// Who shall be let in.
pub(crate) struct Wanted {
    pub(crate) grants: BTreeSet<Grant>,
    /// Whether everybody who is there and asked is among them.
    pub(crate) is_whole: bool,
}

/// The set for the application as it stands. Whoever left the tenant holds nothing.
pub(crate) async fn wanted(service: &Service, case: &Case) -> Result<Wanted, JobError> {
    let places = service.places().await?;
    let mut grants = BTreeSet::new();
    let mut is_whole = true;
    for (who, level) in access(&case.application) {
        let principal = match who {
            PrincipalRef::Person(person) => {
                let number = people::principal_of(service, &person).await?;
                if number.is_none() && level == Level::Decide {
                    is_whole &= !people::person(service, &person).await?.is_active();
                }
                number
            }
            // One group administers and audits.
            PrincipalRef::Administrators | PrincipalRef::Auditors => Some(places.administrators),
        };
        let role = match level {
            Level::Read => places.read,
            Level::Decide => places.decide,
        };
        grants.extend(principal.map(|principal| Grant { principal, role }));
    }
    Ok(Wanted { grants, is_whole })
}

/// Makes the item's permissions be the set, in one request.
pub(super) async fn set(
    service: &Service,
    home: &Home,
    item: ItemId,
    want: &BTreeSet<Grant>,
) -> Result<(), JobError> {
    let Some(change) = difference(&home.list, item, want).await? else {
        return Ok(());
    };
    let outcomes = service.site.set_access(home.id, &[change]).await?;
    for outcome in outcomes {
        outcome?;
    }
    match difference(&home.list, item, want).await? {
        None => Ok(()),
        Some(_) => Err(JobError::Wait("the item's permissions are not yet the set")),
    }
}

/// What keeps an item or folder from holding exactly `want`.
pub(crate) async fn difference(
    list: &List,
    item: ItemId,
    want: &BTreeSet<Grant>,
) -> Result<Option<SetAccess>, m365::Error> {
    let held = held(list, item).await?;
    Ok(SetAccess::between(item, held.as_deref(), want))
}

/// What an item or folder holds of its own; none: it inherits. Hidden levels (Limited Access) are traces of what lies
/// below and open nothing.
pub(crate) async fn held(list: &List, item: ItemId) -> Result<Option<Vec<Assignment>>, m365::Error> {
    if !list.has_unique_permissions(item).await? {
        return Ok(None);
    }
    let visible = |mut held: Assignment| {
        held.role_definition_bindings.retain(|role| !role.hidden);
        (!held.role_definition_bindings.is_empty()).then_some(held)
    };
    let held = list.item_assignments(item).await?.into_iter();
    Ok(Some(held.filter_map(visible).collect()))
}
