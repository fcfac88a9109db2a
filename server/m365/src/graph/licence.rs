//! Licences: what the tenant has, what a user holds.

use http::Method;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{Graph, operation};
use crate::Result;

/// A product that the tenant has bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sku {
    pub sku_id: Uuid,
    /// E.g. `SPE_E3`.
    pub sku_part_number: String,
    /// `Enabled`, `Warning`, `Suspended`, `Deleted` or `LockedOut`.
    pub capability_status: String,
    pub consumed_units: i64,
    pub prepaid_units: PrepaidUnits,
    #[serde(default)]
    pub service_plans: Vec<ServicePlan>,
}

/// Seats of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrepaidUnits {
    pub enabled: i64,
    pub warning: i64,
}

/// A service within a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServicePlan {
    pub service_plan_id: Uuid,
    pub service_plan_name: String,
    /// `Success`, `Disabled`, `PendingInput`, `PendingActivation`, `PendingProvisioning` or `Error`.
    pub provisioning_status: Option<String>,
    /// `User` or `Company`: the latter cannot be switched off for one user.
    pub applies_to: Option<String>,
}

/// A product that a user holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LicenceDetail {
    pub sku_id: Uuid,
    pub sku_part_number: String,
    /// With those that are switched off.
    #[serde(default)]
    pub service_plans: Vec<ServicePlan>,
}

/// A product to be given, without some of its services.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AddLicence {
    pub sku_id: Uuid,
    pub disabled_plans: Vec<Uuid>,
}

impl ServicePlan {
    /// Whether one user can go without it.
    pub fn can_be_switched_off(&self) -> bool {
        self.applies_to.as_deref() != Some("Company")
    }
}

impl Sku {
    /// Whether it can be given: its subscription has not run out.
    pub fn can_be_given(&self) -> bool {
        matches!(self.capability_status.as_str(), "Enabled" | "Warning")
    }

    /// Seats that can still be given.
    pub fn free(&self) -> i64 {
        self.prepaid_units.enabled + self.prepaid_units.warning - self.consumed_units
    }
}

impl Graph {
    /// All products of the tenant.
    pub async fn subscribed_skus(&self) -> Result<Vec<Sku>> {
        self.all(operation::READ_PRODUCTS, "subscribedSkus").await
    }

    /// The products of a user.
    pub async fn licence_details(&self, user: Uuid) -> Result<Vec<LicenceDetail>> {
        self.all(operation::READ_LICENCES, &format!("users/{user}/licenseDetails"))
            .await
    }

    /// Gives and takes products in one step. The user needs a usage location first. Giving again what is held
    /// is harmless (and sets the disabled services); find first before taking.
    pub async fn assign_licences(&self, user: Uuid, add: &[AddLicence], remove: &[Uuid]) -> Result<()> {
        let body = json!({ "addLicenses": add, "removeLicenses": remove });
        let path = format!("users/{user}/assignLicense");
        self.change(operation::ASSIGN_LICENCES, Method::POST, &path, Some(body))
            .await
    }
}
