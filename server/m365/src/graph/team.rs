//! Teams: Microsoft 365 groups that Teams shows. A team has its group's id.

use http::Method;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Graph, TeamOperationLink, TeamSettings, operation};
use crate::{Operation, Result, Verdict, error::found};

/// A team as Graph describes it. Name, description and visibility are its group's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Team {
    pub id: Uuid,
    pub display_name: Option<String>,
    pub is_archived: Option<bool>,
    pub web_url: Option<String>,
    #[serde(flatten)]
    pub settings: TeamSettings,
}

impl Graph {
    /// The team of a group, if the group is one.
    pub async fn team(&self, id: Uuid) -> Result<Option<Team>> {
        found(self.get(operation::READ_TEAM, &format!("teams/{id}")).await)
    }

    /// Makes a group with an owner a team. Idempotent: "already one" is success. A group younger than a quarter of an
    /// hour may not be seen yet (`Settling`). `None`: done; otherwise Graph is at it.
    pub async fn create_team(
        &self,
        group: Uuid,
        settings: &TeamSettings,
    ) -> Result<Option<TeamOperationLink>> {
        let path = format!("groups/{group}/team");
        let call = self.call(operation::CREATE_TEAM, Method::PUT, &path)?;
        match self.tenant.send(call.known().json(settings.json())).await {
            Err(error) if error.verdict == Verdict::Conflict => Ok(None),
            Err(error) => Err(error),
            Ok(answer) => Ok(TeamOperationLink::of(&answer)),
        }
    }

    /// Sets what is told in `settings`. Idempotent.
    pub async fn update_team(&self, id: Uuid, settings: &TeamSettings) -> Result<()> {
        let path = format!("teams/{id}");
        self.change(
            operation::UPDATE_TEAM,
            Method::PATCH,
            &path,
            Some(settings.json()),
        )
        .await
    }

    /// Freezes a team: everything can be read, nothing written. Read first whether it is archived.
    pub async fn archive_team(&self, id: Uuid) -> Result<Option<TeamOperationLink>> {
        self.begin(operation::ARCHIVE_TEAM, &format!("teams/{id}/archive"))
            .await
    }

    /// Thaws a team. Read first whether it is archived.
    pub async fn unarchive_team(&self, id: Uuid) -> Result<Option<TeamOperationLink>> {
        self.begin(operation::UNARCHIVE_TEAM, &format!("teams/{id}/unarchive"))
            .await
    }

    async fn begin(&self, operation: Operation, path: &str) -> Result<Option<TeamOperationLink>> {
        let call = self.call(operation, Method::POST, path)?.known();
        Ok(TeamOperationLink::of(&self.tenant.send(call).await?))
    }
}
