//! Which steps turn licences over. Pure.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::AccountStep;

/// A licence, and what it is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licence {
    pub sku: Uuid,
    pub name: String,
}

/// What is given and taken away together is one step: Microsoft refuses a licence whose plans exclude those of one that
/// is still held, and nobody shall be without a licence meanwhile.
pub(crate) fn steps(mut give: Vec<Licence>, mut take: Vec<Licence>) -> Vec<AccountStep> {
    if !give.is_empty() && !take.is_empty() {
        give.sort_by_key(|licence| licence.sku);
        take.sort_by_key(|licence| licence.sku);
        return vec![AccountStep::ChangeLicences { give, take }];
    }
    let given = give.into_iter();
    let taken = take.into_iter();
    let given = given.map(|Licence { sku, name }| AccountStep::AssignLicence { sku, name });
    let taken = taken.map(|Licence { sku, name }| AccountStep::RemoveLicence { sku, name });
    given.chain(taken).collect()
}
