//! Domains to which the tenant takes mail.

use serde::{Deserialize, Serialize};

use super::{Cmdlet, Driver, Exchange, operation};
use crate::Result;

/// A domain to which the tenant takes mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AcceptedDomain {
    pub domain_name: String,
    /// `Authoritative`, `InternalRelay` or `ExternalRelay`.
    pub domain_type: String,
    /// Whether new recipients get their address here.
    #[serde(default)]
    pub default: bool,
}

impl<D: Driver> Exchange<D> {
    /// All domains to which the tenant takes mail.
    pub async fn accepted_domains(&self) -> Result<Vec<AcceptedDomain>> {
        self.rows(Cmdlet::read(
            operation::READ_ACCEPTED_DOMAINS,
            "Get-AcceptedDomain",
        ))
        .await
    }
}
