//! Plans that exclude each other or need others (Microsoft, "Product names and service plan identifiers for
//! licensing", and the errors of group-based licensing).

use std::collections::BTreeMap;

use uuid::Uuid;

use super::licences::held;
use crate::directory::{Directory, User};
use crate::graph::fault::Fault;

const EXCLUSIVE: [[&str; 2]; 2] = [
    ["EXCHANGE_S_ENTERPRISE", "EXCHANGE_S_STANDARD"],
    ["SHAREPOINTENTERPRISE", "SHAREPOINTSTANDARD"],
];
/// A plan, and those of which it needs one.
const DEPENDENT: [(&str, [&str; 2]); 2] = [
    ("SHAREPOINTWAC", ["SHAREPOINTENTERPRISE", "SHAREPOINTSTANDARD"]),
    (
        "EXCHANGE_S_ARCHIVE_ADDON",
        ["EXCHANGE_S_ENTERPRISE", "EXCHANGE_S_STANDARD"],
    ),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quarrel {
    Exclusive(Uuid, Uuid),
    Dependent(Uuid, &'static str),
}

/// Enabled plans of a user by name.
fn enabled(directory: &Directory, user: &User) -> BTreeMap<String, Uuid> {
    let all = held(user);
    let skus = directory.skus.iter();
    let plans = skus.filter_map(|sku| Some((sku, all.get(&sku.sku_id)?)));
    let plans = plans.flat_map(|(sku, disabled)| {
        let plans = sku.plans.iter();
        plans.filter(|(id, _)| !disabled.contains(id))
    });
    plans.map(|(id, name)| (name.clone(), *id)).collect()
}

pub(super) fn quarrel(directory: &Directory, user: &User) -> Option<Quarrel> {
    let plans = enabled(directory, user);
    let pair = |names: &[&str; 2]| Some((*plans.get(names[0])?, *plans.get(names[1])?));
    if let Some((a, b)) = EXCLUSIVE.iter().find_map(pair) {
        return Some(Quarrel::Exclusive(a, b));
    }
    let needs = |(name, needed): &(&str, [&'static str; 2])| {
        let plan = plans.get(*name)?;
        let met = needed.iter().any(|needed| plans.contains_key(*needed));
        (!met).then_some(Quarrel::Dependent(*plan, needed[0]))
    };
    DEPENDENT.iter().find_map(needs)
}

pub(super) fn check(directory: &Directory, user: &User) -> Result<(), Fault> {
    match quarrel(directory, user) {
        None => Ok(()),
        Some(Quarrel::Exclusive(a, b)) => Err(Fault::bad_request(format!(
            "License assignment failed because service plans {a}, {b} are mutually exclusive."
        ))),
        Some(Quarrel::Dependent(plan, needed)) => Err(Fault::bad_request(format!(
            "License assignment failed because service plan {plan} depends on the service plan(s) {needed}."
        ))),
    }
}
