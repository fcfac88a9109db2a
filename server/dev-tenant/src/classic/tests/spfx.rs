use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::site::{Browser, Page};
use crate::classic::Spfx;
use crate::sharepoint::fixture::TARO;

const HOME: &str = "/sites/flow/SitePages/Home.aspx";

fn manifest(id: &str, entry: &str, resources: &Value) -> String {
    let manifest = json!({
        "id": id, "alias": entry, "componentType": "Library", "version": "1.23.2", "manifestVersion": 2,
        "loaderConfig": {
            "internalModuleBaseUrls": ["https://localhost:4321/dist/"],
            "entryModuleId": entry,
            "scriptResources": resources,
        },
    });
    manifest.to_string()
}

/// A folder as npm makes it, with files of our own in the place of Microsoft's.
fn modules(folder: &Path) -> PathBuf {
    let write = |path: &str, content: &str| {
        let path = folder.join("node_modules").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    };
    let react = json!({"type": "component", "id": "react-id", "version": "17.0.1"});
    let dom = json!({"type": "component", "id": "react-dom-id", "version": "17.0.1"});
    let inner = json!({"type": "component", "id": "inner-id", "version": "2.3.1"});
    let resources = json!({"sp-webpart-base": {"type": "path", "path": "base.js"}, "tslib": inner, "react": react, "react-dom": dom});
    write(
        "@microsoft/sp-webpart-base/dist/1.manifest.json",
        &manifest("webpart-base-id", "sp-webpart-base", &resources),
    );
    write("@microsoft/sp-webpart-base/dist/base.js", "base");
    write("@microsoft/sp-webpart-base/dist/chunk.one_1.js", "chunk");
    write(
        "@microsoft/sp-application-base/dist/sp-default-assembly_en-us.js",
        "assembly",
    );
    write("react/umd/react.production.min.js", "react");
    write("react-dom/umd/react-dom.production.min.js", "react-dom");
    folder.join("node_modules")
}

fn package(folder: &Path) -> PathBuf {
    let path = folder.join("ours.sppkg");
    let mut zip = ZipWriter::new(fs::File::create(&path).unwrap());
    let part = json!({
        "id": "part-id", "componentType": "WebPart", "version": "0.1.0",
        "preconfiguredEntries": [{"title": {"default": "Request"}, "properties": {"clientId": ""}}],
        "loaderConfig": {"internalModuleBaseUrls": ["HTTPS://SPCLIENTSIDEASSETLIBRARY/"], "scriptResources": {}},
    });
    let manifest = part.to_string().replace('"', "&quot;");
    let elements =
        format!("<Elements><ClientSideComponent Id='part-id' ComponentManifest=\"{manifest}\"/></Elements>");
    let app = "<App ProductID='5d0b7c1e'><WebApiPermissionRequests><WebApiPermissionRequest ResourceId='Provisioning Flow' Scope='access_as_user'/></WebApiPermissionRequests></App>";
    for (name, content) in [
        ("AppManifest.xml", app),
        ("feature/WebPart.xml", &elements),
        ("ClientSideAssets/part.js", "ours"),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    path
}

fn hosting(folder: &Path) -> Browser {
    let mut browser = Browser::new();
    browser.fixture.world.spfx = Spfx::open(Some(&modules(folder)), Some(&package(folder)));
    browser
}

/// What the page hands to its script.
fn data(page: &Page) -> Value {
    let text = page.text();
    let (_, rest) = text.split_once("data-spfx=\"").unwrap();
    let json = rest.split_once('"').unwrap().0;
    serde_json::from_str(
        &json
            .replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">"),
    )
    .unwrap()
}

#[test]
fn without_runtime_and_package_the_home_page_says_how_to_get_them() {
    let page = Browser::new().get(TARO, HOME);
    assert_eq!(page.status(), 200);
    assert!(page.has("npm ci --ignore-scripts") && page.has("scripts/build-spfx"));
}

