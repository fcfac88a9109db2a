//! Programs that others wrote, run unmodified against a tenant of their own.
//!
//! URL, SNI and Host stay Microsoft's; the dev CA is trusted by environment, and a preloaded script bends the
//! TCP connections (`tests/clients/bend.cjs`).

use std::path::{Path, PathBuf};
use std::process::Command;

use dev_tenant::seed::{self, ALMIGHTY, SITE};
use dev_tenant::shell::{self, Running};
use tempfile::TempDir;

/// What a program said, and whether it was content.
#[derive(Debug)]
pub struct Ran {
    pub content: bool,
    /// Standard output and then standard error.
    pub said: String,
}

/// A tenant on a free port; its keys lie in a folder that goes with it.
pub struct ClientTenant {
    pub running: Running,
    folder: TempDir,
}

impl ClientTenant {
    /// Needs a Tokio runtime of several threads around it: a program blocks its test.
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let data = folder.path().to_owned();
        let options = shell::Options {
            data,
            seed: 7,
            ..shell::Options::default()
        };
        let running = shell::start(options).await.expect("the tenant starts");
        Self { running, folder }
    }

    /// Runs a script of `tests/clients` under Node, signed in as the almighty app with the certificate of
    /// that name (`almighty`, or `wrong`).
    pub fn node(&self, script: &str, certificate: &str) -> Ran {
        let output = self.command(script, certificate).output().expect("node runs");
        let said = [output.stdout, output.stderr].concat();
        Ran {
            content: output.status.success(),
            said: String::from_utf8_lossy(&said).into_owned(),
        }
    }

    /// The same script, not yet started.
    pub fn command(&self, script: &str, certificate: &str) -> Command {
        let clients = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients");
        let installed = clients.join("node_modules").exists();
        assert!(
            installed,
            "run first: . scripts/prepare; node_packages tests/clients"
        );
        let mut command = Command::new("node");
        command
            .arg("--require")
            .arg(clients.join("bend.cjs"))
            .arg(clients.join(script))
            .current_dir(&clients)
            .envs(self.environment())
            .env("CERT_PEM", self.certificate(certificate));
        command
    }

    /// Where certificate and key of that name lie.
    pub fn certificate(&self, name: &str) -> PathBuf {
        seed::certificate_file(self.folder.path(), name)
    }

    /// A folder that goes with the tenant.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What the programs are told of the tenant: where it is, whom to trust, who three of its people are.
    fn environment(&self) -> Vec<(String, String)> {
        let names = &self.running.world.names;
        let tenant = self.running.world.tenant();
        let mut apps = tenant.directory.apps.values();
        let app = apps.find(|app| app.display_name == ALMIGHTY);
        let app = app.expect("the almighty registration").app_id.0;
        let pairs = [
            ("PF_DEV_TENANT", self.running.address.to_string()),
            ("NODE_EXTRA_CA_CERTS", self.running.ca_file.display().to_string()),
            ("TENANT_ID", names.id.to_string()),
            ("CLIENT_ID", app.to_string()),
            ("SITE_URL", format!("https://{}.sharepoint.com{SITE}", names.name)),
        ];
        let mut environment: Vec<_> = pairs.map(|(name, value)| (name.to_owned(), value)).into();
        let employed = tenant
            .directory
            .users
            .values()
            .filter(|user| user.account_enabled);
        for (number, user) in (1..=3).zip(employed) {
            environment.push((format!("USER_{number}"), user.user_principal_name.clone()));
            environment.push((format!("USER_{number}_ID"), user.id.0.to_string()));
        }
        environment
    }
}
