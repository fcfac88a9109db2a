//! Permission levels (role definitions) and what they are made of.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Site;
use crate::{Result, error::found, odata};

/// Number of a permission level in a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RoleDefinitionId(pub i32);

/// One right; the number is its place in the mask, counted from 1 (SP.PermissionKind).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Permission {
    ViewListItems = 1,
    AddListItems = 2,
    EditListItems = 3,
    DeleteListItems = 4,
    ApproveItems = 5,
    OpenItems = 6,
    ViewVersions = 7,
    DeleteVersions = 8,
    /// "Override List Behaviors" in the pages of SharePoint.
    CancelCheckout = 9,
    ManageLists = 12,
    ViewFormPages = 13,
    Open = 17,
    ViewPages = 18,
    ManagePermissions = 26,
    BrowseUserInfo = 28,
    ManageWeb = 31,
    UseClientIntegration = 37,
    UseRemoteApis = 38,
    CreateAlerts = 40,
    EditMyUserInfo = 41,
}

impl Permission {
    /// All that we speak of.
    const ALL: [Self; 20] = [
        Self::ViewListItems,
        Self::AddListItems,
        Self::EditListItems,
        Self::DeleteListItems,
        Self::ApproveItems,
        Self::OpenItems,
        Self::ViewVersions,
        Self::DeleteVersions,
        Self::CancelCheckout,
        Self::ManageLists,
        Self::ViewFormPages,
        Self::Open,
        Self::ViewPages,
        Self::ManagePermissions,
        Self::BrowseUserInfo,
        Self::ManageWeb,
        Self::UseClientIntegration,
        Self::UseRemoteApis,
        Self::CreateAlerts,
        Self::EditMyUserInfo,
    ];
}

/// A set of rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "HighLow")]
pub struct PermissionMask(pub u64);

/// SharePoint writes the halves as text, since JavaScript has no 64 bits.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct HighLow {
    high: String,
    low: String,
}

impl TryFrom<HighLow> for PermissionMask {
    type Error = std::num::ParseIntError;

    fn try_from(mask: HighLow) -> std::result::Result<Self, Self::Error> {
        Ok(Self(mask.high.parse::<u64>()? << 32 | mask.low.parse::<u64>()?))
    }
}

impl PermissionMask {
    /// The set of these rights.
    pub fn of(permissions: &[Permission]) -> Self {
        Self(
            permissions
                .iter()
                .fold(0, |mask, permission| mask | 1 << (*permission as u8 - 1)),
        )
    }

    /// Whether this right is in it.
    pub fn has(self, permission: Permission) -> bool {
        self.0 & (1 << (permission as u8 - 1)) != 0
    }

    /// The rights in this set that are not in the other.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Its rights in words; those that we have no word for by their place.
    pub fn names(self) -> Vec<String> {
        let places = (1..=u64::BITS).filter(|place| self.0 & (1 << (place - 1)) != 0);
        places
            .map(|place| {
                let known = Permission::ALL.iter().find(|right| **right as u32 == place);
                known.map_or_else(|| format!("bit {place}"), |right| format!("{right:?}"))
            })
            .collect()
    }

    fn json(self) -> serde_json::Value {
        json!({ "High": (self.0 >> 32).to_string(), "Low": (self.0 & 0xffff_ffff).to_string() })
    }
}

/// A permission level.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RoleDefinition {
    pub id: RoleDefinitionId,
    pub name: String,
    #[serde(default)]
    pub description: String,
    pub base_permissions: PermissionMask,
    /// Whether SharePoint keeps it for itself (Limited Access).
    #[serde(default)]
    pub hidden: bool,
}

/// A permission level to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleWish<'a> {
    pub name: &'a str,
    pub description: &'a str,
    pub permissions: PermissionMask,
}

impl RoleWish<'_> {
    fn json(&self) -> serde_json::Value {
        json!({ "Name": self.name, "Description": self.description, "BasePermissions": self.permissions.json() })
    }
}

impl Site {
    /// All permission levels.
    pub async fn role_definitions(&self) -> Result<Vec<RoleDefinition>> {
        self.all("read permission levels", "web/roledefinitions").await
    }

    /// The permission level of this name.
    pub async fn role_definition(&self, name: &str) -> Result<Option<RoleDefinition>> {
        let path = format!("web/roledefinitions/getbyname({})", odata::literal(name));
        found(self.get("read a permission level", &path).await)
    }

    /// Makes a permission level. Find first by name.
    pub async fn create_role_definition(&self, wish: &RoleWish<'_>) -> Result<RoleDefinition> {
        self.post("create a permission level", "web/roledefinitions", wish.json())
            .await?
            .json()
    }

    /// Makes a permission level be this. Idempotent.
    pub async fn update_role_definition(&self, id: RoleDefinitionId, wish: &RoleWish<'_>) -> Result<()> {
        let path = format!("web/roledefinitions({})", id.0);
        self.merge("change a permission level", &path, "*", wish.json())
            .await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_reads_as_sharepoint_writes_it() {
        let read: PermissionMask = serde_json::from_str(r#"{"High":"176","Low":"138612833"}"#).unwrap();
        assert!(read.has(Permission::ViewListItems) && read.has(Permission::UseRemoteApis));
        assert!(!read.has(Permission::EditListItems) && !read.has(Permission::ManagePermissions));
        assert_eq!(read.json(), json!({ "High": "176", "Low": "138612833" }));
        assert_eq!(PermissionMask::of(&[Permission::ManagePermissions]).0, 1 << 25);
        let more = PermissionMask(read.0 | 1 << 3 | 1 << 60);
        assert_eq!(more.without(read).names(), ["DeleteListItems", "bit 61"]);
    }
}
