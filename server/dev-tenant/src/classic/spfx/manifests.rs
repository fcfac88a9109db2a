//! The manifests that SharePoint's own page would print: of the runtime, of React, of what npm does not have.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::application;
use super::runtime::{REACT, Runtime};

/// Where the files of the runtime are served.
pub(super) const RUNTIME_FOLDER: &str = "/_layouts/15/spfx/";
/// Below it, any file is the stub.
pub(super) const STUBS: &str = "stubs/";
/// The property pane needs about twenty bundles that are published nowhere; pages for reading do without.
const PROPERTY_PANE: &str = "f9e737b7-f0df-4597-ba8c-3060f82380db";

/// A component as another names it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Reference {
    module: String,
    version: String,
}

/// Manifests of everything that the runtime and the page application need, under `host` (`https://…`).
pub(super) fn manifests(runtime: &Runtime, host: &str) -> Vec<Value> {
    let own: Vec<&(String, Value)> = runtime
        .manifests
        .iter()
        .filter(|(_, manifest)| manifest["id"] != PROPERTY_PANE && manifest["isInternal"] != true)
        .collect();
    let base = format!("{host}{RUNTIME_FOLDER}");
    let mut all: Vec<Value> = own
        .iter()
        .map(|(package, manifest)| hosted(manifest, &format!("{base}{package}/")))
        .collect();
    let property_pane = runtime
        .manifests
        .iter()
        .filter(|(_, manifest)| manifest["id"] == PROPERTY_PANE);
    all.extend(property_pane.map(|(_, manifest)| {
        stub(
            &base,
            PROPERTY_PANE,
            &Reference {
                module: "sp-property-pane".to_owned(),
                version: text(manifest, "version"),
            },
        )
    }));
    let referenced = references(own.iter().map(|(_, manifest)| manifest));
    let known = |id: &String| all.iter().any(|manifest| manifest["id"] == **id);
    let missing: Vec<Value> = referenced
        .iter()
        .filter(|(id, _)| !known(id))
        .map(|(id, reference)| stub(&base, id, reference))
        .collect();
    all.extend(missing);
    all.extend(react(runtime, &base));
    all.push(application::manifest(&base, &all));
    all
}

fn text(manifest: &Value, name: &str) -> String {
    manifest[name].as_str().unwrap_or_default().to_owned()
}

/// The manifest with the address of its files; of the many languages only those our people read.
fn hosted(manifest: &Value, base: &str) -> Value {
    let mut manifest = manifest.clone();
    manifest["loaderConfig"]["internalModuleBaseUrls"] = json!([base]);
    let resources = manifest.pointer_mut("/loaderConfig/scriptResources");
    let resources = resources.and_then(Value::as_object_mut).into_iter().flatten();
    for (_, resource) in resources {
        if let Some(paths) = resource.get_mut("paths").and_then(Value::as_object_mut) {
            paths.retain(|language, _| matches!(language.as_str(), "default" | "en-US" | "ja-JP"));
        }
    }
    manifest
}

/// Every component that the manifests name, by id.
fn references<'a>(manifests: impl Iterator<Item = &'a Value>) -> BTreeMap<String, Reference> {
    let mut found = BTreeMap::new();
    for manifest in manifests {
        let resources = manifest.pointer("/loaderConfig/scriptResources");
        let resources = resources.and_then(Value::as_object).into_iter().flatten();
        for (module, resource) in resources.filter(|(_, resource)| resource["type"] == "component") {
            let reference = Reference {
                module: module.clone(),
                version: text(resource, "version"),
            };
            found.insert(text(resource, "id"), reference);
        }
    }
    found
}

/// A component that lies within the assembly, or that has no file on npm: then the stub stands for it.
/// The loader wants an address for each.
fn stub(base: &str, id: &str, reference: &Reference) -> Value {
    let (module, version) = (&reference.module, &reference.version);
    let base = format!("{base}{STUBS}");
    library(id, module, version, &base, &format!("{id}.js"), Map::new())
}

fn react(runtime: &Runtime, base: &str) -> Vec<Value> {
    let all = references(runtime.manifests.iter().map(|(_, manifest)| manifest));
    let of = |module: &str| all.iter().find(|(_, known)| known.module == module);
    let (Some((react_id, react)), Some((dom_id, dom))) = (of(REACT[0].0), of(REACT[1].0)) else {
        return Vec::new();
    };
    let needs_react = Map::from_iter([(
        "react".to_owned(),
        json!({"type": "component", "id": react_id, "version": react.version}),
    )]);
    vec![
        library(react_id, "react", &react.version, base, REACT[0].1, Map::new()),
        library(dom_id, "react-dom", &dom.version, base, REACT[1].1, needs_react),
    ]
}

/// The manifest of a library in one file.
pub(super) fn library(
    id: &str,
    module: &str,
    version: &str,
    base: &str,
    file: &str,
    mut resources: Map<String, Value>,
) -> Value {
    resources.insert(module.to_owned(), json!({"type": "path", "path": file}));
    json!({
        "id": id,
        "alias": module,
        "componentType": "Library",
        "version": version,
        "manifestVersion": 2,
        "loaderConfig": {
            "internalModuleBaseUrls": [base],
            "entryModuleId": module,
            "scriptResources": resources,
        },
    })
}
