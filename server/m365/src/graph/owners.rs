//! Owners of groups: at most 100 ("group resource type").

use http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Graph, Group,
    group::{GONE, SELECT, THERE, settled},
    operation,
};
use crate::{Error, Result, Service, error::found};

const GROUP: &str = "#microsoft.graph.group";

impl Graph {
    /// Object ids of the owners, all pages.
    pub async fn owners(&self, group: Uuid) -> Result<Vec<Uuid>> {
        let path = format!("groups/{group}/owners?$select=id&$top=999");
        self.ids(operation::READ_OWNERS, &path).await
    }

    /// Makes a user an owner. Idempotent: "already there" is success.
    pub async fn add_owner(&self, group: Uuid, user: Uuid) -> Result<()> {
        let body = json!({ "@odata.id": format!("{}/v1.0/users/{user}", self.tenant.inner.graph) });
        let path = format!("groups/{group}/owners/$ref");
        let added = self
            .change(operation::ADD_OWNER, Method::POST, &path, Some(body))
            .await;
        settled(added, THERE)
    }

    /// Makes an owner none. Idempotent: "not there" is success. The last one stays:
    /// [`Refusal::LastOwner`](super::Refusal::LastOwner).
    pub async fn remove_owner(&self, group: Uuid, user: Uuid) -> Result<()> {
        let path = format!("groups/{group}/owners/{user}/$ref");
        let call = self.call(operation::REMOVE_OWNER, Method::DELETE, &path)?;
        let removed = found(self.tenant.send(call).await).map(drop);
        settled(removed, GONE)
    }

    /// Groups that a user owns, of whatever kind.
    pub async fn owned_groups(&self, user: Uuid) -> Result<Vec<Group>> {
        let operation = operation::READ_OWNED_GROUPS;
        let path = format!("users/{user}/ownedObjects?{SELECT}&$top=999");
        let mut owned: Vec<Value> = self.all(operation, &path).await?;
        owned.retain(|object| object["@odata.type"] == GROUP);
        let groups = owned.into_iter().map(serde_json::from_value);
        groups
            .collect::<std::result::Result<_, _>>()
            .map_err(|error| Error::broken(Service::Graph, operation.name, &format!("not a group: {error}")))
    }
}
