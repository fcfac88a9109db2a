//! Plans for rows: each like a wish of its own, but seats run out.

use std::collections::BTreeMap;

use forms::Issue;
use uuid::Uuid;

use crate::{AccountView, ChangeWish, Plan, TenantView, UserWish, plan, plan_change};

/// A plan for each row, or what stands against that row. The first rows get the seats that are free.
pub fn plan_rows(wishes: &[UserWish], views: &[TenantView]) -> Vec<Result<Plan, Vec<Issue>>> {
    let mut taken: BTreeMap<Uuid, i64> = BTreeMap::new();
    let rows = wishes.iter().zip(views);
    rows.map(|(wish, view)| {
        let mut view = view.clone();
        if let (Some(sku), Some(licence)) = (wish.licence, view.licence.as_mut()) {
            let taken = taken.entry(sku).or_default();
            licence.free -= *taken;
            *taken += 1;
        }
        plan(wish, &view)
    })
    .collect()
}

/// The same for accounts that are there already.
pub fn plan_change_rows(
    wishes: &[ChangeWish],
    views: &[Option<AccountView>],
) -> Vec<Result<Plan, Vec<Issue>>> {
    let mut taken: BTreeMap<Uuid, i64> = BTreeMap::new();
    let rows = wishes.iter().zip(views);
    rows.map(|(wish, view)| {
        let mut view = view.clone();
        for (sku, licence) in view.iter_mut().flat_map(|view| &mut view.wanted_licences) {
            if wish.licences.add.contains(sku) {
                let taken = taken.entry(*sku).or_default();
                licence.free -= *taken;
                *taken += 1;
            }
        }
        plan_change(wish, view.as_ref())
    })
    .collect()
}
