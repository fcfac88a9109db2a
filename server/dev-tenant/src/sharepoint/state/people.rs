//! Site users and SharePoint groups: the principals of one site collection.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::ids::{PrincipalId, RoleId};
use crate::directory::{AppId, ObjectId};

/// What stands behind a site user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Identity {
    /// A person of the directory.
    Person(ObjectId),
    /// A security group of Entra ID (`c:0t.c|tenant|…`).
    SecurityGroup(ObjectId),
    /// The members of a Microsoft 365 group (`c:0o.c|federateddirectoryclaimprovider|…`).
    UnifiedGroupMembers(ObjectId),
    UnifiedGroupOwners(ObjectId),
    EveryoneExceptExternal,
    /// An app registration ("app principal").
    App(AppId),
    /// "SharePoint App", in whose name everything app-only is done.
    SharePointApp,
    SystemAccount,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SiteUser {
    pub id: PrincipalId,
    /// Encoded claim, e.g. `i:0#.f|membership|hanako@contoso.onmicrosoft.com`.
    pub login_name: String,
    pub title: String,
    pub email: String,
    pub user_principal_name: Option<String>,
    pub identity: Identity,
    /// `UserId.NameId`: the passport-style id that tells a recycled name from the old one.
    pub name_id: Option<String>,
    pub is_site_admin: bool,
    pub hidden: bool,
}

impl SiteUser {
    /// `SP.Utilities.PrincipalType`: 1 user, 4 security group.
    pub fn principal_type(&self) -> u8 {
        match self.identity {
            Identity::SecurityGroup(_)
            | Identity::UnifiedGroupMembers(_)
            | Identity::UnifiedGroupOwners(_)
            | Identity::EveryoneExceptExternal => 4,
            Identity::Person(_) | Identity::App(_) | Identity::SharePointApp | Identity::SystemAccount => 1,
        }
    }

    /// `AadObjectId.NameId`, the Entra object behind a person or group; SharePoint Server knows of none.
    pub fn object_id(&self) -> Option<ObjectId> {
        match self.identity {
            Identity::Person(_) if self.is_windows_account() => None,
            Identity::Person(id)
            | Identity::SecurityGroup(id)
            | Identity::UnifiedGroupMembers(id)
            | Identity::UnifiedGroupOwners(id) => Some(id),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SiteGroup {
    pub id: PrincipalId,
    pub title: String,
    pub description: String,
    pub owner: PrincipalId,
    pub members: BTreeSet<PrincipalId>,
    pub only_members_view_membership: bool,
    pub allow_members_edit_membership: bool,
}

/// The role that `Sites.Selected` was granted for this site (Microsoft Graph site permission).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GrantRole {
    Read,
    Write,
    Manage,
    FullControl,
}

impl GrantRole {
    /// The permission level that a grant amounts to.
    pub fn level(self) -> RoleId {
        match self {
            Self::Read => super::role::READ,
            Self::Write => super::role::CONTRIBUTE,
            Self::Manage => super::role::DESIGN,
            Self::FullControl => super::role::FULL_CONTROL,
        }
    }
}
