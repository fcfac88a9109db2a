//! Licences that forms offer: the tenant's products, and the company's profiles of them.

use m365::graph::Sku;
use serde_json::{Value, json};

use super::sort;
use crate::licence_profiles::Profile;

/// Names that people know, by part number ("Product names and service plan identifiers for licensing").
const PRODUCTS: [(&str, &str); 10] = [
    ("SPE_E3", "Microsoft 365 E3"),
    ("SPE_E5", "Microsoft 365 E5"),
    ("SPE_F1", "Microsoft 365 F3"),
    ("SPB", "Microsoft 365 Business Premium"),
    ("O365_BUSINESS_PREMIUM", "Microsoft 365 Business Standard"),
    ("O365_BUSINESS_ESSENTIALS", "Microsoft 365 Business Basic"),
    ("STANDARDPACK", "Office 365 E1"),
    ("ENTERPRISEPACK", "Office 365 E3"),
    ("ENTERPRISEPREMIUM", "Office 365 E5"),
    ("EXCHANGESTANDARD", "Exchange Online (Plan 1)"),
];

/// What can be given, with the seats that are left. A profile of which the tenant lacks something is not offered: `doctor`
/// names it.
pub(super) fn licences(skus: &[Sku], profiles: &[Profile]) -> Value {
    let products = skus.iter().filter(|sku| sku.can_be_given()).map(product);
    let mut options: Vec<Value> = products.collect();
    options.extend(profiles.iter().filter_map(|profile| of_profile(profile, skus)));
    sort(&mut options);
    json!({ "options": options })
}

fn product(sku: &Sku) -> Value {
    let part = sku.sku_part_number.as_str();
    let known = PRODUCTS.iter().find(|(number, _)| *number == part);
    let name = known.map_or(part, |(_, name)| name);
    json!({ "value": sku.sku_id, "label": { "ja": name, "en": name }, "free": sku.free().max(0) })
}

/// With what it stands for, so that planning takes it as it was offered.
fn of_profile(profile: &Profile, skus: &[Sku]) -> Option<Value> {
    let offer = profile.offer(skus).ok()?;
    Some(
        json!({ "value": profile.key, "label": profile.name, "free": offer.free, "licences": offer.licences }),
    )
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn sku(id: u128, part: &str, status: &str) -> Sku {
        serde_json::from_value(json!({
            "skuId": Uuid::from_u128(id), "skuPartNumber": part, "capabilityStatus": status,
            "consumedUnits": 3, "prepaidUnits": { "enabled": 5, "warning": 0 },
            "servicePlans": [{ "servicePlanId": Uuid::from_u128(7), "servicePlanName": "TEAMS1", "appliesTo": "User" }],
        }))
        .unwrap()
    }

    #[test]
    fn a_product_is_named_as_people_know_it_and_a_stopped_one_is_not_offered() {
        let skus = [
            sku(1, "SPE_E3", "Enabled"),
            sku(2, "NEW_THING", "Enabled"),
            sku(3, "OLD", "Suspended"),
        ];
        let offered = licences(&skus, &[]);
        assert_eq!(
            offered["options"],
            json!([
                { "value": Uuid::from_u128(1), "label": { "ja": "Microsoft 365 E3", "en": "Microsoft 365 E3" }, "free": 2 },
                { "value": Uuid::from_u128(2), "label": { "ja": "NEW_THING", "en": "NEW_THING" }, "free": 2 },
            ])
        );
    }

    #[test]
    fn r06_a_profile_stands_among_the_products_unless_the_tenant_lacks_something_of_it() {
        let profile = |key: &str, sku: &str| -> Profile {
            let licences = json!([{ "sku": sku, "without": ["TEAMS1"] }]);
            let name = json!({ "ja": "A 内勤", "en": "Office" });
            serde_json::from_value(json!({ "key": key, "name": name, "licences": licences })).unwrap()
        };
        let skus = [sku(1, "SPE_E3", "Enabled"), sku(3, "OLD", "Suspended")];
        let profiles = ["SPE_E3", "OLD", "NEW_THING"].map(|part| profile("office", part));
        let offered = licences(&skus, &profiles);
        let without = json!({ Uuid::from_u128(1).to_string(): [Uuid::from_u128(7)] });
        assert_eq!(
            offered["options"][0],
            json!({ "value": "office", "label": { "ja": "A 内勤", "en": "Office" }, "free": 2, "licences": without })
        );
        assert_eq!(offered["options"].as_array().unwrap().len(), 2);
    }
}
