//! SharePoint Server: a farm of the company's own beside SharePoint Online, with high-trust add-ins and remote event
//! receivers, without webhooks and without Microsoft Graph.

pub(crate) mod accounts;
pub(crate) mod asking;
pub mod door;
pub(crate) mod events;
pub mod manifest;
pub(crate) mod post;
pub mod receiver;
pub(crate) mod soap;
#[cfg(test)]
mod tests;
mod token;
pub mod trust;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use serde::Serialize;
use uuid::Uuid;

use super::state::ids::SiteId;
use super::state::site::Site;
use crate::sharepoint::SharePoint;
use events::Occurrence;
use post::Post;
use receiver::Receiver;
use soap::Verdict;
use trust::Trust;

/// What the farm is to its callers; its sites lie among the tenant's.
#[derive(Debug)]
pub struct Farm {
    /// E.g. `sharepoint.contoso.local`.
    pub host: String,
    /// `Get-SPAuthenticationRealm`.
    pub realm: Uuid,
    trust: Mutex<Trust>,
    /// The way out to event receivers.
    pub(crate) post: OnceLock<Post>,
}

impl Farm {
    pub fn new(host: &str, realm: Uuid) -> Self {
        Self {
            host: host.to_ascii_lowercase(),
            realm,
            trust: Mutex::default(),
            post: OnceLock::new(),
        }
    }

    /// Whom the farm believes, and what add-ins may do.
    pub fn trust(&self) -> MutexGuard<'_, Trust> {
        self.trust.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a site of a farm has beside what every site has.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FarmSite {
    pub host: String,
    /// `NetBIOS` name of the Windows domain, e.g. `contoso`.
    pub domain: String,
    pub receivers: BTreeMap<Uuid, Receiver>,
    /// By request: what its receivers are to be asked before it goes on.
    #[serde(skip)]
    pub(crate) asking: BTreeMap<Uuid, Occurrence>,
    #[serde(skip)]
    pub(crate) answered: BTreeMap<Uuid, (Occurrence, Verdict)>,
    /// What has happened and is still to be told: the receiver's address with it.
    #[serde(skip)]
    pub(crate) due: Vec<(String, Occurrence)>,
}

impl SharePoint {
    /// The site at a path of a host: the farm's own on its host, the tenant's on every other.
    pub(crate) fn site_at(&self, host: &str, path: &str) -> Option<&Site> {
        let is_farm = self.sites.iter().any(|site| site.is_on(host));
        let mut here = self
            .sites
            .iter()
            .filter(|site| site.is_on(host) || (!is_farm && site.farm.is_none()));
        here.find(|site| site.path.eq_ignore_ascii_case(path))
    }

    pub(crate) fn site_mut(&mut self, id: SiteId) -> Option<&mut Site> {
        self.sites.iter_mut().find(|site| site.id == id)
    }
}

impl Site {
    fn is_on(&self, host: &str) -> bool {
        self.farm.as_ref().is_some_and(|farm| farm.host == host)
    }
}
