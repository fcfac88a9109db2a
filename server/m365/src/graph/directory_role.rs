//! Directory roles that somebody, or our own app, holds.

use serde::{Deserialize, Serialize};
use uuid::{Uuid, uuid};

use super::{Graph, operation};
use crate::{Result, odata};

/// A directory role that is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DirectoryRole {
    /// The same in every tenant for the roles that Microsoft made.
    pub role_definition_id: Uuid,
    /// `/` is the whole tenant.
    pub directory_scope_id: Option<String>,
}

impl DirectoryRole {
    /// Everything in Exchange ("Microsoft Entra built-in roles").
    pub const EXCHANGE_ADMINISTRATOR: Uuid = uuid!("29232cdf-9323-42fd-ade2-1d097af3e4de");

    /// Whether it is held for the whole tenant.
    pub fn is_for_all(&self) -> bool {
        self.directory_scope_id.as_deref() == Some("/")
    }
}

impl Graph {
    /// The roles that a user or a service principal holds himself, all pages.
    pub async fn directory_roles(&self, principal: Uuid) -> Result<Vec<DirectoryRole>> {
        let filter = odata::escape(&format!("principalId eq '{principal}'"));
        let path = format!("roleManagement/directory/roleAssignments?$filter={filter}");
        self.all(operation::READ_DIRECTORY_ROLES, &path).await
    }
}
