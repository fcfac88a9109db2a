//! The service's configuration for a dev tenant.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use dev_tenant::seed;
use dev_tenant::shell::{CertificateError, Running, issue_leaf};
use dev_tenant::world::World;
use thiserror::Error;
use uuid::Uuid;

use super::kept::{self, KeptError};
use crate::config::Language;
use crate::owner_only;

/// The host under which SharePoint and browsers reach the service.
pub const PUBLIC_HOST: &str = "flow.contoso.example";
const MICROSOFT: [&str; 4] = [
    "login.microsoftonline.com",
    "graph.microsoft.com",
    "contoso.sharepoint.com",
    "outlook.office365.com",
];

#[derive(Debug, Error)]
pub enum FilesError {
    #[error(transparent)]
    File(#[from] std::io::Error),
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    #[error(transparent)]
    Kept(#[from] KeptError),
    #[error("the dev tenant was born without {0}")]
    Unborn(&'static str),
}

/// Where the service's files lie and where it listens.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    pub folder: &'a Path,
    /// The dev tenant's folder, with the app's certificate.
    pub tenant_data: &'a Path,
    pub listen: SocketAddr,
    /// `sqlite://…` or `postgres://…`.
    pub database: &'a str,
    /// Seconds between walks of the lists.
    pub walk: u32,
    /// Definitions that are offered instead of the shipped ones.
    pub workflows: Option<&'a Path>,
    /// The page that checks evidence.
    pub evidence_page: Option<&'a Path>,
    /// In which language the product speaks; as it did at an earlier start, or by default, unless given.
    pub language: Option<Language>,
}

/// Writes certificate, key and `flow.toml` for the service; gives the path of the latter. Sections and keys that somebody
/// added to an earlier one stay.
pub fn write(tenant: &Running, place: Place<'_>) -> Result<PathBuf, FilesError> {
    let leaf = issue_leaf(place.tenant_data, &[PUBLIC_HOST])?;
    std::fs::create_dir_all(place.folder)?;
    std::fs::write(place.folder.join("server.crt"), &leaf.certificate)?;
    owner_only::write(&place.folder.join("server.key"), &leaf.key)?;
    let path = place.folder.join("flow.toml");
    let language = match place.language {
        Some(language) => Some(language),
        None => kept::language_of(&path)?,
    };
    let fresh = configuration(tenant, Place { language, ..place })?;
    let text = kept::with_sections_of(&path, fresh)?;
    // The database's address in it may hold a password.
    owner_only::write(&path, text.as_bytes())?;
    Ok(path)
}

fn configuration(tenant: &Running, place: Place<'_>) -> Result<String, FilesError> {
    let names = &tenant.world.names;
    let [client, spfx, portal] = clients(&tenant.world)?;
    let administrators = administrators(&tenant.world)?;
    let data = std::path::absolute(place.tenant_data)?;
    let (data, ca_file) = (data.display(), std::path::absolute(&tenant.ca_file)?);
    let mut text = format!(
        "[tenant]\nid = \"{id}\"\ndomain = \"{domain}\"\n\
         [app]\nclient_id = \"{client}\"\ncertificate = \"{data}/app.pem\"\nallowed_clients = [\"{spfx}\"]\n\
         deciding_clients = [\"{portal}\"]\n\
         [site]\nurl = \"https://{name}.sharepoint.com{site}\"\n{workflows}\
         [server]\nlisten = \"{listen}\"\npublic_url = \"https://{PUBLIC_HOST}\"\n\
         tls = {{ certificate = \"server.crt\", key = \"server.key\" }}\n\
         [database]\nurl = \"{database}\"\n[evidence]\nkey = \"evidence.pem\"\n{page}\
         [mail]\n{language}sender = \"{sender}@{domain}\"\n[people]\nadministrators = \"{administrators}\"\n\
         [timing]\nwalk = {walk}\n\
         [network]\nca_file = \"{ca_file}\"\nclock_offset = \"{data}/clock-offset\"\n[network.resolve]\n",
        id = names.id,
        domain = names.domain,
        name = names.name,
        site = seed::SITE,
        workflows = path_line("workflows", place.workflows)?,
        page = path_line("page", place.evidence_page)?,
        listen = place.listen,
        database = place.database,
        language = place.language.map_or_else(String::new, language_line),
        sender = seed::SENDER,
        walk = place.walk,
        ca_file = ca_file.display(),
    );
    for host in MICROSOFT {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "\"{host}\" = \"{}\"", tenant.address);
    }
    Ok(text)
}

fn language_line(language: Language) -> String {
    format!("language = \"{}\"\n", language.word())
}

/// A key with a path, or nothing.
fn path_line(key: &str, path: Option<&Path>) -> std::io::Result<String> {
    let path = path.map(std::path::absolute).transpose()?;
    Ok(path.map_or_else(String::new, |path| format!("{key} = \"{}\"\n", path.display())))
}

/// Our registration, the tenant's client for web parts, and the one that decides.
fn clients(world: &World) -> Result<[Uuid; 3], FilesError> {
    let tenant = world.tenant();
    let named = |name: &str| {
        tenant
            .directory
            .apps
            .values()
            .find(|app| app.display_name == name)
    };
    let ours = named(seed::OURS).ok_or(FilesError::Unborn("our registration"))?;
    let spfx = named(seed::SPFX_CLIENT).ok_or(FilesError::Unborn("the client of web parts"))?;
    let portal = named(seed::PORTAL).ok_or(FilesError::Unborn("the client that decides"))?;
    Ok([ours, spfx, portal].map(|app| app.app_id.0))
}

fn administrators(world: &World) -> Result<Uuid, FilesError> {
    let tenant = world.tenant();
    let group = tenant
        .directory
        .groups
        .values()
        .find(|group| group.display_name == seed::ADMINISTRATORS);
    group
        .map(|group| group.id.0)
        .ok_or(FilesError::Unborn("the group of administrators"))
}
