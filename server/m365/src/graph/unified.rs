//! Microsoft 365 groups: members, a mailbox, a site, perhaps a team.

use http::{HeaderName, HeaderValue, Method};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{Graph, Group, group::described, operation};
use crate::{Result, error::found, odata};

const SELECT: &str = "$select=id,displayName,mailNickname,mail,description,mailEnabled,securityEnabled,groupTypes,\
onPremisesSyncEnabled,uniqueName,visibility,resourceProvisioningOptions,createdDateTime";

/// Who sees what is in a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Visibility {
    Public,
    Private,
    /// Not even the members are shown; only at creation.
    HiddenMembership,
    /// One that we have no use for.
    #[serde(untagged)]
    Other(String),
}

/// A Microsoft 365 group as Graph describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnifiedGroup {
    #[serde(flatten)]
    pub group: Group,
    pub visibility: Option<Visibility>,
    /// Nothing where it is no Microsoft 365 group.
    resource_provisioning_options: Option<Vec<String>>,
    #[serde(rename = "createdDateTime")]
    pub created: Option<Timestamp>,
}

impl UnifiedGroup {
    /// Whether Teams shows it.
    pub fn is_team(&self) -> bool {
        let options = self.resource_provisioning_options.iter().flatten();
        options.into_iter().any(|option| option == "Team")
    }
}

/// A Microsoft 365 group to be. An app has no account that could own it: give it owners by
/// [`Graph::add_owner`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUnifiedGroup<'a> {
    /// Our key: never changes, one group in the tenant has it.
    pub unique_name: &'a str,
    pub display_name: &'a str,
    /// At most 64 ASCII characters, none of `@()/[]';:<>,` or a space.
    pub mail_nickname: &'a str,
    pub description: &'a str,
    pub visibility: Visibility,
}

impl Graph {
    /// The Microsoft 365 group with this object id, if there is one.
    pub async fn unified_group(&self, id: Uuid) -> Result<Option<UnifiedGroup>> {
        let path = format!("groups/{id}?{SELECT}");
        found(self.get(operation::READ_GROUP, &path).await)
    }

    /// The Microsoft 365 group with this unique name, if there is one.
    pub async fn unified_group_by_unique_name(&self, name: &str) -> Result<Option<UnifiedGroup>> {
        let path = format!("groups(uniqueName={})?{SELECT}", odata::literal(name));
        found(self.get(operation::READ_GROUP, &path).await)
    }

    /// Every group of whatever kind, with what says whether it is a team; all pages.
    pub async fn all_groups(&self) -> Result<Vec<UnifiedGroup>> {
        self.all(operation::READ_GROUPS, &format!("groups?{SELECT}&$top=999"))
            .await
    }

    /// Makes a Microsoft 365 group exist with these properties. Key: the unique name. Idempotent ("Upsert group").
    pub async fn upsert_unified_group(&self, group: &NewUnifiedGroup<'_>) -> Result<()> {
        let body = json!({
            "displayName": group.display_name, "mailNickname": group.mail_nickname,
            "description": described(group.description), "visibility": group.visibility,
            "mailEnabled": true, "securityEnabled": false, "groupTypes": ["Unified"],
        });
        let path = format!("groups(uniqueName={})", odata::literal(group.unique_name));
        let prefer = HeaderValue::from_static("create-if-missing");
        let call = self
            .call(operation::UPSERT_GROUP, Method::PATCH, &path)?
            .header(HeaderName::from_static("prefer"), prefer)
            .json(body);
        self.tenant.send(call).await.map(drop)
    }

    /// Deletes a group, and its team with it. A Microsoft 365 group can be restored for 30 days, other kinds may be
    /// gone at once. Idempotent: "not there" is success.
    pub async fn delete_group(&self, id: Uuid) -> Result<()> {
        let call = self.call(operation::DELETE_GROUP, Method::DELETE, &format!("groups/{id}"))?;
        found(self.tenant.send(call).await).map(drop)
    }
}
