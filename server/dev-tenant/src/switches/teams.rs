//! What is not documented of teams, and how long they take.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each switch is one independent unknown"
)]
pub struct TeamSwitches {
    /// Seconds until an operation on a team is done.
    pub operation_seconds: u32,
    /// Of a hundred operations on teams, so many fail.
    pub operation_failed_percent: u8,
    /// Seconds until a new Microsoft 365 group can become a team or take a picture; before them it is not found.
    pub group_settles_seconds: u32,
    /// Who is in a team already cannot be added again.
    pub refuses_member_twice: bool,
    /// Teams counts calls: four a second on one team.
    pub limits: bool,
    /// An app may set the picture of a team by the team's own address; else 502.
    pub apps_set_pictures: bool,
    /// An app may set the picture of a group; else 403.
    pub apps_set_group_pictures: bool,
}

impl Default for TeamSwitches {
    fn default() -> Self {
        Self {
            operation_seconds: 10,
            operation_failed_percent: 0,
            group_settles_seconds: 10,
            refuses_member_twice: true,
            limits: true,
            apps_set_pictures: false,
            apps_set_group_pictures: true,
        }
    }
}
