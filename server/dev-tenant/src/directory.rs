//! The directory of Entra ID: people, groups, app registrations, licences. State only; rules are in `entra` and `graph`.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::graph::{Operation, Picture, Team, TeamCalls, Track};
use crate::registration::{AppPolicies, Registration};

/// Identifier of a directory object (user, group, service principal).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ObjectId(pub Uuid);

/// Client id of an app registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AppId(pub Uuid);

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Directory {
    pub users: BTreeMap<ObjectId, User>,
    pub groups: BTreeMap<ObjectId, Group>,
    /// People outside whom the address book shows; Exchange makes them.
    pub contacts: BTreeMap<ObjectId, Contact>,
    pub apps: BTreeMap<AppId, App>,
    pub delegated_grants: Vec<DelegatedGrant>,
    pub app_policies: AppPolicies,
    /// Certificates by which issuers elsewhere sign, as Entra would fetch them: PEM, by address of the issuer.
    pub issuers: BTreeMap<String, String>,
    /// Directory roles of people and of apps' principals, by template id (`wids` of their tokens).
    pub roles: BTreeMap<ObjectId, BTreeSet<Uuid>>,
    pub skus: Vec<Sku>,
    /// What change tracking has seen so far.
    #[serde(skip)]
    pub(crate) track: Track,
    /// When people last got another name or address, for services that hear of it later.
    #[serde(skip)]
    pub(crate) renamed: BTreeMap<ObjectId, Timestamp>,
    /// Whether any group ever gave licences.
    #[serde(skip)]
    pub(crate) groups_give_licences: bool,
    /// How often apps called Teams lately.
    #[serde(skip)]
    pub(crate) team_calls: TeamCalls,
    /// When people last got other licences, for services that hear of it later.
    #[serde(skip)]
    pub(crate) licensed: BTreeMap<ObjectId, Timestamp>,
}

impl Directory {
    /// Notes that a person has other names or addresses since `at`.
    pub(crate) fn rename(&mut self, person: ObjectId, at: Timestamp) {
        self.renamed.insert(person, at);
    }

    /// Lets change tracking see the directory as it has replicated by `now`; the number of this look.
    pub(crate) fn look(&mut self, now: Timestamp) -> u64 {
        let mut track = std::mem::take(&mut self.track);
        let look = track.look(self, now);
        self.track = track;
        look
    }
}

/// A person. `properties` holds every other Graph property of `user` under its Graph name (`jobTitle`, `mail` …).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct User {
    pub id: ObjectId,
    pub user_principal_name: String,
    pub display_name: String,
    pub account_enabled: bool,
    pub properties: Map<String, Value>,
    pub manager: Option<ObjectId>,
    pub licences: BTreeMap<Uuid, BTreeSet<Uuid>>,
    /// What groups give him.
    pub inherited: Vec<InheritedLicence>,
    /// Kept so that tests can see that an initial password works once; never in a dump.
    #[serde(skip)]
    pub password: Option<String>,
    pub created: Timestamp,
    pub deleted: Option<Timestamp>,
    /// Before this moment Graph answers 404: replication lag.
    pub visible_from: Timestamp,
}

impl User {
    /// Whether everybody sees him by now: not deleted, and replicated.
    pub fn is_seen(&self, now: Timestamp) -> bool {
        self.deleted.is_none() && self.visible_from <= now
    }
}

/// A licence that a group gives its members; `error` says why it has not come through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InheritedLicence {
    pub group: ObjectId,
    pub sku: Uuid,
    pub disabled: BTreeSet<Uuid>,
    pub error: Option<String>,
}

/// A group. `properties` holds every other Graph property of `group`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Group {
    pub id: ObjectId,
    pub display_name: String,
    /// The immutable alternate key of `PATCH /groups(uniqueName='…')` with `Prefer: create-if-missing`.
    pub unique_name: Option<String>,
    pub properties: Map<String, Value>,
    pub members: BTreeSet<ObjectId>,
    pub owners: BTreeSet<ObjectId>,
    /// Licences that its members inherit, with the plans that are disabled.
    pub licences: BTreeMap<Uuid, BTreeSet<Uuid>>,
    /// When the licences were last changed.
    pub licences_changed: Option<Timestamp>,
    /// An app made it through Graph: it keeps an owner once it has one.
    pub made_by_app: bool,
    pub team: Option<Team>,
    /// Operations on its team, oldest first.
    pub operations: Vec<Operation>,
    pub picture: Option<Picture>,
    pub created: Timestamp,
    pub deleted: Option<Timestamp>,
    pub visible_from: Timestamp,
}

impl Group {
    /// Whether everybody sees it by now: not deleted, and replicated.
    pub fn is_seen(&self, now: Timestamp) -> bool {
        self.deleted.is_none() && self.visible_from <= now
    }
}

/// A mail contact. `properties` holds the Graph properties of `orgContact`, among them `proxyAddresses`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Contact {
    pub id: ObjectId,
    pub display_name: String,
    /// Where mail to the contact goes.
    pub external_address: String,
    pub properties: Map<String, Value>,
    pub created: Timestamp,
    pub visible_from: Timestamp,
}

/// An app registration with its service principal in this tenant.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct App {
    pub app_id: AppId,
    pub principal: ObjectId,
    pub display_name: String,
    /// Granted application permissions: resource app id -> role names.
    pub roles: BTreeMap<Uuid, BTreeSet<String>>,
    /// Delegated scopes this app exposes under `identifier_uris`.
    pub exposed_scopes: BTreeSet<String>,
    pub identifier_uris: Vec<String>,
    pub redirect_uris: Vec<String>,
    pub certificates: Vec<AppCertificate>,
    pub secrets: Vec<AppSecret>,
    /// 1 (or null) and 2 as in the manifest's `requestedAccessTokenVersion`.
    pub access_token_version: u8,
    pub registration: Registration,
}

/// What `client` may do at `resource` (an app of the tenant or Microsoft's own) as whoever is signed in: a grant of
/// the administrator for everybody (Graph's `oAuth2PermissionGrant` with `consentType` `AllPrincipals`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelegatedGrant {
    pub client: AppId,
    pub resource: AppId,
    pub scopes: BTreeSet<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AppCertificate {
    pub key_id: Uuid,
    /// DER, base64.
    pub der: String,
    pub not_after: Timestamp,
    pub removed: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AppSecret {
    pub key_id: Uuid,
    #[serde(skip)]
    pub value: String,
    pub not_after: Timestamp,
    pub removed: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sku {
    pub sku_id: Uuid,
    pub part_number: String,
    pub enabled_units: u32,
    /// Service plans: id -> name.
    pub plans: BTreeMap<Uuid, String>,
}
