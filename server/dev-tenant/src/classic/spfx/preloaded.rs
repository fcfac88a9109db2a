//! What the home page hands to the framework: loader data, and our web parts with their properties.

use serde_json::{Map, Value, json};

use super::application::CLASSIC_PAGE;
use super::manifests::{RUNTIME_FOLDER, manifests};
use super::package::Package;
use super::page_context::page_context;
use super::runtime::{ASSEMBLY, Runtime};
use crate::classic::visit::Visit;

/// The data of the page's script, and the web parts to show, by the ids of their elements.
#[derive(Debug)]
pub(in crate::classic) struct Preloaded {
    pub(in crate::classic) data: Value,
    pub(in crate::classic) assembly: String,
    pub(in crate::classic) start: String,
    pub(in crate::classic) parts: Vec<String>,
}

pub(in crate::classic) fn preloaded(
    visit: &Visit<'_, '_>,
    runtime: &Runtime,
    package: &Package,
) -> Preloaded {
    let host = visit.session.host_url();
    let own = package.manifests(&host);
    let parts: Vec<Value> = own
        .iter()
        .filter(|manifest| manifest["componentType"] == "WebPart")
        .map(|manifest| part(visit, package, manifest))
        .collect();
    let ids = parts
        .iter()
        .filter_map(|part| part["element"].as_str().map(str::to_owned));
    let mut all = manifests(runtime, &host);
    all.extend(own.clone());
    Preloaded {
        parts: ids.collect(),
        data: json!({
            "preloaded": {
                "buildNumber": "16.0.25912.12000",
                "clientSideApplicationId": CLASSIC_PAGE,
                "manifests": all,
                "spPageContextInfo": page_context(visit),
            },
            "parts": parts,
        }),
        assembly: format!("{RUNTIME_FOLDER}{ASSEMBLY}"),
        start: format!("{RUNTIME_FOLDER}page/start.js"),
    }
}

/// A web part as an author would have put it on the page: with its first preconfigured entry.
fn part(visit: &Visit<'_, '_>, package: &Package, manifest: &Value) -> Value {
    let id = manifest["id"].as_str().unwrap_or_default();
    let entry = &manifest["preconfiguredEntries"][0];
    let mut properties = entry["properties"].as_object().cloned().unwrap_or_default();
    configure(visit, package, &mut properties);
    json!({
        "element": format!("WebPart_{id}"),
        "webPartData": {
            "id": id,
            "instanceId": id,
            "title": entry["title"]["default"],
            "description": "",
            "dataVersion": "1.0",
            "properties": properties,
        },
    })
}

/// Fills in the client id of the API that the package asks a scope of, as the page's author would.
fn configure(visit: &Visit<'_, '_>, package: &Package, properties: &mut Map<String, Value>) {
    let wanted = package
        .permissions
        .first()
        .map(|request| request.resource.as_str());
    let mut apps = visit.session.tenant.directory.apps.values();
    let app = apps.find(|app| Some(app.display_name.as_str()) == wanted);
    if let (Some(app), Some(client)) = (app, properties.get_mut("clientId")) {
        *client = json!(app.app_id);
    }
}
