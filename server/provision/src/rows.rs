//! Plans for rows: each like a wish of its own, but seats run out.

use std::collections::{BTreeMap, BTreeSet};

use forms::Issue;
use uuid::Uuid;

use crate::account::{AccountPlan, AccountStep};
use crate::{AccountView, ChangeWish, Plan, TenantView, UserWish, plan, plan_change};

/// A plan for each row, or what stands against that row. The first rows get the seats that are free.
pub fn plan_rows(wishes: &[UserWish], views: &[TenantView]) -> Vec<Result<Plan, Vec<Issue>>> {
    let mut taken: BTreeMap<Uuid, i64> = BTreeMap::new();
    let rows = wishes.iter().zip(views);
    rows.map(|(wish, view)| {
        let mut view = view.clone();
        for (sku, licence) in &mut view.licences {
            let taken = taken.entry(*sku).or_default();
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
        if let Some(view) = &mut view {
            let seats = view.wanted_licences.iter_mut();
            let is_new = |sku: &Uuid| !view.licences.contains_key(sku) && wish.licences.add.contains_key(sku);
            for (sku, licence) in seats.filter(|(sku, _)| is_new(sku)) {
                let taken = taken.entry(*sku).or_default();
                licence.free -= *taken;
                *taken += 1;
            }
        }
        plan_change(wish, view.as_ref())
    })
    .collect()
}

/// Whether no two of these plans are about the same account, or make accounts that want the same nickname: then it does not
/// matter which goes first.
pub fn are_independent<'a>(plans: impl IntoIterator<Item = &'a Plan>) -> bool {
    let mut seen = BTreeSet::new();
    plans.into_iter().all(|plan| match plan {
        Plan::Account(plan) => names(plan).into_iter().all(|name| seen.insert(name)),
        _ => false,
    })
}

/// By which the account of a plan may be known to another plan.
fn names(plan: &AccountPlan) -> BTreeSet<(&'static str, String)> {
    let key = &plan.account;
    let name = ("name", key.user_principal_name.to_lowercase());
    let id = key.id().map(|id| ("id", id.to_string()));
    let nicknames = plan.steps.iter().filter_map(|step| match step {
        AccountStep::CreateUser(new) => Some(("nickname", new.mail_nickname.to_lowercase())),
        _ => None,
    });
    std::iter::once(name).chain(id).chain(nicknames).collect()
}
