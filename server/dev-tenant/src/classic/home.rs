//! The home page of the site: our web parts, or what a developer must do to see them.

use std::collections::BTreeSet;

use serde::Serialize;

use super::frame::Frame;
use super::html;
use super::spfx::{self, Spfx};
use super::visit::Visit;
use crate::call::Reply;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::state::base_permissions::BasePermissions;

#[derive(Debug, Serialize)]
struct Content {
    parts: Vec<String>,
    /// JSON of the page's script; it stands in an attribute, where nothing of it can run.
    data: String,
    scripts: Vec<String>,
    missing: Vec<Lack>,
}

#[derive(Debug, Serialize)]
struct Lack {
    what: String,
    remedy: &'static str,
}

pub(super) fn answer(visit: &Visit<'_, '_>, spfx: &Spfx) -> Result<Reply, Fault> {
    if !visit.session.web_permissions().has(BasePermissions::VIEW_PAGES) {
        return Err(Fault::access_denied());
    }
    let content = match (&spfx.runtime, &spfx.package) {
        (Ok(runtime), Ok(package)) => {
            let preloaded = spfx::preloaded(visit, runtime, package);
            Content {
                parts: preloaded.parts,
                data: preloaded.data.to_string(),
                scripts: vec![preloaded.assembly, preloaded.start],
                missing: Vec::new(),
            }
        }
        _ => lacking(spfx),
    };
    let frame = Frame::of(visit, "ホーム");
    Ok(html::page(200, "home.html", &frame, content).with("Content-Security-Policy", connections(visit)))
}

/// Where the page's scripts may connect: the site, the sign-in, and the services that the tenant's own apps
/// name as theirs. Microsoft's runtime sends its telemetry elsewhere; in a dev tenant it stays at home.
fn connections(visit: &Visit<'_, '_>) -> String {
    let apps = visit.session.tenant.directory.apps.values();
    let services: BTreeSet<String> = apps
        .filter(|app| !app.exposed_scopes.is_empty())
        .flat_map(|app| &app.redirect_uris)
        .filter_map(|uri| Some(url::Url::parse(uri).ok()?.origin().ascii_serialization()))
        .filter(|origin| origin.starts_with("https://"))
        .collect();
    let services: Vec<_> = services.into_iter().collect();
    format!(
        "connect-src 'self' https://login.microsoftonline.com {}",
        services.join(" ")
    )
}

fn lacking(spfx: &Spfx) -> Content {
    let runtime = spfx.runtime.as_ref().err().map(|missing| Lack {
        what: format!("Microsoft の SharePoint Framework ランタイム: {missing}"),
        remedy: "spfx-web で npm ci --ignore-scripts を実行し、その node_modules フォルダーを開発用テナントに指定してください。",
    });
    let package = spfx.package.as_ref().err().map(|missing| Lack {
        what: format!("Provisioning Flow のパッケージ (.sppkg): {missing}"),
        remedy: "scripts/build-spfx を実行し、できた .sppkg を開発用テナントに指定してください。",
    });
    Content {
        parts: Vec::new(),
        data: String::new(),
        scripts: Vec::new(),
        missing: runtime.into_iter().chain(package).collect(),
    }
}
