//! What the company bought. Ids are Microsoft's ("Product names and service plan identifiers for licensing").

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::directory::Sku;

/// Microsoft 365 E3.
pub const SPE_E3: Uuid = Uuid::from_u128(0x05e9_a617_0261_4cee_bb44_138d_3ef5_d965);
/// Microsoft 365 E5.
pub const SPE_E5: Uuid = Uuid::from_u128(0x06eb_c4ee_1bb5_47dd_8120_1132_4bc5_4e06);
/// Exchange Online (Plan 1).
const EXCHANGE_STANDARD: Uuid = Uuid::from_u128(0x4b94_05b0_7788_4568_add1_9961_4e61_3b69);

const EXCHANGE_ENTERPRISE_PLAN: Uuid = Uuid::from_u128(0xefb8_7545_963c_4e0d_99df_69c6_916d_9eb0);
const EXCHANGE_STANDARD_PLAN: Uuid = Uuid::from_u128(0x9aaf_7827_d63c_4b61_89c3_182f_06f8_2e5c);
const TEAMS_PLAN: Uuid = Uuid::from_u128(0x57ff_2da0_773e_42df_b2af_ffb7_a231_7929);
const SHAREPOINT_ENTERPRISE_PLAN: Uuid = Uuid::from_u128(0x5dbe_027f_2339_4123_9542_606e_4d34_8a72);

pub(super) fn skus() -> Vec<Sku> {
    let suite = || {
        BTreeMap::from([
            (EXCHANGE_ENTERPRISE_PLAN, "EXCHANGE_S_ENTERPRISE".to_owned()),
            (TEAMS_PLAN, "TEAMS1".to_owned()),
            (SHAREPOINT_ENTERPRISE_PLAN, "SHAREPOINTENTERPRISE".to_owned()),
        ])
    };
    let mail = BTreeMap::from([(EXCHANGE_STANDARD_PLAN, "EXCHANGE_S_STANDARD".to_owned())]);
    vec![
        sku(SPE_E3, "SPE_E3", 40, suite()),
        sku(SPE_E5, "SPE_E5", 2, suite()),
        sku(EXCHANGE_STANDARD, "EXCHANGESTANDARD", 10, mail),
    ]
}

fn sku(sku_id: Uuid, part_number: &str, enabled_units: u32, plans: BTreeMap<Uuid, String>) -> Sku {
    Sku {
        sku_id,
        part_number: part_number.to_owned(),
        enabled_units,
        plans,
    }
}
