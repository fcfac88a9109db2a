//! Files of the runtime, of our package, and of the page itself.

use super::Spfx;
use super::manifests::{RUNTIME_FOLDER, STUBS};
use crate::call::{Call, Reply};

const SCRIPT: &str = "application/javascript; charset=utf-8";

/// The page's own scripts, below [`RUNTIME_FOLDER`].
const OWN: [(&str, &str); 2] = [
    ("page/start.js", include_str!("start.js")),
    ("page/application.js", include_str!("application.js")),
];

/// Answers when the path is a file; they are the same for everybody.
pub(in crate::classic) fn answer(spfx: &Spfx, call: &Call) -> Option<Reply> {
    if let Some(name) = call.path.strip_prefix(RUNTIME_FOLDER) {
        return Some(runtime_file(spfx, name));
    }
    let package = spfx.package.as_ref().ok()?;
    let asset = package.asset(&call.path)?;
    Some(script(&call.path, asset.to_vec()))
}

fn runtime_file(spfx: &Spfx, name: &str) -> Reply {
    if let Some((_, own)) = OWN.iter().find(|(own, _)| *own == name) {
        return script(name, (*own).into());
    }
    if name.starts_with(STUBS) {
        return script("stub.js", include_str!("stub.js").into());
    }
    let path = spfx.runtime.as_ref().ok().and_then(|runtime| runtime.file(name));
    let Some(path) = path else {
        return Reply::empty(404);
    };
    match std::fs::read(path) {
        Ok(content) => script(name, content),
        Err(error) => {
            tracing::warn!(%error, name, "a file of the SPFx runtime cannot be read");
            Reply::empty(404)
        }
    }
}

fn script(name: &str, content: Vec<u8>) -> Reply {
    let kind = match name.rsplit_once('.').map(|(_, end)| end) {
        Some("js") => SCRIPT,
        Some("json") => "application/json",
        Some("css") => "text/css; charset=utf-8",
        _ => "application/octet-stream",
    };
    Reply::text(200, kind, content)
        .with("Cache-Control", "max-age=60")
        .with("X-Content-Type-Options", "nosniff")
}
