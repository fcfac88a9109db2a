//! A site collection with its root web.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::change::Change;
use super::ids::{ListId, PrincipalId, RoleId, SiteId, WebId};
use super::list::List;
use super::people::{GrantRole, SiteGroup, SiteUser};
use super::recycled::Recycled;
use super::role::RoleDefinition;
use super::scope::Scope;
use super::subscription::Subscription;
use crate::directory::AppId;
use crate::sharepoint::farm::FarmSite;

#[derive(Debug, Clone, Serialize)]
pub struct Site {
    pub id: SiteId,
    pub web_id: WebId,
    /// Server-relative, e.g. `/sites/flow`; empty for the root site of the host.
    pub path: String,
    pub title: String,
    pub description: String,
    pub language: u32,
    pub created: Timestamp,
    pub users: BTreeMap<PrincipalId, SiteUser>,
    pub groups: BTreeMap<PrincipalId, SiteGroup>,
    pub associated_owners: PrincipalId,
    pub associated_members: PrincipalId,
    pub associated_visitors: PrincipalId,
    pub roles: BTreeMap<RoleId, RoleDefinition>,
    pub scope: Scope,
    pub lists: BTreeMap<ListId, List>,
    pub recycle_bin: Vec<Recycled>,
    pub changes: Vec<Change>,
    pub subscriptions: BTreeMap<Uuid, Subscription>,
    /// Site grants of Sites.Selected, made through Microsoft Graph.
    pub grants: BTreeMap<Uuid, AppGrant>,
    pub properties: BTreeMap<String, String>,
    pub last_principal: u32,
    /// `None` = a site of SharePoint Online.
    pub farm: Option<FarmSite>,
    #[serde(skip)]
    pub digest_secret: [u8; 32],
}

/// A Microsoft Graph site permission (`/sites/{id}/permissions/{id}`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AppGrant {
    pub app: AppId,
    pub display_name: String,
    pub role: GrantRole,
}

impl Site {
    pub fn user_by_login(&self, login_name: &str) -> Option<&SiteUser> {
        self.users
            .values()
            .find(|user| user.login_name.eq_ignore_ascii_case(login_name))
    }

    pub fn list_by_title(&self, title: &str) -> Option<&List> {
        self.lists
            .values()
            .find(|list| list.title.eq_ignore_ascii_case(title))
    }

    /// By server-relative URL of the list's root folder.
    pub fn list_by_url(&self, url: &str) -> Option<&List> {
        let url = url.trim_end_matches('/');
        self.lists
            .values()
            .find(|list| list.root_folder.eq_ignore_ascii_case(url))
    }
}

impl Site {
    pub fn has_principal(&self, id: PrincipalId) -> bool {
        self.users.contains_key(&id) || self.groups.contains_key(&id)
    }
}
