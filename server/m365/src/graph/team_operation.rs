//! What Graph does to a team after it has answered.

use std::time::Duration;

use http::Method;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Graph, operation};
use crate::{Result, call::Answer, error::found, tenant::header};

/// How long to wait between two looks ("teamsAsyncOperation": too many looks are refused; Microsoft's own tools
/// look every half minute).
pub const TEAM_POLL: Duration = Duration::from_secs(30);

/// Where to look: Graph's own link, which has no host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TeamOperationLink(String);

/// Something that Graph does to a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TeamOperation {
    /// `createTeam`, `teamifyGroup`, `archiveTeam`, `unarchiveTeam` and others.
    pub operation_type: Option<String>,
    pub status: TeamOperationStatus,
    /// The team.
    pub target_resource_id: Option<Uuid>,
    /// Why it failed.
    pub error: Option<OperationError>,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TeamOperationStatus {
    NotStarted,
    InProgress,
    Succeeded,
    Failed,
    /// `invalid`, or one that is new.
    #[serde(untagged)]
    Other(String),
}

/// Why an operation failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperationError {
    pub code: Option<String>,
    pub message: Option<String>,
}

impl TeamOperationLink {
    /// The link in an answer, if it has one.
    pub(super) fn of(answer: &Answer) -> Option<Self> {
        let link = header(&answer.headers, "location")?.trim();
        (!link.is_empty()).then(|| Self(link.to_owned()))
    }

    /// Below the version, for a link without a host.
    fn path(&self) -> &str {
        let path = self.0.trim_start_matches('/');
        path.strip_prefix("v1.0/").unwrap_or(path)
    }
}

impl Graph {
    /// How far an operation is, if Graph still knows it.
    pub async fn team_operation(&self, link: &TeamOperationLink) -> Result<Option<TeamOperation>> {
        let operation = operation::READ_TEAM_OPERATION;
        let call = if link.0.contains("://") {
            self.call_to(operation, Method::GET, &link.0)?
        } else {
            self.call(operation, Method::GET, link.path())?
        };
        let answer = found(self.tenant.send(call).await)?;
        answer.map(|answer| answer.json()).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_without_a_host_may_name_the_version_or_not() {
        for link in [
            "/teams('8')/operations('9')",
            "teams('8')/operations('9')",
            "/v1.0/teams('8')/operations('9')",
        ] {
            assert_eq!(
                TeamOperationLink(link.to_owned()).path(),
                "teams('8')/operations('9')"
            );
        }
    }
}
