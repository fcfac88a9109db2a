//! Members of a team, as Teams sees them: each has a membership with an id of its own.

use http::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Graph, operation};
use crate::{Error, Result, Service, error::found, odata};

const MEMBER: &str = "#microsoft.graph.aadUserConversationMember";
const OWNER: &str = "owner";

/// Most members that one call adds ("Add members in bulk").
const MEMBERS: usize = 200;

/// Id of a membership: opaque, not the user's.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MembershipId(pub String);

/// A member as Graph describes him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TeamMember {
    pub id: MembershipId,
    /// `owner`, `guest`; nothing for others.
    #[serde(default)]
    pub roles: Vec<String>,
    /// His object id; people without an account have none.
    pub user_id: Option<Uuid>,
    pub display_name: Option<String>,
    pub email: Option<String>,
}

/// What somebody is in a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TeamRole {
    Owner,
    Member,
}

/// Somebody who was not added, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedMember {
    pub user: Option<Uuid>,
    pub code: String,
    pub message: String,
}

#[derive(Deserialize)]
struct Results {
    #[serde(default)]
    value: Vec<MemberResult>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MemberResult {
    user_id: Option<Uuid>,
    error: Option<MemberError>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct MemberError {
    code: Option<String>,
    message: Option<String>,
}

impl TeamMember {
    /// Whether he is an owner.
    pub fn is_owner(&self) -> bool {
        self.roles.iter().any(|role| role == OWNER)
    }
}

impl RefusedMember {
    /// The same as a failed call.
    pub fn into_error(self) -> Error {
        Error {
            code: Some(self.code),
            ..Error::unsent(Service::Graph, operation::ADD_TEAM_MEMBERS.name, &self.message)
        }
    }
}

impl TeamRole {
    fn roles(self) -> &'static [&'static str] {
        match self {
            Self::Owner => &[OWNER],
            Self::Member => &[],
        }
    }
}

impl MemberResult {
    fn refused(self) -> Option<RefusedMember> {
        let error = self.error?;
        Some(RefusedMember {
            user: self.user_id,
            code: error.code.unwrap_or_default(),
            message: error.message.unwrap_or_default(),
        })
    }
}

impl Graph {
    /// The members of a team, all pages.
    pub async fn team_members(&self, team: Uuid) -> Result<Vec<TeamMember>> {
        self.all(operation::READ_TEAM_MEMBERS, &format!("teams/{team}/members"))
            .await
    }

    /// Adds people to a team, 200 in a call. Those whom Graph refused come back; the others are in. Read the members
    /// first: what Graph says of those who are there already is not documented.
    pub async fn add_team_members(
        &self,
        team: Uuid,
        people: &[(Uuid, TeamRole)],
    ) -> Result<Vec<RefusedMember>> {
        let mut refused = Vec::new();
        for some in people.chunks(MEMBERS) {
            let values: Vec<_> = some.iter().map(|person| self.membership(*person)).collect();
            let path = format!("teams/{team}/members/add");
            let call = self.call(operation::ADD_TEAM_MEMBERS, Method::POST, &path)?;
            let call = call.known().json(json!({ "values": values }));
            let results: Results = self.tenant.send(call).await?.json()?;
            refused.extend(results.value.into_iter().filter_map(MemberResult::refused));
        }
        Ok(refused)
    }

    fn membership(&self, (user, role): (Uuid, TeamRole)) -> Value {
        let bind = format!("{}/v1.0/users('{user}')", self.tenant.inner.graph);
        json!({ "@odata.type": MEMBER, "roles": role.roles(), "user@odata.bind": bind })
    }

    /// Gives a member another role. Idempotent.
    pub async fn set_team_role(&self, team: Uuid, member: &MembershipId, role: TeamRole) -> Result<()> {
        let path = format!("teams/{team}/members/{}", odata::escape(&member.0));
        let body = json!({ "@odata.type": MEMBER, "roles": role.roles() });
        self.change(operation::UPDATE_TEAM_MEMBER, Method::PATCH, &path, Some(body))
            .await
    }

    /// Takes a member out of a team. Idempotent: "not there" is success. A team keeps one owner.
    pub async fn remove_team_member(&self, team: Uuid, member: &MembershipId) -> Result<()> {
        let path = format!("teams/{team}/members/{}", odata::escape(&member.0));
        let call = self.call(operation::REMOVE_TEAM_MEMBER, Method::DELETE, &path)?;
        found(self.tenant.send(call).await).map(drop)
    }
}
