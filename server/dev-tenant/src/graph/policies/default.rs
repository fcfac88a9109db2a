//! The policy that every tenant has, and that restricts nothing until somebody enables it.

use serde_json::json;

use super::{DEFAULT, read as changes};
use crate::call::Reply;
use crate::graph::page;
use crate::graph::permission::{READ_APP_POLICIES, WRITE_APP_POLICIES};
use crate::graph::request::{Outcome, Request, entity};

const RESOURCE: &str = "tenantAppManagementPolicy";

pub(super) fn read(request: &Request) -> Outcome {
    request.may(READ_APP_POLICIES)?;
    let none = json!({"passwordCredentials": [], "keyCredentials": []});
    let born = json!({
        "id": DEFAULT,
        "displayName": "Default app management tenant policy",
        "description": "Default tenant policy that enforces app management restrictions on applications and service principals.",
        "isEnabled": false,
        "applicationRestrictions": none,
        "servicePrincipalRestrictions": none,
    });
    let mut full = born.as_object().cloned().unwrap_or_default();
    full.extend(request.world.tenant().directory.app_policies.default.clone());
    let shown = page::select(&full, RESOURCE, &request.options.select, &[])?;
    Ok(entity(200, "policies/defaultAppManagementPolicy/$entity", shown))
}

pub(super) fn patch(request: &Request) -> Outcome {
    request.may_write(WRITE_APP_POLICIES)?;
    let mut changes = changes(RESOURCE, request)?;
    changes.remove("id");
    let mut tenant = request.world.tenant();
    tenant.directory.app_policies.default.extend(changes);
    request.record(&mut tenant, "graph:update:policy:default".to_owned());
    Ok(Reply::empty(204))
}
