//! Plans for rows: each like a wish of its own, but seats run out.

use std::collections::BTreeMap;

use forms::Issue;
use uuid::Uuid;

use crate::{Plan, TenantView, UserWish, plan};

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
