//! Accounts as far as a caller names their properties, and who holds an address.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::{Graph, operation};
use crate::{Result, error::found, odata};

impl Graph {
    /// The properties `names` of the user with this object id or user principal name, as Graph's JSON has them;
    /// `id` is always there.
    pub async fn user_properties(&self, key: &str, names: &[&str]) -> Result<Option<Map<String, Value>>> {
        let path = format!("users/{}?$select=id,{}", odata::escape(key), names.join(","));
        found(self.get(operation::READ_USER, &path).await)
    }

    /// Users that hold this mail nickname or this address, be it as user principal name or for mail;
    /// their properties as in [`Graph::user_properties`].
    pub async fn address_holders(
        &self,
        nickname: &str,
        address: &str,
        names: &[&str],
    ) -> Result<Vec<Map<String, Value>>> {
        let condition = format!(
            "mailNickname eq {} or userPrincipalName eq {} or {}",
            odata::quoted(nickname),
            odata::quoted(address),
            odata::has_mail_address(address),
        );
        let (select, filter) = (names.join(","), odata::escape(&condition));
        self.all(
            operation::READ_ADDRESS_HOLDERS,
            &format!("users?$select=id,{select}&$filter={filter}"),
        )
        .await
    }

    /// Object ids of the groups (and roles) of which a user is a direct member.
    pub async fn memberships(&self, user: Uuid) -> Result<Vec<Uuid>> {
        let path = format!("users/{user}/memberOf?$select=id");
        self.ids(operation::READ_MEMBERSHIPS, &path).await
    }
}
