//! How large the tenant is: Microsoft's budgets grow with its licences.

use m365::graph::Sku;
use serde_json::json;
use store::{Document, Shelf, StoreError, transaction};

use crate::jobs::JobError;
use crate::service::Service;

const NAME: &str = "licences";
/// Free products without SharePoint come in millions and widen no budget.
const SHAREPOINT_PLANS: &str = "SHAREPOINT";

/// Takes the budgets of what the tenant has bought, and keeps the number for the next start.
pub(crate) async fn learn(service: &Service, skus: &[Sku]) -> Result<(), JobError> {
    let licences = count(skus);
    service.microsoft.set_licences(licences);
    let document = Document {
        name: NAME.to_owned(),
        body: json!({ "enabled": licences }),
        at: service.now(),
    };
    transaction!(service.store.write(&service.tenant), tx => Ok(tx.put(Shelf::Setting, &document).await?))
}

/// Takes the budgets of the number that was learned last.
pub(crate) async fn recall(service: &Service) -> Result<(), StoreError> {
    let kept: Result<_, StoreError> =
        transaction!(service.store.read(&service.tenant), tx => tx.get(Shelf::Setting, NAME).await);
    let licences = kept?.and_then(|document| document.body["enabled"].as_u64());
    service.microsoft.set_licences(licences.unwrap_or(0));
    Ok(())
}

fn count(skus: &[Sku]) -> u64 {
    let with_sharepoint = |sku: &&Sku| {
        let mut plans = sku.service_plans.iter();
        plans.any(|plan| plan.service_plan_name.contains(SHAREPOINT_PLANS))
    };
    let enabled = skus
        .iter()
        .filter(with_sharepoint)
        .map(|sku| sku.prepaid_units.enabled);
    enabled.map(|units| u64::try_from(units).unwrap_or(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn only_what_carries_sharepoint_counts() {
        let sku = |part: &str, plan: &str, enabled: i64| -> Sku {
            serde_json::from_value(json!({
                "skuId": Uuid::from_u128(1), "skuPartNumber": part, "capabilityStatus": "Enabled",
                "consumedUnits": 0, "prepaidUnits": { "enabled": enabled, "warning": 0 },
                "servicePlans": [{ "servicePlanId": Uuid::from_u128(2), "servicePlanName": plan }],
            }))
            .unwrap()
        };
        let skus = [
            sku("SPE_E3", "SHAREPOINTENTERPRISE", 300),
            sku("SPB", "SHAREPOINTSTANDARD", 20),
            sku("FLOW_FREE", "FLOW_P2_VIRAL", 1_000_000),
        ];
        assert_eq!(count(&skus), 320);
    }
}
