//! Reading the configuration file, with errors that name the key and the remedy.

use std::path::{Path, PathBuf};

use thiserror::Error;
use uuid::Uuid;

use super::{App, Attachments, Config, Credentials, Federation, SHAREPOINT_MAX_MB, Scopes, actions};

/// "SharePoint Online Web Client Extensibility", by which any script in a tenant gets tokens.
const WEB_CLIENT_EXTENSIBILITY: Uuid = Uuid::from_u128(0x08e1_8876_6177_487e_b8b5_cf95_0c1e_598c);

#[derive(Debug, Error)]
pub enum ConfigError {
    // The chain of causes is printed after this.
    #[error("cannot read {path} (give the file with --config or PF_CONFIG)")]
    Unreadable {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{path}: {problem}")]
    Malformed { path: PathBuf, problem: String },
    #[error("{path}: {key}: {remedy}")]
    Refused {
        path: PathBuf,
        key: &'static str,
        remedy: String,
    },
}

/// Reads and checks the file at `path`; relative paths inside become relative to its folder.
pub fn load(path: &Path) -> Result<Config, ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    let config: Config = toml::from_str(&text).map_err(|error| ConfigError::Malformed {
        path: path.to_owned(),
        problem: error.to_string(),
    })?;
    check(&config).map_err(|(key, remedy)| ConfigError::Refused {
        path: path.to_owned(),
        key,
        remedy,
    })?;
    let config = anchored(config, path.parent().unwrap_or(Path::new(".")));
    Ok(Config {
        file: Some(path.to_owned()),
        ..config
    })
}

fn check(config: &Config) -> Result<(), (&'static str, String)> {
    let https = |url: &url::Url| url.scheme() == "https" && url.host_str().is_some();
    if !https(&config.site.url) {
        return Err((
            "site.url",
            "must be the https address of a SharePoint site".into(),
        ));
    }
    check_clients(&config.app)?;
    check_proof(&config.app)?;
    config.credentials.as_ref().map_or(Ok(()), Credentials::check)?;
    check_database(config)?;
    check_farm(config)?;
    if !https(&config.server.public_url) || config.server.public_url.port().is_some() {
        return Err((
            "server.public_url",
            "must be https without a port: SharePoint calls webhooks on 443 only".into(),
        ));
    }
    if !config.mail.sender.contains('@') {
        return Err(("mail.sender", "must be the mail address of a mailbox".into()));
    }
    if config.nightly.zone().is_none() {
        return Err((
            "nightly.zone",
            "must be the name of a time zone, e.g. Asia/Tokyo".into(),
        ));
    }
    if config
        .absences
        .as_ref()
        .is_some_and(|absences| absences.every == 0)
    {
        return Err(("absences.every", "must be greater than 0".into()));
    }
    if config.nightly.page == 0 || config.timing.heartbeat == 0 {
        return Err(("nightly.page, timing.heartbeat", "must be greater than 0".into()));
    }
    check_attachments(&config.attachments)?;
    actions::check(&config.actions)?;
    config.deletions.check()?;
    config.naming.check()?;
    check_scopes(&config.scopes)
}

fn check_database(config: &Config) -> Result<(), (&'static str, String)> {
    let database = &config.database;
    if !["sqlite://", "postgres://"]
        .iter()
        .any(|start| database.url.starts_with(start))
    {
        return Err(("database.url", "must begin with sqlite:// or postgres://".into()));
    }
    if database.encrypted && config.credentials.is_none() {
        let remedy = "needs a master key: add the section [credentials] with master_key";
        return Err(("database.encrypted", remedy.into()));
    }
    Ok(())
}

/// Something must prove the app.
fn check_proof(app: &App) -> Result<(), (&'static str, String)> {
    if app.certificate.is_none() && app.federation.is_none() {
        let remedy = "name a PEM file, or write app.federation for a token of another issuer";
        return Err(("app.certificate", remedy.into()));
    }
    app.federation.as_ref().map_or(Ok(()), Federation::check)
}

