//! Groups and their members.

use http::{HeaderName, HeaderValue, Method};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Graph, operation};
use crate::{Operation, Result, error::found, odata};

pub(super) const SELECT: &str = "$select=id,displayName,mailNickname,mail,description,mailEnabled,securityEnabled,groupTypes,\
onPremisesSyncEnabled,uniqueName";

/// A group as Graph describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    pub id: Uuid,
    pub display_name: Option<String>,
    pub mail_nickname: Option<String>,
    pub mail: Option<String>,
    pub description: Option<String>,
    pub mail_enabled: Option<bool>,
    pub security_enabled: Option<bool>,
    #[serde(default)]
    pub group_types: Vec<String>,
    pub on_premises_sync_enabled: Option<bool>,
    /// The key under which an app made it.
    pub unique_name: Option<String>,
}

impl Group {
    /// Whether Graph may write its members: distribution lists and mail-enabled security groups belong to
    /// Exchange, groups synced from on-premises to Active Directory, dynamic ones to Entra's own rule.
    pub fn is_writable_by_graph(&self) -> bool {
        let is_dynamic = self.group_types.iter().any(|kind| kind == "DynamicMembership");
        !self.is_kept_by_exchange() && !is_dynamic && self.on_premises_sync_enabled != Some(true)
    }

    /// Distribution lists and mail-enabled security groups.
    pub fn is_kept_by_exchange(&self) -> bool {
        let is_microsoft_365 = self.group_types.iter().any(|kind| kind == "Unified");
        self.mail_enabled == Some(true) && !is_microsoft_365
    }
}

/// A security group to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGroup<'a> {
    /// Our key: never changes, one group in the tenant has it.
    pub unique_name: &'a str,
    pub display_name: &'a str,
    /// At most 64 ASCII characters, none of `@()/[]';:<>,` or a space.
    pub mail_nickname: &'a str,
    pub description: &'a str,
}

/// Graph's words where a member is one already, or none.
pub(super) const THERE: &str = "added object references already exist";
pub(super) const GONE: &str = "removed object references do not exist";

#[derive(Deserialize)]
struct Object {
    id: Uuid,
}

impl Graph {
    /// The group with this object id, if there is one.
    pub async fn group(&self, id: Uuid) -> Result<Option<Group>> {
        found(
            self.get(operation::READ_GROUP, &format!("groups/{id}?{SELECT}"))
                .await,
        )
    }

    /// The group with this unique name, if there is one.
    pub async fn group_by_unique_name(&self, name: &str) -> Result<Option<Group>> {
        let path = format!("groups(uniqueName={})?{SELECT}", odata::literal(name));
        found(self.get(operation::READ_GROUP, &path).await)
    }

    /// Groups of which `filter` holds, all pages.
    pub async fn groups(&self, filter: Option<&odata::Filter>) -> Result<Vec<Group>> {
        let filter = filter.map_or(String::new(), |filter| {
            format!("&$filter={}", odata::escape(filter.as_str()))
        });
        self.all(
            operation::READ_GROUPS,
            &format!("groups?{SELECT}{filter}&$top=999"),
        )
        .await
    }

    /// Makes a security group exist with these properties. Key: the unique name. Idempotent ("Upsert group").
    pub async fn upsert_security_group(&self, group: &NewGroup<'_>) -> Result<()> {
        let body = json!({
            "displayName": group.display_name, "mailNickname": group.mail_nickname,
            "description": described(group.description), "mailEnabled": false, "securityEnabled": true,
            "groupTypes": [],
        });
        let path = format!("groups(uniqueName={})", odata::literal(group.unique_name));
        let prefer = HeaderValue::from_static("create-if-missing");
        let call = self
            .call(operation::UPSERT_GROUP, Method::PATCH, &path)?
            .json(body);
        self.tenant
            .send(call.header(HeaderName::from_static("prefer"), prefer))
            .await?;
        Ok(())
    }

    /// Object ids of the direct members, all pages.
    pub async fn members(&self, group: Uuid) -> Result<Vec<Uuid>> {
        let path = format!("groups/{group}/members?$select=id&$top=999");
        self.ids(operation::READ_MEMBERS, &path).await
    }

    /// Ids of what a path lists, all pages.
    pub(super) async fn ids(&self, operation: Operation, path: &str) -> Result<Vec<Uuid>> {
        let objects: Vec<Object> = self.all(operation, path).await?;
        Ok(objects.into_iter().map(|object| object.id).collect())
    }

    /// Whether an object is a direct member. Reads the members.
    pub async fn is_member(&self, group: Uuid, object: Uuid) -> Result<bool> {
        Ok(self.members(group).await?.contains(&object))
    }

    /// Makes an object a member. Idempotent: "already there" is success.
    pub async fn add_member(&self, group: Uuid, object: Uuid) -> Result<()> {
        let body =
            json!({ "@odata.id": format!("{}/v1.0/directoryObjects/{object}", self.tenant.inner.graph) });
        let path = format!("groups/{group}/members/$ref");
        let added = self
            .change(operation::ADD_MEMBER, Method::POST, &path, Some(body))
            .await;
        settled(added, THERE)
    }

    /// Takes an object out of a group. Idempotent: "not there" is success.
    pub async fn remove_member(&self, group: Uuid, object: Uuid) -> Result<()> {
        let path = format!("groups/{group}/members/{object}/$ref");
        let call = self.call(operation::REMOVE_MEMBER, Method::DELETE, &path)?;
        let removed = found(self.tenant.send(call).await).map(drop);
        settled(removed, GONE)
    }

    /// Sets attributes of a group by Graph's names. Idempotent.
    pub async fn update_group(&self, id: Uuid, attributes: &serde_json::Map<String, Value>) -> Result<()> {
        let body = Value::Object(attributes.clone());
        self.change(
            operation::UPDATE_GROUP,
            Method::PATCH,
            &format!("groups/{id}"),
            Some(body),
        )
        .await
    }
}

/// Graph takes no empty description: there is one, or null.
pub(super) fn described(description: &str) -> Option<&str> {
    (!description.is_empty()).then_some(description)
}

/// Graph has one code for all bad requests, so these two (English, not localised) have to be told by words.
pub(super) fn settled(result: Result<()>, words: &str) -> Result<()> {
    match result {
        Err(error) if error.status == Some(400) && error.message.contains(words) => Ok(()),
        result => result,
    }
}
