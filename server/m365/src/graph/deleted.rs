//! Users and groups that were deleted within the last 30 days.

use http::Method;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{Graph, operation};
use crate::{Operation, Result, error::found, odata};

const USERS: &str = "directory/deletedItems/microsoft.graph.user\
?$count=true&$select=id,displayName,userPrincipalName,mail,mailNickname,deletedDateTime";
const GROUPS: &str = "directory/deletedItems/microsoft.graph.group\
?$count=true&$select=id,displayName,mail,mailNickname,deletedDateTime";

/// Something that can be restored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Deleted {
    pub id: Uuid,
    pub display_name: Option<String>,
    /// Of a user; see [`Deleted::former_user_principal_name`].
    pub user_principal_name: Option<String>,
    pub mail: Option<String>,
    pub mail_nickname: Option<String>,
    pub deleted_date_time: Option<Timestamp>,
}

impl Deleted {
    /// The name that a user had: Entra keeps it behind his id without dashes ("Get-EntraDeletedUser").
    pub fn former_user_principal_name(&self) -> Option<&str> {
        let name = self.user_principal_name.as_deref()?;
        let id = self.id.simple().to_string();
        let (start, rest) = name.split_at_checked(id.len()).unwrap_or(("", name));
        Some(if start.eq_ignore_ascii_case(&id) {
            rest
        } else {
            name
        })
    }
}

impl Graph {
    /// Deleted users who had this user principal name, the last deleted first.
    pub async fn deleted_users(&self, user_principal_name: &str) -> Result<Vec<Deleted>> {
        let ends = format!(
            "endsWith(userPrincipalName,{})",
            odata::quoted(user_principal_name)
        );
        let path = format!("{USERS}&$filter={}", odata::escape(&ends));
        let mut users: Vec<Deleted> = self.search(operation::READ_DELETED_USERS, &path).await?;
        let is_his = |name: &str| name.eq_ignore_ascii_case(user_principal_name);
        users.retain(|user| user.former_user_principal_name().is_some_and(is_his));
        users.sort_by_key(|user| std::cmp::Reverse(user.deleted_date_time));
        Ok(users)
    }

    /// Deleted groups that had this display name or mail nickname, the last deleted first.
    pub async fn deleted_groups(&self, name: &str) -> Result<Vec<Deleted>> {
        let name = odata::quoted(name);
        let named = format!("displayName eq {name} or mailNickname eq {name}");
        let path = format!("{GROUPS}&$filter={}", odata::escape(&named));
        let mut groups: Vec<Deleted> = self.search(operation::READ_DELETED_GROUPS, &path).await?;
        groups.sort_by_key(|group| std::cmp::Reverse(group.deleted_date_time));
        Ok(groups)
    }

    /// A deleted user by object id, if he can still be restored.
    pub async fn deleted_user(&self, id: Uuid) -> Result<Option<Deleted>> {
        self.deleted(operation::READ_DELETED_USERS, id).await
    }

    /// A deleted group by object id, if it can still be restored.
    pub async fn deleted_group(&self, id: Uuid) -> Result<Option<Deleted>> {
        self.deleted(operation::READ_DELETED_GROUPS, id).await
    }

    async fn deleted(&self, operation: Operation, id: Uuid) -> Result<Option<Deleted>> {
        let path = format!("directory/deletedItems/{id}");
        found(self.get(operation, &path).await)
    }

    /// Restores a user, under another name where his is taken; addresses that somebody else has now are left out.
    /// Find first: who is restored already is `NotFound`.
    pub async fn restore_user(&self, id: Uuid, new_user_principal_name: Option<&str>) -> Result<()> {
        let mut body = json!({ "autoReconcileProxyConflict": true });
        if let Some(name) = new_user_principal_name {
            body["newUserPrincipalName"] = json!(name);
        }
        let path = format!("directory/deletedItems/{id}/restore");
        let call = self.call(operation::RESTORE_USER, Method::POST, &path)?;
        self.tenant.send(call.json(body)).await.map(drop)
    }

    /// Restores a Microsoft 365 group. Find first: one that is restored already is `NotFound`.
    pub async fn restore_group(&self, id: Uuid) -> Result<()> {
        let path = format!("directory/deletedItems/{id}/restore");
        let call = self.call(operation::RESTORE_GROUP, Method::POST, &path)?;
        self.tenant.send(call).await.map(drop)
    }

    /// Deletes a deleted user for good. Idempotent: "not there" is success.
    pub async fn purge_user(&self, id: Uuid) -> Result<()> {
        self.purge(operation::PURGE_USER, id).await
    }

    /// Deletes a deleted group for good. Idempotent: "not there" is success.
    pub async fn purge_group(&self, id: Uuid) -> Result<()> {
        self.purge(operation::PURGE_GROUP, id).await
    }

    async fn purge(&self, operation: Operation, id: Uuid) -> Result<()> {
        let path = format!("directory/deletedItems/{id}");
        let call = self.call(operation, Method::DELETE, &path)?;
        found(self.tenant.send(call).await).map(drop)
    }
}