/// A token that any script in the tenant can obtain must never decide.
fn check_clients(app: &App) -> Result<(), (&'static str, String)> {
    let reads = |client: &&Uuid| app.allowed_clients.contains(client) || **client == WEB_CLIENT_EXTENSIBILITY;
    match app.deciding_clients.iter().find(reads) {
        Some(client) => Err((
            "app.deciding_clients",
            format!(
                "must not name {client}, a client of web parts (app.allowed_clients): register one of its own"
            ),
        )),
        None => Ok(()),
    }
}

fn check_attachments(attachments: &Attachments) -> Result<(), (&'static str, String)> {
    if !(1..=SHAREPOINT_MAX_MB).contains(&attachments.max_file_mb) {
        let remedy = format!("must be 1 to {SHAREPOINT_MAX_MB}: SharePoint takes no larger attachment");
        return Err(("attachments.max_file_mb", remedy));
    }
    Ok(())
}

/// The section and the site's host must speak of the same SharePoint.
fn check_farm(config: &Config) -> Result<(), (&'static str, String)> {
    let origin = m365::Origin::of(&config.site.url);
    let is_online = origin.is_ok_and(|origin| origin.is_sharepoint_online());
    match (&config.farm, is_online) {
        (None, false) => Err((
            "site.url",
            "is no site of SharePoint Online; add the section [farm] for one of SharePoint Server".into(),
        )),
        (Some(_), true) => Err((
            "farm",
            "site.url is a site of SharePoint Online, which takes no tokens of ours: remove the section"
                .into(),
        )),
        (Some(farm), false) if farm.domain.is_empty() || farm.domain.contains('\\') => Err((
            "farm.domain",
            "must be the NetBIOS name of the domain alone, e.g. CONTOSO".into(),
        )),
        _ => Ok(()),
    }
}

fn check_scopes(scopes: &Scopes) -> Result<(), (&'static str, String)> {
    if !(1..=Scopes::LIMIT).contains(&scopes.cap) {
        let remedy = format!("must be from 1 to {}, SharePoint's own limit", Scopes::LIMIT);
        return Err(("scopes.cap", remedy));
    }
    if !(1..=scopes.roll).contains(&scopes.warn) || scopes.roll > 100 {
        let remedy = "must be percents: warn at most roll, roll at most 100";
        return Err(("scopes.warn", remedy.into()));
    }
    Ok(())
}

fn anchored(mut config: Config, folder: &Path) -> Config {
    let anchor = |path: &mut PathBuf| *path = folder.join(&*path);
    config.app.certificate.iter_mut().for_each(anchor);
    if let Some(Federation::TokenFile(file)) = &mut config.app.federation {
        anchor(file);
    }
    if let Some(credentials) = &mut config.credentials {
        credentials.key_files().for_each(anchor);
    }
    anchor(&mut config.evidence.key);
    config.evidence.page.iter_mut().for_each(anchor);
    if let Some(farm) = &mut config.farm {
        anchor(&mut farm.certificate);
    }
    if let Some(tls) = &mut config.server.tls {
        anchor(&mut tls.certificate);
        anchor(&mut tls.key);
    }
    config.network.ca_file.iter_mut().for_each(anchor);
    config.site.workflows.iter_mut().for_each(anchor);
    config.calendar.file.iter_mut().for_each(anchor);
    config.organisation.file.iter_mut().for_each(anchor);
    config.organisation.masters.iter_mut().for_each(anchor);
    config.licences.profiles.iter_mut().for_each(anchor);
    config.mail.templates.iter_mut().for_each(anchor);
    config.network.clock_offset.iter_mut().for_each(anchor);
    let destinations = config.actions.values_mut();
    destinations.flat_map(|to| &mut to.secrets).for_each(anchor);
    if let Some(file) = config.database.url.strip_prefix("sqlite://") {
        config.database.url = format!("sqlite://{}", folder.join(file).display());
    }
    config
}

#[cfg(test)]
mod tests {
    use super::super::KeySource;
    use super::*;

