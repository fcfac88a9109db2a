//! `manifests/add-in/AppManifest.xml` against what SharePoint Server's schema of app manifests asks for.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

const SOURCE: &str = include_str!("../../../../manifests/add-in/AppManifest.xml");
const NAMESPACE: &str = "http://schemas.microsoft.com/sharepoint/2012/app/manifest";

type Attributes = BTreeMap<String, String>;

/// Every element by its path, with its attributes and its text.
fn elements(xml: &str) -> BTreeMap<String, (Attributes, String)> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let (mut path, mut found) = (Vec::new(), BTreeMap::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return found,
            Event::Start(start) => {
                path.push(start.name().as_ref().to_owned());
                let known = found.insert(path.join("/"), (attributes(&start), String::new()));
                assert!(known.is_none(), "{path:?} stands twice");
            }
            Event::Text(text) => {
                let text = text.trim().to_owned();
                if let Some(element) = found.get_mut(&path.join("/")) {
                    element.1.push_str(&text);
                }
            }
            Event::End(_) => drop(path.pop()),
            _ => {}
        }
    }
}

fn attributes(start: &BytesStart<'_>) -> Attributes {
    let attributes = start.attributes().map(|attribute| {
        let attribute = attribute.unwrap();
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).unwrap();
        (attribute.key.as_ref().to_owned(), value.into_owned())
    });
    attributes.collect()
}

#[test]
fn the_add_in_s_manifest_says_what_a_farm_needs_and_asks_for_no_more() {
    let elements = elements(SOURCE);
    let attribute = |path: &str, name: &str| elements[path].0[name].clone();
    assert_eq!(attribute("App", "xmlns"), NAMESPACE);
    assert!(!attribute("App", "Name").is_empty());
    let product = attribute("App", "ProductID");
    let product = product
        .strip_prefix('{')
        .and_then(|product| product.strip_suffix('}'));
    assert!(product.unwrap().parse::<uuid::Uuid>().is_ok());
    for version in ["Version", "SharePointMinVersion"] {
        let version = attribute("App", version);
        let parts: Vec<_> = version.split('.').map(str::parse::<u32>).collect();
        assert!(parts.len() == 4 && parts.iter().all(Result::is_ok), "{version}");
    }
    assert!(!elements["App/Properties/Title"].1.is_empty());
    assert!(elements["App/Properties/StartPage"].1.starts_with("https://"));
    let client = attribute("App/AppPrincipal/RemoteWebApplication", "ClientId");
    assert_eq!(client, uuid::Uuid::nil().to_string(), "a place for app.client_id");
    let requests = "App/AppPermissionRequests";
    assert_eq!(attribute(requests, "AllowAppOnlyPolicy"), "true");
    let request = format!("{requests}/AppPermissionRequest");
    assert_eq!(
        attribute(&request, "Scope"),
        "http://sharepoint/content/sitecollection"
    );
    assert_eq!(attribute(&request, "Right"), "FullControl");
}
