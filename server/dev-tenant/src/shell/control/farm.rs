//! The SharePoint farm: whom it believes, and the add-ins registered with it.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::refusal::Refusal;
use crate::directory::AppId;
use crate::sharepoint::farm::Farm;
use crate::sharepoint::farm::manifest;
use crate::sharepoint::farm::trust::Issuer;
use crate::shell::state::Shell;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct NewIssuer {
    /// PEM.
    certificate: String,
    #[serde(default)]
    is_trust_broker: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Where {
    /// Server-relative path of the farm's site that trusts the add-in.
    site: String,
}

fn farm(shell: &Shell) -> Result<&Farm, Refusal> {
    let farm = shell.world.farm();
    farm.ok_or_else(|| Refusal::NotFound("farm; start the tenant with --server-host".to_owned()))
}

pub(super) async fn read(State(shell): State<Arc<Shell>>) -> Result<Json<Value>, Refusal> {
    let farm = farm(&shell)?;
    let trust = farm.trust();
    let issuers: Vec<_> = trust.issuers.keys().collect();
    let add_ins = serde_json::to_value(&trust.add_ins)?;
    Ok(Json(
        json!({"host": farm.host, "realm": farm.realm, "issuers": issuers, "addIns": add_ins}),
    ))
}

/// `New-SPTrustedSecurityTokenIssuer`, with the certificate's trust.
pub(super) async fn trust(
    State(shell): State<Arc<Shell>>,
    Path(id): Path<Uuid>,
    Json(new): Json<NewIssuer>,
) -> Result<StatusCode, Refusal> {
    let issuer = Issuer::read(&new.certificate, new.is_trust_broker);
    let issuer =
        issuer.map_err(|_| Refusal::Unreadable("certificate: this is no PEM certificate".to_owned()))?;
    farm(&shell)?.trust().issuers.insert(id, issuer);
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn distrust(
    State(shell): State<Arc<Shell>>,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Refusal> {
    let gone = farm(&shell)?.trust().issuers.remove(&id);
    gone.map(|_| StatusCode::NO_CONTENT)
        .ok_or_else(|| Refusal::NotFound(format!("issuer {id}")))
}

/// Registers the add-in of an `AppManifest.xml` and trusts it on a site.
pub(super) async fn register(
    State(shell): State<Arc<Shell>>,
    Query(place): Query<Where>,
    text: String,
) -> Result<Json<Value>, Refusal> {
    let farm = farm(&shell)?;
    let site = {
        let tenant = shell.world.tenant();
        tenant
            .sharepoint
            .site_at(&farm.host, &place.site)
            .map(|site| site.id)
    };
    let site = site.ok_or_else(|| Refusal::NotFound(format!("site {} of the farm", place.site)))?;
    let (client, add_in) =
        manifest::register(&text, site).map_err(|error| Refusal::Unreadable(error.to_string()))?;
    let shown = json!({"clientId": client, "addIn": serde_json::to_value(&add_in)?});
    farm.trust().add_ins.insert(client, add_in);
    Ok(Json(shown))
}

pub(super) async fn forget(
    State(shell): State<Arc<Shell>>,
    Path(client): Path<Uuid>,
) -> Result<StatusCode, Refusal> {
    let gone = farm(&shell)?.trust().add_ins.remove(&AppId(client));
    gone.map(|_| StatusCode::NO_CONTENT)
        .ok_or_else(|| Refusal::NotFound(format!("add-in {client}")))
}
