//! Whether others on this machine may read the files that hold secrets.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::Finding;
use crate::config::{Config, Farm, KeySource, Tls};
use crate::service::Service;

const WHAT: &str = "files with secrets";
/// Rights of everybody.
const EVERYBODY: u32 = 0o007;
/// Rights of the file's group.
const GROUP: u32 = 0o070;
const GROUP_READS: u32 = 0o040;
const ROOT: u32 = 0;

/// A file with the key of the configuration that names it.
struct Named {
    key: String,
    file: PathBuf,
    /// Whether the service itself refuses what a group may read.
    is_strict: bool,
}

/// Who beside the owner has rights of which the doctor tells.
#[derive(Debug, PartialEq, Eq)]
enum Others {
    Nobody,
    Group,
    Everybody,
}

/// Asks the files alone.
pub(super) fn look(service: &Service) -> Vec<Finding> {
    look_at(&service.config, service.store.files())
}

/// The same for a database that lies in these files.
pub(super) fn look_at(config: &Config, database: Vec<PathBuf>) -> Vec<Finding> {
    let mut all = named(config);
    all.extend(database.into_iter().map(|file| at("database.url", &file)));
    let findings: Vec<_> = all.iter().filter_map(Named::finding).collect();
    if findings.is_empty() {
        return vec![Finding::good(WHAT)];
    }
    findings
}

/// Files with secrets that the configuration names, and itself if it holds one. The token of another issuer is not among
/// them: the platform writes it anew every hour, with rights of its own choosing.
fn named(config: &Config) -> Vec<Named> {
    let certificate = config.app.certificate.iter();
    let mut all: Vec<_> = certificate.map(|file| at("app.certificate", file)).collect();
    if let Some(Farm { certificate, .. }) = &config.farm {
        all.push(at("farm.certificate", certificate));
    }
    if let Some(Tls { key, .. }) = &config.server.tls {
        all.push(at("server.tls.key", key));
    }
    all.push(at("evidence.key", &config.evidence.key));
    if let Some(credentials) = &config.credentials {
        all.extend(master("credentials.master_key", &credentials.master_key));
        let former = credentials.former_master_keys.iter();
        all.extend(former.filter_map(|key| master("credentials.former_master_keys", key)));
    }
    for (name, destination) in &config.actions {
        let key = format!("actions.{name}.secrets");
        all.extend(destination.secrets.iter().map(|file| at(&key, file)));
    }
    if config.database.has_password() {
        all.extend(config.file.iter().map(|file| at("database.url", file)));
    }
    all
}

fn at(key: &str, file: &Path) -> Named {
    Named {
        key: key.to_owned(),
        file: file.to_owned(),
        is_strict: false,
    }
}

fn master(key: &str, source: &KeySource) -> Option<Named> {
    match source {
        KeySource::File(file) => Some(Named {
            is_strict: true,
            ..at(key, file)
        }),
        KeySource::Environment(_) | KeySource::Command(_) => None,
    }
}

impl Named {
    /// What is not there is told by whoever needs it.
    fn finding(&self) -> Option<Finding> {
        // That of the file itself, where the name is a link.
        let metadata = std::fs::metadata(&self.file).ok()?;
        let (key, file) = (&self.key, self.file.display());
        match others(metadata.permissions().mode(), metadata.uid(), self.is_strict) {
            Others::Nobody => None,
            Others::Group => {
                let ja = format!(
                    "{file}({key})を所有者のグループも使えます。所有者だけにしてください(chmod 600 {file})"
                );
                let en = format!(
                    "{file} ({key}) is open to its group: make it its owner's alone (chmod 600 {file})"
                );
                let told = if self.is_strict {
                    Finding::wrong
                } else {
                    Finding::warning
                };
                Some(told(WHAT, ja, en))
            }
            Others::Everybody => Some(Finding::wrong(
                WHAT,
                format!(
                    "{file}({key})をこのマシンの誰でも使えます。所有者だけにしてください(chmod 600 {file}。Kubernetes では defaultMode: 0400 と fsGroup)"
                ),
                format!(
                    "{file} ({key}) is open to everybody on this machine: make it its owner's alone (chmod 600 {file}; in Kubernetes defaultMode: 0400 with fsGroup)"
                ),
            )),
        }
    }
}

