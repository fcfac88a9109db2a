//! What Microsoft leaves undocumented, as switches: the product must work with every setting (design.md 6).

mod entra;
mod exchange;
mod teams;

pub use entra::EntraSwitches;
pub use exchange::ExchangeSwitches;
pub use teams::TeamSwitches;

use serde::{Deserialize, Serialize};

use crate::graph::metering::GraphBudgets;
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
    /// The budgets of an app in Microsoft Graph.
    pub graph_budgets: GraphBudgets,
    /// The ledger keeps every operation, reading included, for benches.
    pub calls_are_kept: bool,
    /// Longest time that a new user or group stays invisible; the seed draws from 1 to this. 0 = no lag.
    pub replication_lag_seconds: u32,
    /// Of a hundred readings of a user or group that became visible less than a minute ago, so many do not find it.
    pub replication_flaps_percent: u8,
    /// assignLicense of a user is answered by 202, not by 200.
    pub assign_licence_is_accepted: bool,
    /// Seconds until the members of a group have its licences.
    pub group_licences_seconds: u32,
    /// Changing one part of `employeeOrgData` empties the other.
    pub complex_values_are_replaced: bool,
    /// Sensitive properties of people with directory roles, and their deletion, are for callers with a role.
    pub administrators_are_protected: bool,
    pub entra: EntraSwitches,
    pub exchange: ExchangeSwitches,
    pub teams: TeamSwitches,
    /// The principal name of a deleted user is kept with his object id before it.
    pub deleted_upn_is_prefixed: bool,
    /// Seconds from a change of a person's names until the sites know it.
    pub profile_sync_seconds: u32,
    /// `EnsureUser` of a name that somebody else had before gives a new site user, not the old one.
    pub recycled_upn_gets_new_site_user: bool,
    /// Who has the name that somebody else had before has that one's rights on sites.
    pub recycled_upn_inherits_rights: bool,
    /// Entries of one page of a delta query.
    pub delta_page_size: u32,
    /// Of a hundred pages of a delta query, so many are empty though more follow.
    pub delta_empty_page_percent: u8,
    /// Of a hundred entries of a delta query, so many come twice; of a hundred rounds, so many tell the round before
    /// again.
    pub delta_replay_percent: u8,
    /// Of a hundred rounds that begin with a delta token, so many are refused as if the token were too old.
    pub delta_reset_percent: u8,
    /// A delta query tells what has not changed of an object beside what has, unless `Prefer: return=minimal`.
    pub delta_tells_unchanged: bool,
    /// A delta token that is too old is answered by 410 with the address to begin anew at, else by 400
    /// `syncStateNotFound`.
    pub delta_expiry_is_gone: bool,
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
            graph_budgets: GraphBudgets::Off,
            calls_are_kept: false,
            replication_lag_seconds: 0,
            replication_flaps_percent: 0,
            assign_licence_is_accepted: false,
            group_licences_seconds: 5,
            complex_values_are_replaced: true,
            administrators_are_protected: true,
            entra: EntraSwitches::default(),
            exchange: ExchangeSwitches::default(),
            teams: TeamSwitches::default(),
            deleted_upn_is_prefixed: true,
            profile_sync_seconds: 300,
            recycled_upn_gets_new_site_user: false,
            recycled_upn_inherits_rights: false,
            delta_page_size: 20,
            delta_empty_page_percent: 0,
            delta_replay_percent: 0,
            delta_reset_percent: 0,
            delta_tells_unchanged: false,
            delta_expiry_is_gone: true,
        }
    }
}
