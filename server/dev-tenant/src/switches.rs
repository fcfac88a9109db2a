//! What Microsoft leaves undocumented, as switches: the product must work with every setting (design.md 6).

use serde::{Deserialize, Serialize};

use crate::sharepoint::metering::ResourceUnits;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each switch is one independent unknown"
)]
pub struct Switches {
    /// Own-items-only is waived by Override List Behaviors held on the item, not only on the list.
    pub override_list_behaviors_at_item: bool,
    /// `Editor` by ValidateUpdateListItem is honoured for everybody who may edit, not for owners alone.
    pub anyone_sets_editor: bool,
    /// BreakRoleInheritance(false) by an app leaves an assignment for "SharePoint App".
    pub app_keeps_assignment_on_break: bool,
    /// The start token of a change query is exclusive.
    pub change_token_exclusive: bool,
    /// Change rows show to whoever opens the list, unless the query requires them to be trimmed.
    pub changes_untrimmed: bool,
    /// A move within a list is logged as MoveAway and MoveInto, not as Rename.
    pub move_logged_as_away_and_into: bool,
    /// Folders can be made only in a list whose EnableFolderCreation is on.
    pub folders_need_list_setting: bool,
    /// A ProcessQuery request is one moment: nobody sees what lies between its actions.
    pub csom_request_is_atomic: bool,
    /// Seconds from a change to its webhook; SharePoint reads its queue once a minute.
    pub webhook_delay_seconds: u32,
    /// Of a hundred webhooks, so many are never delivered.
    pub webhook_lost_percent: u8,
    /// Of a hundred webhooks, so many are delivered twice.
    pub webhook_doubled_percent: u8,
    /// The site feature "Limited-access user permission lockdown mode": Limited Access opens neither application pages
    /// (views, item forms) nor the remote interfaces.
    pub limited_access_lockdown: bool,
    /// Webhooks that are due together leave in any order, and some of them one reading of the queue later.
    pub webhook_out_of_order: bool,
    /// 401 answers of SharePoint have no body (seen since February 2026).
    pub empty_401_bodies: bool,
    /// Milliseconds that every answer takes longer, for benches. A list with more than 5,000 permission scopes takes
    /// as much again for each further round trip.
    pub latency_millis: u32,
    /// The budget of resource units in SharePoint.
    pub resource_units: ResourceUnits,
    /// Longest time that a new user or group stays invisible; the seed draws from 1 to this. 0 = no lag.
    pub replication_lag_seconds: u32,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            override_list_behaviors_at_item: false,
            anyone_sets_editor: false,
            app_keeps_assignment_on_break: true,
            change_token_exclusive: false,
            changes_untrimmed: false,
            move_logged_as_away_and_into: false,
            folders_need_list_setting: false,
            csom_request_is_atomic: false,
            webhook_delay_seconds: 60,
            webhook_lost_percent: 0,
            webhook_doubled_percent: 0,
            limited_access_lockdown: false,
            webhook_out_of_order: false,
            empty_401_bodies: true,
            latency_millis: 0,
            resource_units: ResourceUnits::Off,
            replication_lag_seconds: 0,
        }
    }
}
