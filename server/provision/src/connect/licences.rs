//! Licences that an account is given and that are taken away from it, in one request, and the services of them that are
//! used. What groups give stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use m365::Result;
use m365::graph::{AddLicence, Graph};
use serde_json::{Value, json};
use uuid::Uuid;

use super::account::Holder;
use super::accounts::OfAccount;
use super::{Connector, Next};
use crate::look::find_licences;
use crate::{
    AccountKey, AccountStep, AssignedLicences, Assignment, Failure, Licence, LicenceView, Services, licences,
};

const STATES: &str = "licenseAssignmentStates";

pub(super) struct ChangeLicences<'a> {
    account: &'a AccountKey,
    give: &'a [Assignment],
    take: &'a [Licence],
}

pub(super) struct Have {
    account: Holder,
    /// Given to the account itself.
    held: AssignedLicences,
    /// What the tenant can give.
    offered: BTreeMap<Uuid, LicenceView>,
}

#[derive(Debug, PartialEq)]
pub(super) struct Turn {
    account: Uuid,
    give: Vec<AddLicence>,
    take: Vec<Uuid>,
}

impl<'a> ChangeLicences<'a> {
    pub(super) fn new(of: &OfAccount<'a>, step: &'a AccountStep) -> Self {
        let (give, take) = step.licences();
        let account = of.account;
        Self { account, give, take }
    }

    /// Whoever is gone holds nothing that could be taken away.
    fn account(&self, holder: &Holder) -> std::result::Result<Uuid, Next<Turn>> {
        match holder.ours() {
            Err(Next::Wait) if self.give.is_empty() => Err(Next::Nothing),
            account => account,
        }
    }
}

impl Connector for ChangeLicences<'_> {
    type Have = Have;
    type Change = Turn;

    async fn find(&self, graph: &Graph) -> Result<Have> {
        let account = Holder::find(graph, self.account, &[STATES]).await?;
        let held = match &account {
            Holder::Ours(account) => licences::direct(&account.properties),
            Holder::Nobody | Holder::Stranger => AssignedLicences::new(),
        };
        Ok(Have {
            account,
            held,
            offered: find_licences(graph).await?,
        })
    }

    fn compare(&self, have: &Have) -> Next<Turn> {
        let account = match self.account(&have.account) {
            Ok(account) => account,
            Err(next) => return next,
        };
        let mut give = Vec::new();
        for one in self.give {
            let off = licences::ids(&one.without);
            if have.held.get(&one.sku) == Some(&off) {
                continue;
            }
            if let Some(failure) = have.obstacle(one) {
                return Next::Refuse(failure);
            }
            give.push(AddLicence {
                sku_id: one.sku,
                disabled_plans: off.into_iter().collect(),
            });
        }
        let take = self.take.iter().map(|one| one.sku);
        let take: Vec<Uuid> = take.filter(|sku| have.held.contains_key(sku)).collect();
        if give.is_empty() && take.is_empty() {
            return Next::Nothing;
        }
        Next::Write(Turn { account, give, take })
    }

    async fn apply(&self, graph: &Graph, change: Turn) -> Result<()> {
        graph
            .assign_licences(change.account, &change.give, &change.take)
            .await
    }

    fn image(&self, have: &Have) -> Option<Value> {
        if self.give.is_empty() {
            return Some(have.shown());
        }
        have.account.seen(have.shown())
    }

    fn receipt(&self, have: &Have) -> Value {
        have.shown()
    }
}

impl Have {
    /// Why it cannot be given, or may not: it stands there otherwise than when it was approved.
    fn obstacle(&self, one: &Assignment) -> Option<Failure> {
        let held = self.held.get(&one.sku);
        if held != one.from.as_ref().map(licences::ids).as_ref() {
            return Some(Failure::ChangedMeanwhile);
        }
        match self.offered.get(&one.sku) {
            None => Some(Failure::UnknownLicence),
            Some(licence) if held.is_none() && licence.free < 1 => Some(Failure::NoSeat),
            Some(_) => None,
        }
    }

    /// Services that are off are named only where there are any.
    fn shown(&self) -> Value {
        let skus: Vec<&Uuid> = self.held.keys().collect();
        let mut shown = json!({ "account": self.account.id(), "licences": skus });
        let off = self.held.iter().filter(|(_, off)| !off.is_empty());
        let off: BTreeMap<Uuid, Services> = off.map(|(sku, off)| (*sku, self.named(*sku, off))).collect();
        if !off.is_empty() {
            shown["without"] = json!(off);
        }
        shown
    }

    fn named(&self, sku: Uuid, off: &BTreeSet<Uuid>) -> Services {
        match self.offered.get(&sku) {
            Some(licence) => licence.named(off),
            None => off.iter().map(|id| (*id, id.to_string())).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
