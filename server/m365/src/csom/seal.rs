//! Seals an application: creates an item that nobody but the named people can ever read.

use uuid::Uuid;

use super::{
    FieldValue,
    access::{Grant, Grants, drop_app_row},
    process::fit,
    request::{Id, Request},
    value::Parameter,
};
use crate::{
    Result,
    pace::units,
    sharepoint::{ItemId, Site},
};

/// An item to be created with permissions of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Seal {
    /// Fields by internal name; one of them a unique column, by which a lost answer is looked up.
    pub fields: Vec<(String, FieldValue)>,
    /// Who may do what with it, beside the app; at most [`super::MOST_GRANTS`], more by [`Site::set_access`] afterwards.
    pub grants: Vec<Grant>,
    /// Whether to take SharePoint App's automatic row away again (the app keeps its access by its site
    /// grant). Costs one object path; absent rows do no harm.
    pub drop_app_row: bool,
}

/// A sealed item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sealed {
    /// Its number.
    pub item: ItemId,
}

/// Action numbers of one seal.
struct Numbers {
    scope: Id,
    identity: Id,
}

impl Seal {
    /// Create, break, give each, take the app's row.
    fn resource_units(&self) -> u32 {
        let permissions = 1 + self.grants.len() + usize::from(self.drop_app_row);
        units::WRITE
            + units::PERMISSION * u32::try_from(permissions).unwrap_or(u32::MAX / units::PERMISSION / 2)
    }

    /// AddItem, RoleAssignments, the app's row, each grant and what it needs.
    fn cost(&self, grants: &Grants) -> usize {
        2 + usize::from(self.drop_app_row) + self.grants.len() + grants.missing(&self.grants)
    }

    /// Create, write, break, then give: at every moment in between only the app and whoever may read the
    /// whole list can see the item.
    fn add_to(&self, request: &mut Request, grants: &mut Grants, list: Id) -> Numbers {
        let levels: Vec<_> = self
            .grants
            .iter()
            .map(|grant| grants.of(request, *grant))
            .collect();
        let item = request.method(list, "AddItem", vec![Parameter::NewItem]);
        let (scope, (identity, assignments)) = request.scope(|request| {
            for (name, value) in &self.fields {
                request.call(
                    item,
                    "SetFieldValue",
                    vec![name.as_str().into(), Parameter::Value(value.clone())],
                );
            }
            request.call(item, "Update", vec![]);
            request.call(item, "BreakRoleInheritance", vec![false.into(), true.into()]);
            let assignments = request.property(item, "RoleAssignments");
            for level in levels {
                level.add_to(request, assignments);
            }
            (request.identity(item), assignments)
        });
        if self.drop_app_row {
            drop_app_row(request, assignments);
        }
        Numbers { scope, identity }
    }
}

impl Site {
    /// Creates and seals items: one request, one outcome for each of the first seals, as many as a request
    /// can hold (call again with the rest). Not idempotent: after `Ambiguous`, `Conflict` or a failed outcome
    /// find each item by its unique column, and mend what was found by [`Site::set_access`].
    pub async fn seal(&self, list: Uuid, seals: &[Seal]) -> Result<Vec<Result<Sealed>>> {
        let (request, numbers) = seal_request(list, seals);
        let units = seals.iter().take(numbers.len()).map(Seal::resource_units).sum();
        let results = self.process("seal items", &request, units).await?;
        let outcome = |numbers: Numbers| {
            results.scope(numbers.scope)?;
            Ok(Sealed {
                item: results.item(numbers.identity)?,
            })
        };
        Ok(numbers.into_iter().map(outcome).collect())
    }
}

fn seal_request(list: Uuid, seals: &[Seal]) -> (Request, Vec<Numbers>) {
    let mut request = Request::new();
    let web = request.web();
    let mut grants = Grants::new(&mut request, web);
    let list = request.list(web, list);
    let add = |seal: &Seal, request: &mut Request, grants: &mut Grants| seal.add_to(request, grants, list);
    let numbers = fit(&mut request, &mut grants, seals, Seal::cost, add);
    (request, numbers)
}

#[cfg(test)]
mod tests;
