//! The application of a classic page: what SharePoint's own pages bring, and npm does not have.

use serde_json::{Map, Value, json};

use super::manifests::library;

/// "Classic page": by this id the framework knows that it runs on one.
pub(super) const CLASSIC_PAGE: &str = "eb4b666b-5c29-4dad-9a99-23613f21a2b7";

/// The framework's modules that the application itself uses.
const USES: [&str; 2] = ["@microsoft/sp-application-base", "@microsoft/sp-webpart-base"];

pub(super) fn manifest(base: &str, known: &[Value]) -> Value {
    let uses = USES.into_iter().filter_map(|module| {
        let entry = module.strip_prefix("@microsoft/")?;
        let found = known
            .iter()
            .find(|manifest| manifest["loaderConfig"]["entryModuleId"] == entry)?;
        let (id, version) = (&found["id"], &found["version"]);
        Some((
            module.to_owned(),
            json!({"type": "component", "id": id, "version": version}),
        ))
    });
    let uses: Map<String, Value> = uses.collect();
    let base = format!("{base}page/");
    let mut manifest = library(
        CLASSIC_PAGE,
        "classic-page-application",
        "1.0.0",
        &base,
        "application.js",
        uses,
    );
    manifest["componentType"] = json!("Application");
    manifest["isInternal"] = json!(true);
    manifest
}
