//! Mints access tokens truthfully from the registration.

use std::collections::BTreeSet;

use openssl::error::ErrorStack;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::audience::Audience;
use super::bearer::issuer;
use super::signing::SigningKey;
use crate::directory::{App, ObjectId};
use crate::world::World;

/// Seconds a token lives.
pub(crate) const LIFE: i64 = 3599;

/// How an app proved who it is; SharePoint refuses app-only tokens got by a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    Secret,
    Certificate,
}

impl Credential {
    /// `appidacr`, `azpacr`; a public client has "0".
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Secret => "1",
            Self::Certificate => "2",
        }
    }
}

/// Template ids of the directory roles a person or an app's principal holds.
pub(crate) fn directory_roles(world: &World, principal: ObjectId) -> BTreeSet<Uuid> {
    let tenant = world.tenant();
    let roles = tenant.directory.roles.get(&principal);
    roles.cloned().unwrap_or_default()
}

/// An app-only token (version 1.0) with `aud` as the client wrote the resource.
pub fn app_token(
    world: &World,
    key: &SigningKey,
    app: &App,
    audience: Audience,
    aud: &str,
    credential: Credential,
) -> Result<String, ErrorStack> {
    let now = world.clock.now().as_second();
    let mut claims = Map::new();
    let mut put = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    put("aud", json!(aud));
    put("iss", json!(issuer(world)));
    put("iat", json!(now));
    put("nbf", json!(now));
    put("exp", json!(now + LIFE));
    put("app_displayname", json!(app.display_name));
    put("appid", json!(app.app_id));
    put("appidacr", json!(credential.class()));
    put("idtyp", json!("app"));
    put("oid", json!(app.principal));
    put("sub", json!(app.principal));
    put("tid", json!(world.names.id));
    put("ver", json!("1.0"));
    if let Some(roles) = app.roles.get(&audience.app_id()) {
        put("roles", json!(roles));
    }
    let wids = directory_roles(world, app.principal);
    if !wids.is_empty() {
        put("wids", json!(wids));
    }
    key.sign(&Value::Object(claims))
}
