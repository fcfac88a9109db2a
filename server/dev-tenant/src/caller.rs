//! Who makes a call, as proved by a verified token or a signed-in browser session.

use crate::directory::{AppId, ObjectId};

/// A verified caller. There is no anonymous variant: a service answers 401 before it builds one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    App(AppCaller),
    Person(PersonCaller),
}

impl Caller {
    /// `app:{client id}` or `person:{object id}`, as the ledger writes it.
    pub fn ledger_name(&self) -> String {
        match self {
            Self::App(app) => format!("app:{}", app.app_id.0),
            Self::Person(person) => format!("person:{}", person.person.0),
        }
    }
}

/// An app-only token's bearer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppCaller {
    pub app_id: AppId,
    /// Object id of the service principal in this tenant.
    pub principal: ObjectId,
    pub display_name: String,
    /// Application permissions of the resource that was called, as the token carries them.
    pub roles: Vec<String>,
    /// Template ids of directory roles.
    pub wids: Vec<String>,
    /// `appidacr` 2: SharePoint refuses app-only tokens obtained with a secret (sharepoint-api.md 1.1).
    pub by_certificate: bool,
}

/// A signed-in person, by delegated token or by browser session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonCaller {
    pub person: ObjectId,
    pub channel: Channel,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Channel {
    /// A delegated token: the client and its scopes.
    Token { app_id: AppId, scopes: Vec<String> },
    /// A browser session on the SharePoint host: writes need a form digest.
    Cookie,
}
