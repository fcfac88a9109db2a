//! Role definitions ("permission levels") and the ones every classic site is born with.

use serde::Serialize;

use super::base_permissions::BasePermissions;
use super::ids::RoleId;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoleDefinition {
    pub id: RoleId,
    pub name: String,
    pub description: String,
    pub order: i32,
    pub hidden: bool,
    /// `SP.RoleType`; 0 for custom levels.
    pub role_type: i32,
    pub permissions: BasePermissions,
}

pub const FULL_CONTROL: RoleId = RoleId(1_073_741_829);
pub const DESIGN: RoleId = RoleId(1_073_741_828);
pub const EDIT: RoleId = RoleId(1_073_741_830);
pub const CONTRIBUTE: RoleId = RoleId(1_073_741_827);
pub const READ: RoleId = RoleId(1_073_741_826);
pub const LIMITED_ACCESS: RoleId = RoleId(1_073_741_825);
pub const WEB_ONLY_LIMITED_ACCESS: RoleId = RoleId(1_073_741_833);
/// The first number that a custom level gets.
pub const FIRST_CUSTOM: RoleId = RoleId(1_073_741_970);

/// Id, name, order, role type, mask (high, low) as a real site of 2025 shows them.
const BUILT_IN: [(RoleId, &str, i32, i32, u32, u32); 9] = [
    (FULL_CONTROL, "Full Control", 1, 5, 2_147_483_647, 4_294_967_295),
    (DESIGN, "Design", 32, 4, 432, 1_012_866_047),
    (EDIT, "Edit", 48, 6, 432, 1_011_030_767),
    (CONTRIBUTE, "Contribute", 64, 3, 432, 1_011_028_719),
    (RoleId(1_073_741_969), "Review", 112, 7, 176, 138_629_217),
    (READ, "Read", 128, 2, 176, 138_612_833),
    (
        RoleId(1_073_741_832),
        "Restricted View",
        144,
        8,
        65_584,
        134_418_433,
    ),
    (LIMITED_ACCESS, "Limited Access", 160, 1, 48, 134_287_360),
    (
        WEB_ONLY_LIMITED_ACCESS,
        "Web-Only Limited Access",
        176,
        9,
        560,
        134_221_824,
    ),
];

pub fn built_in() -> impl Iterator<Item = RoleDefinition> {
    BUILT_IN
        .into_iter()
        .map(|(id, name, order, role_type, high, low)| RoleDefinition {
            id,
            name: name.to_owned(),
            description: String::new(),
            order,
            hidden: matches!(id, LIMITED_ACCESS | WEB_ONLY_LIMITED_ACCESS),
            role_type,
            permissions: BasePermissions::from_parts(high, low),
        })
}
