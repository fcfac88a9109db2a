//! What stands in an app's registration beside its certificates and secrets: its owners, how credentials came and
//! went, whom else it trusts, and which policies hold for it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::directory::{App, AppId, ObjectId};

/// Which of the two directory objects of an app is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AppObject {
    Application,
    ServicePrincipal,
}

impl AppObject {
    /// The name of its type in Graph.
    pub(crate) const fn resource(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::ServicePrincipal => "servicePrincipal",
        }
    }
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Registration {
    pub created: Timestamp,
    /// Application permissions that an administrator is asked to consent to (`requiredResourceAccess`): resource app id
    /// -> role names.
    #[serde(default)]
    pub asks: BTreeMap<Uuid, BTreeSet<String>>,
    pub owners: BTreeMap<AppObject, BTreeSet<ObjectId>>,
    /// By key id of a certificate or secret, or by id of a federated credential.
    pub records: BTreeMap<Uuid, CredentialRecord>,
    pub federated: Vec<FederatedCredential>,
    /// Policies of credentials that hold for the app alone.
    pub policies: BTreeMap<AppObject, Uuid>,
    /// Other Graph properties of the application.
    pub properties: Map<String, Value>,
}

/// How a credential came into the registration and went. What has none was there from the beginning.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CredentialRecord {
    pub object: AppObject,
    pub display_name: Option<String>,
    pub starts: Timestamp,
    /// The first characters of a secret.
    pub hint: Option<String>,
    pub added: Timestamp,
    pub removed: Option<Timestamp>,
}

/// Whose tokens, made elsewhere, the app may show in place of a credential.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FederatedCredential {
    pub id: Uuid,
    pub name: String,
    pub issuer: String,
    pub subject: String,
    pub audiences: Vec<String>,
    pub description: Option<String>,
    pub removed: bool,
}

/// Restrictions on credentials, as Graph writes them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AppPolicies {
    /// What was set of the policy that always exists.
    pub default: Map<String, Value>,
    pub custom: BTreeMap<Uuid, Map<String, Value>>,
}

/// Differs from every app id by these bits, and leaves the version of a UUID alone.
const APPLICATION_OBJECTS: u128 = 0x5bd1_e995_7f4a_0c15_1e37_79b9_8f1b_cd6d;

impl AppId {
    /// Object id of the registration: another one than the app id, and found again from it.
    pub fn application(self) -> ObjectId {
        ObjectId(Uuid::from_u128(self.0.as_u128() ^ APPLICATION_OBJECTS))
    }
}

impl App {
    pub fn object_id(&self, object: AppObject) -> ObjectId {
        match object {
            AppObject::Application => self.app_id.application(),
            AppObject::ServicePrincipal => self.principal,
        }
    }

    pub(crate) fn is_owned_by(&self, object: AppObject, owner: ObjectId) -> bool {
        let owners = self.registration.owners.get(&object);
        owners.is_some_and(|owners| owners.contains(&owner))
    }

    /// Which object holds a credential.
    pub(crate) fn keeper(&self, key: Uuid) -> AppObject {
        let record = self.registration.records.get(&key);
        record.map_or(AppObject::Application, |record| record.object)
    }

    /// Notes when a credential went.
    pub(crate) fn note_removal(&mut self, key: Uuid, now: Timestamp) {
        let records = &mut self.registration.records;
        let record = records.entry(key).or_insert_with(|| CredentialRecord {
            object: AppObject::Application,
            display_name: None,
            starts: Timestamp::UNIX_EPOCH,
            hint: None,
            added: Timestamp::UNIX_EPOCH,
            removed: None,
        });
        record.removed = Some(now);
    }
}
