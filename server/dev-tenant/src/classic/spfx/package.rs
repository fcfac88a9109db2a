//! A SharePoint Framework package (`.sppkg`): what deploying it to the app catalog makes of it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use serde_json::Value;
use zip::ZipArchive;

use super::Missing;
use crate::sharepoint::xml::{self, Element};

const ASSETS: &str = "ClientSideAssets/";
/// What deployment replaces by the address of the assets.
const LIBRARY: &str = "HTTPS://SPCLIENTSIDEASSETLIBRARY/";
/// Most bytes taken of one part: far above any bundle, far below a bomb.
const PART_LIMIT: u64 = 64 * 1024 * 1024;

#[derive(Debug)]
pub(crate) struct Package {
    /// `ProductID` of the package: the folder of its assets.
    product: String,
    assets: BTreeMap<String, Vec<u8>>,
    manifests: Vec<Value>,
    /// Scopes that the package asks the tenant's administrator for.
    pub(crate) permissions: Vec<PermissionRequest>,
}

/// `WebApiPermissionRequest`: the display name of an app and one of its scopes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PermissionRequest {
    pub(crate) resource: String,
    pub(crate) scope: String,
}

impl Package {
    pub(super) fn open(path: &Path) -> Result<Self, Missing> {
        Self::read(path).map_err(|why| Missing::Unreadable {
            path: path.to_owned(),
            why,
        })
    }

    fn read(path: &Path) -> Result<Self, String> {
        let file = File::open(path).map_err(|error| error.to_string())?;
        let parts = parts(file)?;
        let manifest = parts
            .get("AppManifest.xml")
            .ok_or("it holds no AppManifest.xml")?;
        let app = element(manifest)?;
        let mut package = Self {
            product: app.attribute("ProductID").unwrap_or_default().to_owned(),
            permissions: permissions(&app),
            assets: BTreeMap::new(),
            manifests: Vec::new(),
        };
        for (name, content) in parts {
            if let Some(asset) = name.strip_prefix(ASSETS) {
                package.assets.insert(asset.to_owned(), content);
            } else if is_elements(&name) {
                collect(&element(&content)?, &mut package.manifests)?;
            }
        }
        Ok(package)
    }

    /// The address of the assets below a host, as in the tenant's app catalog.
    fn folder(&self) -> String {
        format!("/sites/appcatalog/{ASSETS}{}/", self.product)
    }

    /// The components' manifests with the address of their files under `host` (`https://…`).
    pub(super) fn manifests(&self, host: &str) -> Vec<Value> {
        let base = Value::from(format!("{host}{}", self.folder()));
        let mut manifests = self.manifests.clone();
        for manifest in &mut manifests {
            let urls = manifest.pointer_mut("/loaderConfig/internalModuleBaseUrls");
            let urls = urls.and_then(Value::as_array_mut).into_iter().flatten();
            for url in urls.filter(|url| url.as_str() == Some(LIBRARY)) {
                *url = base.clone();
            }
        }
        manifests
    }

    /// The file behind a path of [`Package::manifests`].
    pub(super) fn asset(&self, path: &str) -> Option<&[u8]> {
        let name = path.strip_prefix(&self.folder())?;
        self.assets.get(name).map(Vec::as_slice)
    }
}

/// Elements of a feature lie in the feature's folder.
fn is_elements(name: &str) -> bool {
    let path = Path::new(name);
    let in_folder = path.parent().is_some_and(|folder| folder != Path::new(""));
    in_folder
        && path
            .extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("xml"))
}

fn parts(file: File) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let mut archive = ZipArchive::new(file).map_err(|error| error.to_string())?;
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|error| error.to_string())?;
        let name = entry.name().to_owned();
        let mut content = Vec::new();
        let read = entry.take(PART_LIMIT + 1).read_to_end(&mut content);
        let length = read.map_err(|error| error.to_string())?;
        if length as u64 > PART_LIMIT {
            return Err(format!("{name} is larger than {PART_LIMIT} bytes"));
        }
        parts.insert(name, content);
    }
    Ok(parts)
}

fn element(content: &[u8]) -> Result<Element, String> {
    let text = std::str::from_utf8(content).map_err(|error| error.to_string())?;
    xml::read(text).map_err(|error| error.to_string())
}

fn permissions(app: &Element) -> Vec<PermissionRequest> {
    let requests = app.child("WebApiPermissionRequests");
    let requests = requests.map(|requests| requests.children.as_slice());
    let text = |request: &Element, name| request.attribute(name).unwrap_or_default().to_owned();
    requests
        .unwrap_or_default()
        .iter()
        .map(|request| PermissionRequest {
            resource: text(request, "ResourceId"),
            scope: text(request, "Scope"),
        })
        .collect()
}

fn collect(elements: &Element, manifests: &mut Vec<Value>) -> Result<(), String> {
    let components = elements.children.iter();
    for component in components.filter(|child| child.name == "ClientSideComponent") {
        let text = component.attribute("ComponentManifest").unwrap_or_default();
        manifests.push(serde_json::from_str(text).map_err(|error| error.to_string())?);
    }
    Ok(())
}
