//! Where a user's licences come from, and whether they work.

use http::Method;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Graph, operation};
use crate::{Result, error::found};

/// One way in which a user holds a product (Graph's `licenseAssignmentState`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LicenceState {
    pub sku_id: Uuid,
    #[serde(default)]
    pub disabled_plans: Vec<Uuid>,
    /// The group that gives it; `None`: it was given to the user himself.
    pub assigned_by_group: Option<Uuid>,
    /// `Active`, `ActiveWithError`, `Disabled` or `Error`.
    pub state: String,
    /// `None`, `CountViolation`, `MutuallyExclusiveViolation`, `DependencyViolation`,
    /// `ProhibitedInUsageLocationViolation`, `UniquenessViolation` or `Other`.
    pub error: Option<String>,
}

impl LicenceState {
    /// Whether it can be taken from the user without touching a group.
    pub fn is_direct(&self) -> bool {
        self.assigned_by_group.is_none()
    }

    /// Whether the user can use it.
    pub fn is_active(&self) -> bool {
        self.state == "Active"
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct States {
    #[serde(default)]
    license_assignment_states: Vec<LicenceState>,
}

impl Graph {
    /// How a user holds his products, one entry for each way; `None`: no such user.
    pub async fn licence_states(&self, user: Uuid) -> Result<Option<Vec<LicenceState>>> {
        let path = format!("users/{user}?$select=id,licenseAssignmentStates");
        let read: Option<States> = found(self.get(operation::READ_LICENCE_STATES, &path).await)?;
        Ok(read.map(|states| states.license_assignment_states))
    }

    /// Makes Entra try again what a group could not give. Idempotent.
    pub async fn reprocess_licences(&self, user: Uuid) -> Result<()> {
        let path = format!("users/{user}/reprocessLicenseAssignment");
        self.change(operation::REPROCESS_LICENCES, Method::POST, &path, None)
            .await
    }
}