#[test]
fn the_home_page_starts_the_runtime_with_our_web_part_and_the_persons_own_digest() {
    let folder = tempfile::tempdir().unwrap();
    let browser = hosting(folder.path());
    let page = browser.get(TARO, HOME);
    let data = data(&page);
    let manifests = data["preloaded"]["manifests"].as_array().unwrap();
    let base = |id: &str| {
        let found = manifests.iter().find(|manifest| manifest["id"] == id).unwrap();
        found["loaderConfig"]["internalModuleBaseUrls"][0]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        base("webpart-base-id"),
        "https://contoso.sharepoint.com/_layouts/15/spfx/sp-webpart-base/"
    );
    assert_eq!(
        base("part-id"),
        "https://contoso.sharepoint.com/sites/appcatalog/ClientSideAssets/5d0b7c1e/"
    );
    for id in ["react-id", "react-dom-id", "inner-id"] {
        assert!(base(id).starts_with("https://contoso.sharepoint.com/_layouts/15/spfx/"));
    }
    assert_eq!(data["parts"][0]["element"], "WebPart_part-id");
    assert!(page.has("id=\"WebPart_part-id\""));
    let context = &data["preloaded"]["spPageContextInfo"];
    assert_eq!(context["userPrincipalName"], "taro@contoso.onmicrosoft.com");
    assert_eq!(context["webServerRelativeUrl"], "/sites/flow");
    let digest = context["formDigestValue"].as_str().unwrap();
    assert_eq!(digest, page.hidden("__REQUESTDIGEST"));
}

#[test]
fn files_of_runtime_and_package_are_served_and_no_others() {
    let folder = tempfile::tempdir().unwrap();
    let browser = hosting(folder.path());
    for (path, content) in [
        ("sp-application-base/sp-default-assembly_en-us.js", "assembly"),
        ("sp-webpart-base/base.js", "base"),
        ("sp-application-base/chunk.one_1.js", "chunk"),
        ("react/umd/react.production.min.js", "react"),
    ] {
        let file = browser.get(TARO, &format!("/_layouts/15/spfx/{path}"));
        assert_eq!((file.status(), file.text().as_str()), (200, content), "{path}");
    }
    let asset = browser.get(TARO, "/sites/appcatalog/ClientSideAssets/5d0b7c1e/part.js");
    assert_eq!(asset.text(), "ours");
    for path in [
        "../../../ours.sppkg",
        "sp-webpart-base/../../../../ours.sppkg",
        "sp-webpart-base/..%2f..%2fours.sppkg",
        "sp-webpart-base/base.map",
        "sp-webpart-base/1.manifest.json",
    ] {
        assert_eq!(
            browser.get(TARO, &format!("/_layouts/15/spfx/{path}")).status(),
            404,
            "{path}"
        );
    }
}

#[test]
fn nothing_in_the_page_context_can_end_the_markup_around_it() {
    let folder = tempfile::tempdir().unwrap();
    let browser = hosting(folder.path());
    browser.fixture.world.tenant().sharepoint.sites[0].title =
        "\"></div><script>alert(1)</script>".to_owned();
    let page = browser.get(TARO, HOME);
    assert!(!page.has("<script>alert"));
    assert_eq!(
        data(&page)["preloaded"]["spPageContextInfo"]["webTitle"],
        "\"></div><script>alert(1)</script>"
    );
}

#[test]
fn a_package_that_is_none_is_named_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.sppkg");
    fs::write(&path, "no zip").unwrap();
    let mut browser = Browser::new();
    browser.fixture.world.spfx = Spfx::open(None, Some(&path));
    assert!(browser.get(TARO, HOME).has("broken.sppkg"));
}

#[test]
fn what_the_package_asks_for_is_granted_to_the_tenants_web_parts() {
    let folder = tempfile::tempdir().unwrap();
    let data = tempfile::tempdir().unwrap();
    let now = "2026-11-24T00:00:00Z".parse().unwrap();
    let world = crate::seed::world(1, data.path(), now).unwrap();
    let world = world.hosting(Spfx::open(None, Some(&package(folder.path()))));
    let person = world.tenant().directory.users.keys().next().copied().unwrap();
    let ours = |name: &str| {
        let tenant = world.tenant();
        let mut apps = tenant.directory.apps.values();
        apps.find(|app| app.display_name == name).unwrap().app_id.0
    };
    let resource = format!("api://{}", ours(crate::seed::OURS));
    assert!(crate::entra::obo_token(&world, person, &resource).is_ok());
    let other = format!("api://{}", ours(crate::seed::ALMIGHTY));
    assert!(crate::entra::obo_token(&world, person, &other).is_err());
}
