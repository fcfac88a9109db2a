//! `AppManifest.xml`, as far as a farm registers an add-in by it.

use uuid::Uuid;

use super::trust::{AddIn, Grant};
use crate::directory::AppId;
use crate::sharepoint::state::ids::SiteId;
use crate::sharepoint::state::people::GrantRole;
use crate::sharepoint::xml::{Element, XmlError, read};

const NAMESPACE: &str = "http://schemas.microsoft.com/sharepoint/2012/app/manifest";
const TENANT: &str = "http://sharepoint/content/tenant";
const SITE_COLLECTION: &str = "http://sharepoint/content/sitecollection";
const WEB: &str = "http://sharepoint/content/sitecollection/web";
const LIST: &str = "http://sharepoint/content/sitecollection/web/list";
/// "Schema map of the SharePoint Add-in manifest": `AppPermissionRequest` occurs at most so often.
const MOST_REQUESTS: usize = 1000;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    #[error("the manifest is no XML: {0}")]
    Xml(#[from] XmlError),
    #[error("the root element must be App in the namespace {NAMESPACE}")]
    Root,
    #[error("{0} is missing in the manifest")]
    Missing(&'static str),
    #[error("{0} stands twice in the manifest")]
    Twice(String),
    #[error("{0}: {1:?} is not allowed there")]
    Wrong(&'static str, String),
    #[error("the manifest asks for more than {MOST_REQUESTS} permissions")]
    TooMany,
    #[error("the dev tenant does not model {0}")]
    NotModelled(String),
}

/// The add-in of a manifest, trusted with what it asks for on `site`.
///
/// # Errors
/// A manifest that SharePoint would not take, or one that asks for what is not modelled.
pub fn register(text: &str, site: SiteId) -> Result<(AppId, AddIn), ManifestError> {
    let app = read(text)?;
    if app.name != "App" || app.attribute("xmlns") != Some(NAMESPACE) {
        return Err(ManifestError::Root);
    }
    check_head(&app)?;
    let client = client_id(&app)?;
    let properties = app
        .child("Properties")
        .ok_or(ManifestError::Missing("Properties"))?;
    let title = text_of(properties, "Title").ok_or(ManifestError::Missing("Properties/Title"))?;
    text_of(properties, "StartPage").ok_or(ManifestError::Missing("Properties/StartPage"))?;
    let requests = app.child("AppPermissionRequests");
    let app_only = requests.and_then(|requests| requests.attribute("AllowAppOnlyPolicy"));
    let add_in = AddIn {
        title,
        app_only: match app_only {
            None | Some("false" | "0") => false,
            Some("true" | "1") => true,
            Some(other) => return Err(ManifestError::Wrong("AllowAppOnlyPolicy", other.to_owned())),
        },
        grants: grants(requests, site)?,
    };
    Ok((client, add_in))
}

fn check_head(app: &Element) -> Result<(), ManifestError> {
    for name in ["ProductID", "Version", "SharePointMinVersion", "Name"] {
        let value = app.attribute(name).unwrap_or_default();
        if value.is_empty() {
            return Err(ManifestError::Missing(name));
        }
        let is_braced = value.starts_with('{') && value.ends_with('}') && guid(value).is_some();
        if name == "ProductID" && !is_braced {
            return Err(ManifestError::Wrong(name, value.to_owned()));
        }
    }
    for (at, child) in app.children.iter().enumerate() {
        if app.children[..at].iter().any(|before| before.name == child.name) {
            return Err(ManifestError::Twice(child.name.clone()));
        }
    }
    Ok(())
}

fn guid(text: &str) -> Option<Uuid> {
    Uuid::try_parse(text.trim_start_matches('{').trim_end_matches('}')).ok()
}

fn client_id(app: &Element) -> Result<AppId, ManifestError> {
    let principal = app
        .child("AppPrincipal")
        .ok_or(ManifestError::Missing("AppPrincipal"))?;
    let [kind] = principal.children.as_slice() else {
        return Err(ManifestError::Missing("AppPrincipal/RemoteWebApplication"));
    };
    if kind.name != "RemoteWebApplication" {
        return Err(ManifestError::NotModelled(format!(
            "add-ins with the principal {}",
            kind.name
        )));
    }
    let id = kind
        .attribute("ClientId")
        .ok_or(ManifestError::Missing("ClientId"))?;
    guid(id)
        .map(AppId)
        .ok_or_else(|| ManifestError::Wrong("ClientId", id.to_owned()))
}

fn text_of(properties: &Element, name: &str) -> Option<String> {
    let text = properties.child(name)?.text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn grants(requests: Option<&Element>, site: SiteId) -> Result<Vec<Grant>, ManifestError> {
    let all = requests
        .map(|requests| requests.children.as_slice())
        .unwrap_or_default();
    if all.len() > MOST_REQUESTS {
        return Err(ManifestError::TooMany);
    }
    all.iter().map(|request| grant(request, site)).collect()
}

fn grant(request: &Element, site: SiteId) -> Result<Grant, ManifestError> {
    let scope = request
        .attribute("Scope")
        .ok_or(ManifestError::Missing("Scope"))?;
    let site = match scope {
        TENANT => None,
        SITE_COLLECTION | WEB => Some(site),
        LIST => return Err(ManifestError::NotModelled(format!("the scope {scope}"))),
        _ => return Err(ManifestError::Wrong("Scope", scope.to_owned())),
    };
    let right = request
        .attribute("Right")
        .ok_or(ManifestError::Missing("Right"))?;
    let right = match right {
        "Read" => GrantRole::Read,
        "Write" => GrantRole::Write,
        "Manage" => GrantRole::Manage,
        "FullControl" => GrantRole::FullControl,
        _ => return Err(ManifestError::Wrong("Right", right.to_owned())),
    };
    Ok(Grant { site, right })
}
