//! Sites, and what apps with Sites.Selected are granted on them.

use serde_json::{Value, json};
use uuid::Uuid;

use super::fault::Fault;
use super::model::Entity;
use super::permission::{GRANT_SITES, READ_SITES};
use super::request::{Outcome, Request, entity, json as answer, parameter};
use crate::call::Reply;
use crate::directory::AppId;
use crate::sharepoint::state::people::GrantRole;
use crate::sharepoint::state::site::{AppGrant, Site};

pub(crate) fn route(request: &Request, method: &str, path: &[&str]) -> Option<Outcome> {
    Some(match (method, path) {
        ("GET", [id]) => by_id(request, id),
        ("GET", [id, "permissions"]) => list(request, id),
        ("POST", [id, "permissions"]) => grant(request, id),
        ("GET", [id, "permissions", permission]) => one(request, id, permission),
        ("PATCH", [id, "permissions", permission]) => change(request, id, permission),
        ("DELETE", [id, "permissions", permission]) => revoke(request, id, permission),
        ("GET", [host, rest @ ..]) if host.ends_with(':') => {
            by_path(request, host.trim_end_matches(':'), rest)
        }
        _ => return None,
    })
}

fn not_found() -> Fault {
    Fault::refused(404, "itemNotFound", "Requested site could not be found")
}

fn may(request: &Request, permissions: &[&str]) -> Result<(), Fault> {
    if request.holds(permissions) && request.person().is_none() {
        return Ok(());
    }
    Err(Fault::refused(403, "accessDenied", "Access denied"))
}

fn host(request: &Request) -> String {
    format!("{}.sharepoint.com", request.world.names.name)
}

fn site_id(request: &Request, site: &Site) -> String {
    format!("{},{},{}", host(request), site.id, site.web_id)
}

/// A site by `{host},{site},{web}` or by the site's own id.
fn is(request: &Request, site: &Site, id: &str) -> bool {
    let named =
        site_id(request, site).eq_ignore_ascii_case(id) || site.id.to_string().eq_ignore_ascii_case(id);
    named && site.farm.is_none()
}

fn show(request: &Request, site: &Site) -> Reply {
    let shown = json!({
        "id": site_id(request, site),
        "name": site.path.rsplit('/').next(),
        "displayName": site.title,
        "description": site.description,
        "webUrl": format!("https://{}{}", host(request), site.path),
        "createdDateTime": site.created,
    });
    entity(
        200,
        "sites/$entity",
        shown.as_object().cloned().unwrap_or_default(),
    )
}

fn by_id(request: &Request, id: &str) -> Outcome {
    may(request, READ_SITES)?;
    let tenant = request.world.tenant();
    let site = tenant.sharepoint.sites.iter().find(|site| is(request, site, id));
    site.map(|site| show(request, site)).ok_or_else(not_found)
}

fn by_path(request: &Request, wanted_host: &str, rest: &[&str]) -> Outcome {
    may(request, READ_SITES)?;
    let path = format!("/{}", rest.join("/"));
    let tenant = request.world.tenant();
    let mut sites = tenant.sharepoint.sites.iter().filter(|site| site.farm.is_none());
    sites
        .find(|site| {
            wanted_host.eq_ignore_ascii_case(&host(request)) && site.path.eq_ignore_ascii_case(&path)
        })
        .map(|site| show(request, site))
        .ok_or_else(not_found)
}

fn shown_grant(id: Uuid, grant: &AppGrant) -> Entity {
    let application = json!({"application": {"id": grant.app, "displayName": grant.display_name}});
    let shown = json!({
        "id": id,
        "roles": [grant.role],
        "grantedToIdentities": [application],
        "grantedToIdentitiesV2": [application],
    });
    shown.as_object().cloned().unwrap_or_default()
}

/// Runs `work` on the site as somebody who may grant.
fn with_site<T>(
    request: &Request,
    id: &str,
    work: impl FnOnce(&mut Site) -> Result<T, Fault>,
) -> Result<T, Fault> {
    may(request, GRANT_SITES)?;
    let mut tenant = request.world.tenant();
    let site = tenant
        .sharepoint
        .sites
        .iter_mut()
        .find(|site| is(request, site, id));
    work(site.ok_or_else(not_found)?)
}

fn key(permission: &str) -> Result<Uuid, Fault> {
    Uuid::try_parse(permission).map_err(|_| not_found())
}

fn list(request: &Request, id: &str) -> Outcome {
    let grants: Vec<Entity> = with_site(request, id, |site| {
        Ok(site
            .grants
            .iter()
            .map(|(id, grant)| shown_grant(*id, grant))
            .collect())
    })?;
    Ok(answer(200, &json!({ "value": grants })))
}

fn one(request: &Request, id: &str, permission: &str) -> Outcome {
    let key = key(permission)?;
    let shown = with_site(request, id, |site| {
        site.grants
            .get(&key)
            .map(|grant| shown_grant(key, grant))
            .ok_or_else(not_found)
    })?;
    Ok(answer(200, &Value::Object(shown)))
}

fn role(body: &Entity) -> Result<GrantRole, Fault> {
    let roles = parameter(body, "roles").and_then(Value::as_array);
    match roles.and_then(|roles| roles.first()).and_then(Value::as_str) {
        Some("read") => Ok(GrantRole::Read),
        Some("write") => Ok(GrantRole::Write),
        Some("manage") => Ok(GrantRole::Manage),
        Some("fullcontrol") => Ok(GrantRole::FullControl),
        _ => Err(Fault::refused(400, "invalidRequest", "Invalid value for role")),
    }
}

fn grant(request: &Request, id: &str) -> Outcome {
    let body = request.object()?;
    let identities =
        parameter(&body, "grantedToIdentities").or_else(|| parameter(&body, "grantedToIdentitiesV2"));
    let application = identities
        .map(|all| all[0]["application"].clone())
        .unwrap_or_default();
    let app = application["id"].as_str().and_then(|id| Uuid::try_parse(id).ok());
    let app = app.ok_or_else(|| {
        Fault::refused(
            400,
            "invalidRequest",
            "One of the provided arguments is not acceptable.",
        )
    })?;
    let grant = AppGrant {
        app: AppId(app),
        display_name: application["displayName"].as_str().unwrap_or_default().to_owned(),
        role: role(&body)?,
    };
    may(request, GRANT_SITES)?;
    let key = request.world.tenant().ids.uuid();
    let shown = shown_grant(key, &grant);
    let site = with_site(request, id, |site| {
        site.grants.insert(key, grant);
        Ok(site.id)
    })?;
    request.record(
        &mut request.world.tenant(),
        format!("graph:grant:site:{site}:{app}"),
    );
    Ok(answer(201, &Value::Object(shown)))
}

fn change(request: &Request, id: &str, permission: &str) -> Outcome {
    let (key, role) = (key(permission)?, role(&request.object()?)?);
    let shown = with_site(request, id, |site| {
        let grant = site.grants.get_mut(&key).ok_or_else(not_found)?;
        grant.role = role;
        Ok(shown_grant(key, grant))
    })?;
    request.record(
        &mut request.world.tenant(),
        format!("graph:change-grant:site:{key}"),
    );
    Ok(answer(200, &Value::Object(shown)))
}

fn revoke(request: &Request, id: &str, permission: &str) -> Outcome {
    let key = key(permission)?;
    with_site(request, id, |site| {
        site.grants.remove(&key).map(|_| ()).ok_or_else(not_found)
    })?;
    request.record(
        &mut request.world.tenant(),
        format!("graph:revoke-grant:site:{key}"),
    );
    Ok(Reply::empty(204))
}