    const GOOD: &str = r#"
[tenant]
id = "00000000-0000-0000-0000-000000000001"
domain = "contoso.onmicrosoft.com"
[app]
client_id = "00000000-0000-0000-0000-000000000002"
certificate = "app.pem"
[site]
url = "https://contoso.sharepoint.com/sites/flow"
[server]
listen = "127.0.0.1:0"
public_url = "https://flow.contoso.example"
[database]
url = "sqlite://flow.sqlite"
[evidence]
key = "evidence.pem"
[mail]
sender = "flow@contoso.onmicrosoft.com"
[people]
administrators = "00000000-0000-0000-0000-000000000003"
[nightly]
at = "01:30"
zone = "Asia/Tokyo"
"#;

    const FARM: &str = "[farm]\nissuer = '00000000-0000-0000-0000-000000000004'\ncertificate = 'farm.pem'\n\
                        administrators = 'c:0+.w|s-1-5-21-1'\ndomain = 'CONTOSO'\n";

    const RENEWAL: &str = "[credentials]\nmaster_key = { file = 'k' }\n[credentials.renewal]\n";

    fn loaded(text: &str) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("flow.toml");
        std::fs::write(&path, text).unwrap();
        load(&path)
    }

    #[test]
    fn paths_are_relative_to_the_file_and_timing_has_defaults() {
        let config = loaded(GOOD).unwrap();
        assert!(config.app.certificate.unwrap().is_absolute());
        assert!(config.database.url.starts_with("sqlite:///"));
        assert_eq!(config.timing.standing, 300);
        assert!(config.file.unwrap().ends_with("flow.toml"));
        let scopes = config.scopes;
        assert_eq!(
            (scopes.cap, scopes.warn_mark(), scopes.roll_mark()),
            (5_000, 3_500, 4_500)
        );
    }

    #[test]
    fn a_password_in_the_databases_address_is_noticed_wherever_it_stands() {
        for (url, expected) in [
            ("sqlite://flow.sqlite", false),
            ("postgres://flow@db/flow?sslmode=require", false),
            ("postgres://flow:hush@db/flow", true),
            ("postgres://flow@db/flow?password=hush", true),
        ] {
            let config = loaded(&GOOD.replace("sqlite://flow.sqlite", url)).unwrap();
            assert_eq!(config.database.has_password(), expected, "{url}");
        }
    }

    #[test]
    fn a_farm_has_its_own_certificate_and_perhaps_a_realm() {
        let text = GOOD.replace("contoso.sharepoint.com", "sp.contoso.local");
        let config = loaded(&text.replace("[server]", &format!("{FARM}realm = 'r'\n[server]"))).unwrap();
        let farm = config.farm.unwrap();
        assert!(farm.certificate.is_absolute() && farm.realm.is_some());
        let wrong = FARM.replace("'CONTOSO'", r"'CONTOSO\yamada'");
        let refused = loaded(&text.replace("[server]", &format!("{wrong}[server]"))).unwrap_err();
        assert!(refused.to_string().contains("farm.domain"), "{refused}");
    }

    #[test]
    fn a_token_of_another_issuer_takes_the_place_of_the_certificate_and_keys_lie_beside_the_file() {
        let text = GOOD.replace(
            "certificate = \"app.pem\"",
            "federation = { token_file = \"token\" }",
        );
        let config = loaded(&text).unwrap();
        let Some(Federation::TokenFile(file)) = config.app.federation else {
            panic!("no token file")
        };
        assert!(file.is_absolute() && config.app.certificate.is_none());
        let managed = GOOD.replace(
            "certificate = \"app.pem\"",
            "federation = { managed_identity = {} }",
        );
        assert!(loaded(&managed).is_ok());
        let text = GOOD.replace(
            "[people]",
            "[credentials]\nmaster_key = { file = 'm.key' }\n[people]",
        );
        let credentials = loaded(&text).unwrap().credentials.unwrap();
        let KeySource::File(file) = credentials.master_key else {
            panic!("no file")
        };
        assert!(file.is_absolute());
        assert_eq!(
            (credentials.renewal.bits, credentials.automatic.months),
            (3072, vec![2])
        );
    }

    #[test]
    fn what_would_make_a_renewal_unsafe_is_named() {
        for (from, to, named) in [
            ("certificate = \"app.pem\"", "", "app.certificate"),
            (
                "[people]",
                &format!("{RENEWAL}bits = 1024\n[people]"),
                "renewal.bits",
            ),
            (
                "[people]",
                &format!("{RENEWAL}overlap = 1\n[people]"),
                "renewal.overlap",
            ),
            (
                "[people]",
                &format!("{RENEWAL}lifetime_days = 20\n[people]"),
                "days_before",
            ),
            (
                "[people]",
                "[credentials]\nmaster_key = { file = 'k' }\nautomatic = { months = [13] }\n[people]",
                "automatic.months",
            ),
        ] {
            let error = loaded(&GOOD.replace(from, to)).unwrap_err().to_string();
            assert!(error.contains(named), "{error}");
        }
    }

    #[test]
    fn a_wrong_value_is_named_with_its_remedy() {
        for (from, to, named) in [
            ("domain =", "domian =", "domian"),
            (
                "https://flow.contoso.example",
                "https://flow.contoso.example:8443",
                "server.public_url",
            ),
            ("https://contoso.share", "http://contoso.share", "site.url"),
            (
                "[site]",
                "deciding_clients = ['08e18876-6177-487e-b8b5-cf950c1e598c']\n[site]",
                "app.deciding_clients",
            ),
            (
                "[site]",
                "allowed_clients = ['00000000-0000-0000-0000-000000000009']\n\
                 deciding_clients = ['00000000-0000-0000-0000-000000000009']\n[site]",
                "app.deciding_clients",
            ),
            ("flow@contoso", "flow.contoso", "mail.sender"),
            ("sqlite://", "mysql://", "database.url"),
            ("[evidence]", "encrypted = true\n[evidence]", "[credentials]"),
            ("[people]", "[scopes]\ncap = 50001\n[people]", "scopes.cap"),
            ("[people]", "[scopes]\ncap = 0\n[people]", "scopes.cap"),
            ("[people]", "[scopes]\nwarn = 95\n[people]", "scopes.warn"),
            ("[people]", "[scopes]\nroll = 101\n[people]", "scopes.warn"),
            ("Asia/Tokyo", "Asia/Tokio", "nightly.zone"),
            (
                "https://contoso.sharepoint.com",
                "https://sp.contoso.local",
                "[farm]",
            ),
            ("[server]", &format!("{FARM}[server]"), "remove the section"),
            ("[server]", &format!("{FARM}realm = 'a@b'\n[server]"), "realm"),
            ("01:30", "25:30", "at = \"25:30\""),
        ] {
            let error = loaded(&GOOD.replace(from, to)).unwrap_err().to_string();
            assert!(error.contains(named), "{error}");
        }
    }

    #[test]
    fn r24_a_destination_that_is_none_is_named_with_its_remedy() {
        for (section, named) in [
            (
                "[actions.badge-office]\nurl = 'http://badge.example'\nsecrets = ['s']",
                "badge-office.url must be an https address",
            ),
            (
                "[actions.badge-office]\nurl = 'https://badge.example'\nsecrets = []",
                "badge-office.secrets must name one secret",
            ),
            (
                "[actions.'badge office']\nurl = 'https://badge.example'\nsecrets = ['s']",
                "lower-case letters",
            ),
        ] {
            let error = loaded(&format!("{GOOD}{section}\n")).unwrap_err().to_string();
            assert!(error.contains(named), "{error}");
        }
        let good = "[actions.badge-office]\nurl = 'https://badge.example/o'\nsecrets = ['s']\n";
        let config = loaded(&format!("{GOOD}{good}")).unwrap();
        assert!(config.actions["badge-office"].secrets[0].is_absolute());
    }
}
