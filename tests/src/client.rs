//! Programs that others wrote, run unmodified against a tenant of their own.
//!
//! URL, SNI and Host stay Microsoft's; the dev CA is trusted by environment, and a preloaded script bends the
//! TCP connections (`tests/clients/bend.cjs`).

use std::path::{Path, PathBuf};
use std::process::Command;

use dev_tenant::seed::{self, ALMIGHTY, SITE};
use dev_tenant::shell::{self, Running};
use tempfile::TempDir;

/// Beside the tenant's other files: how far its clock was moved.
const CLOCK: &str = "clock-offset";

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
        let mut command = program(&self.running, script);
        command
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

    /// What the programs are told of the tenant: as whom they come, and who three of its people are.
    fn environment(&self) -> Vec<(String, String)> {
        let tenant = self.running.world.tenant();
        let mut apps = tenant.directory.apps.values();
        let app = apps.find(|app| app.display_name == ALMIGHTY);
        let app = app.expect("the almighty registration").app_id.0;
        let mut environment = vec![("CLIENT_ID".to_owned(), app.to_string())];
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

/// A script of `tests/clients` under Node, told where the tenant is and whom to trust; not yet started.
pub fn program(tenant: &Running, script: &str) -> Command {
    let clients = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients");
    let installed = clients.join("node_modules").exists();
    assert!(
        installed,
        "run first: . scripts/prepare; node_packages tests/clients"
    );
    let names = &tenant.world.names;
    let mut command = Command::new("node");
    for preloaded in ["bend.cjs", "clock.cjs"] {
        command.arg("--require").arg(clients.join(preloaded));
    }
    command
        .arg(clients.join(script))
        .current_dir(&clients)
        .env("PF_DEV_TENANT", tenant.address.to_string())
        .env("NODE_EXTRA_CA_CERTS", &tenant.ca_file)
        .env("PF_CLOCK_OFFSET", tenant.ca_file.with_file_name(CLOCK))
        .env("TENANT_ID", names.id.to_string())
        .env("SITE_URL", format!("https://{}.sharepoint.com{SITE}", names.name));
    command
}
