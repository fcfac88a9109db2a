//! Licence profiles: products under a name of the company's own, without the services that it does not use. Forms offer
//! them among the products.

mod file;

use std::collections::BTreeSet;

use forms::Label;
use m365::graph::{ServicePlan, Sku};
use provision::AssignedLicences;
use serde::Deserialize;
use uuid::Uuid;

pub(crate) use file::read;

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Profile {
    /// What answers of forms hold.
    pub(crate) key: String,
    pub(crate) name: Label,
    pub(crate) licences: Vec<Product>,
}

/// By the names that Microsoft gives ("Product names and service plan identifiers for licensing", String ID).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Product {
    pub(crate) sku: String,
    /// Services that are not used.
    #[serde(default)]
    pub(crate) without: BTreeSet<String>,
}

/// What a profile is in a tenant.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    pub(crate) licences: AssignedLicences,
    /// So many people can still be given all of it.
    pub(crate) free: i64,
}

/// What a profile names and the tenant does not have.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    Sku(String),
    /// Or one that cannot be switched off for one account.
    Service {
        sku: String,
        service: String,
    },
}

impl Profile {
    pub(crate) fn offer(&self, skus: &[Sku]) -> Result<Offer, Vec<Missing>> {
        let (mut licences, mut free, mut missing) = (AssignedLicences::new(), i64::MAX, Vec::new());
        for product in &self.licences {
            let mut given = skus.iter().filter(|sku| sku.can_be_given());
            let Some(sku) = given.find(|sku| sku.sku_part_number == product.sku) else {
                missing.push(Missing::Sku(product.sku.clone()));
                continue;
            };
            free = free.min(sku.free().max(0));
            match product.services(sku) {
                Ok(off) => drop(licences.insert(sku.sku_id, off)),
                Err(more) => missing.extend(more),
            }
        }
        if missing.is_empty() {
            Ok(Offer { licences, free })
        } else {
            Err(missing)
        }
    }
}

impl Product {
    fn services(&self, sku: &Sku) -> Result<BTreeSet<Uuid>, Vec<Missing>> {
        let (mut off, mut missing) = (BTreeSet::new(), Vec::new());
        for name in &self.without {
            let is_meant =
                |plan: &&ServicePlan| plan.service_plan_name == *name && plan.can_be_switched_off();
            match sku.service_plans.iter().find(is_meant) {
                Some(plan) => drop(off.insert(plan.service_plan_id)),
                None => missing.push(Missing::Service {
                    sku: self.sku.clone(),
                    service: name.clone(),
                }),
            }
        }
        if missing.is_empty() { Ok(off) } else { Err(missing) }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn sku(id: u128, part: &str, free: i64) -> Sku {
        let plan = |id: u128, name: &str, of: &str| json!({ "servicePlanId": Uuid::from_u128(id), "servicePlanName": name, "appliesTo": of });
        serde_json::from_value(json!({
            "skuId": Uuid::from_u128(id), "skuPartNumber": part, "capabilityStatus": "Enabled",
            "consumedUnits": 0, "prepaidUnits": { "enabled": free, "warning": 0 },
            "servicePlans": [plan(7, "TEAMS1", "User"), plan(8, "EXCHANGE_S_ENTERPRISE", "User"),
                             plan(9, "BPOS_S_DLP", "Company")],
        }))
        .unwrap()
    }

    fn profile(licences: &Value) -> Profile {
        serde_json::from_value(
            json!({ "key": "k", "name": { "ja": "内勤", "en": "Office" }, "licences": licences }),
        )
        .unwrap()
    }

    #[test]
    fn r06_a_profile_is_offered_as_often_as_its_scarcest_product_and_only_where_the_tenant_has_all_of_it() {
        let skus = [sku(1, "SPE_E3", 9), sku(2, "SPE_E5", 3)];
        let whole =
            profile(&json!([{ "sku": "SPE_E3", "without": ["EXCHANGE_S_ENTERPRISE"] }, { "sku": "SPE_E5" }]));
        let off = BTreeSet::from([Uuid::from_u128(8)]);
        let licences = [(Uuid::from_u128(1), off), (Uuid::from_u128(2), BTreeSet::new())].into();
        assert_eq!(whole.offer(&skus), Ok(Offer { licences, free: 3 }));
        let lacking = profile(&json!([
            { "sku": "SPE_F1" }, { "sku": "SPE_E3", "without": ["YAMMER", "BPOS_S_DLP", "TEAMS1"] },
        ]));
        let service = |service: &str| Missing::Service {
            sku: "SPE_E3".to_owned(),
            service: service.to_owned(),
        };
        assert_eq!(
            lacking.offer(&skus),
            Err(vec![
                Missing::Sku("SPE_F1".to_owned()),
                service("BPOS_S_DLP"),
                service("YAMMER")
            ]),
            "what the company as a whole has is nobody's to switch off"
        );
    }
}
