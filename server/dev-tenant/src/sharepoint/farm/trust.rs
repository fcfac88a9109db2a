//! Whom a farm believes (`New-SPTrustedSecurityTokenIssuer`), and what the registered add-ins may do.

use std::collections::BTreeMap;

use openssl::error::ErrorStack;
use openssl::x509::X509;
use serde::Serialize;
use uuid::Uuid;

use crate::directory::AppId;
use crate::sharepoint::state::ids::SiteId;
use crate::sharepoint::state::people::GrantRole;

#[derive(Debug, Default)]
pub struct Trust {
    pub issuers: BTreeMap<Uuid, Issuer>,
    pub add_ins: BTreeMap<AppId, AddIn>,
}

#[derive(Debug, Clone)]
pub struct Issuer {
    pub certificate: X509,
    /// `-IsTrustBroker`: may speak for add-ins of other client ids than its own.
    pub is_trust_broker: bool,
}

impl Issuer {
    /// # Errors
    /// Text that holds no certificate.
    pub fn read(pem: &str, is_trust_broker: bool) -> Result<Self, ErrorStack> {
        Ok(Self {
            certificate: X509::from_pem(pem.as_bytes())?,
            is_trust_broker,
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AddIn {
    pub title: String,
    /// `AllowAppOnlyPolicy`.
    pub app_only: bool,
    pub grants: Vec<Grant>,
}

/// A permission request that was trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Grant {
    /// `None` = all site collections of the farm.
    pub site: Option<SiteId>,
    pub right: GrantRole,
}

impl AddIn {
    /// The widest right on a site.
    pub fn right(&self, site: SiteId) -> Option<GrantRole> {
        let here = self
            .grants
            .iter()
            .filter(|grant| grant.site.is_none_or(|own| own == site));
        here.map(|grant| grant.right).max()
    }
}
