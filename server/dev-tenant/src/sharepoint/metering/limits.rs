//! How many resource units there are (Microsoft: "Avoid getting throttled or blocked in SharePoint Online").

use serde::{Deserialize, Serialize};

/// `"off"`, `{"licences":800}` or `{"limits":{"minute":100,"day":10000,"tenantFiveMinutes":1500}}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ResourceUnits {
    /// Counted, never refused.
    #[default]
    Off,
    /// As documented for a tenant with so many licences.
    Licences(u32),
    /// Any other budget, so that a test meets its end soon.
    Limits(UnitLimits),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UnitLimits {
    /// Of one app.
    pub minute: u64,
    /// Of one app in 24 hours.
    pub day: u64,
    /// Of all apps together.
    pub tenant_five_minutes: u64,
}

/// Licences up to, units an app and minute, an app and day, all apps in five minutes.
const BANDS: [(u32, u64, u64, u64); 5] = [
    (1_000, 1_250, 1_200_000, 18_750),
    (5_000, 2_500, 2_400_000, 37_500),
    (15_000, 3_750, 3_600_000, 56_250),
    (50_000, 5_000, 4_800_000, 75_000),
    (u32::MAX, 6_250, 6_000_000, 93_750),
];

impl ResourceUnits {
    pub fn limits(self) -> Option<UnitLimits> {
        match self {
            Self::Off => None,
            Self::Limits(limits) => Some(limits),
            Self::Licences(licences) => {
                let band = BANDS.iter().find(|(most, ..)| licences <= *most);
                band.map(|(_, minute, day, tenant_five_minutes)| UnitLimits {
                    minute: *minute,
                    day: *day,
                    tenant_five_minutes: *tenant_five_minutes,
                })
            }
        }
    }
}