/// A file of root's that a group may read and nothing else is as it should be: so the set-up manual, Kubernetes (fsGroup)
/// and Debian (ssl-cert) hand something to a service that is not root and must not change it, and nothing narrower would
/// do. Any other right of a group is more than the service needs, but a group has members, whom somebody has named: a
/// warning.
fn others(mode: u32, owner: u32, is_strict: bool) -> Others {
    let group = mode & GROUP;
    if mode & EVERYBODY != 0 {
        Others::Everybody
    } else if group == 0 || (group == GROUP_READS && owner == ROOT && !is_strict) {
        Others::Nobody
    } else {
        Others::Group
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{Permissions, set_permissions};

    use super::*;
    use crate::config::Language;
    use crate::testing::TestService;

    const SOMEBODY: u32 = 1000;

    fn with_everything() -> Config {
        toml::from_str(
            r#"
            tenant = { id = "00000000-0000-0000-0000-000000000001", domain = "contoso.example" }
            site = { url = "https://sp.contoso.local" }
            database = { url = "postgres://flow:hush@db/flow" }
            evidence = { key = "/k/evidence" }
            mail = { sender = "flow@contoso.example" }
            people = { administrators = "00000000-0000-0000-0000-000000000003" }
            [app]
            client_id = "00000000-0000-0000-0000-000000000002"
            certificate = "/k/app"
            [farm]
            issuer = "00000000-0000-0000-0000-000000000004"
            certificate = "/k/farm"
            administrators = "c:0+.w|s-1-5-21-1"
            domain = "CONTOSO"
            [server]
            listen = "127.0.0.1:0"
            public_url = "https://flow.contoso.example"
            tls = { certificate = "/k/server.crt", key = "/k/server" }
            [credentials]
            master_key = { file = "/k/master" }
            former_master_keys = [{ file = "/k/former" }, { environment = "KEY" }]
            [actions.badge-office]
            url = "https://badge.example"
            secrets = ["/k/badge.new", "/k/badge.old"]
            "#,
        )
        .unwrap()
    }

    #[test]
    fn every_file_with_a_secret_is_looked_at_and_nothing_public_is() {
        let mut config = with_everything();
        config.file = Some("/k/flow.toml".into());
        let files = |config: &Config| -> Vec<String> {
            let all = named(config).into_iter();
            all.map(|named| named.file.display().to_string()).collect()
        };
        let keys = [
            "/k/app",
            "/k/farm",
            "/k/server",
            "/k/evidence",
            "/k/master",
            "/k/former",
            "/k/badge.new",
            "/k/badge.old",
        ];
        assert_eq!(files(&config), [&keys[..], &["/k/flow.toml"]].concat());
        config.database.url = "postgres://flow@db/flow".into();
        assert_eq!(files(&config), keys);
    }

    #[test]
    fn everybody_is_told_of_and_a_group_unless_root_lets_it_read() {
        for (mode, owner, is_strict, expected) in [
            (0o100_600, SOMEBODY, true, Others::Nobody),
            (0o100_400, ROOT, true, Others::Nobody),
            (0o100_644, ROOT, false, Others::Everybody),
            (0o100_601, SOMEBODY, false, Others::Everybody),
            (0o100_640, SOMEBODY, false, Others::Group),
            (0o100_440, ROOT, false, Others::Nobody),
            (0o100_440, ROOT, true, Others::Group),
            (0o100_660, ROOT, false, Others::Group),
        ] {
            assert_eq!(others(mode, owner, is_strict), expected, "{mode:o} of {owner}");
        }
    }

    #[tokio::test]
    async fn a_file_that_is_open_is_named_with_its_remedy_also_by_a_link_to_it() {
        let test = TestService::open().await;
        let certificate = test.service.config.app.certificate.clone().unwrap();
        let (file, database) = (
            certificate.with_extension("real"),
            test.service.store.files().remove(0),
        );
        std::fs::rename(&certificate, &file).unwrap();
        std::os::unix::fs::symlink(&file, &certificate).unwrap();
        for (open, narrow, key) in [
            (&certificate, &file, "app.certificate"),
            (&database, &database, "database.url"),
        ] {
            set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
            set_permissions(narrow, Permissions::from_mode(0o644)).unwrap();
            let findings = look(&test.service);
            let [finding] = findings.as_slice() else {
                panic!("{findings:?}")
            };
            let remedy = format!("chmod 600 {}", open.display());
            for language in [Language::Ja, Language::En] {
                let line = finding.line(language);
                assert!(
                    finding.is_wrong() && line.contains(key) && line.contains(&remedy),
                    "{line}"
                );
            }
            set_permissions(narrow, Permissions::from_mode(0o600)).unwrap();
        }
        assert_eq!(look(&test.service), [Finding::good(WHAT)]);
    }
}
