//! Programs that others wrote, run unmodified against a tenant of their own.
//!
//! URL, SNI and Host stay Microsoft's; the dev CA is trusted by environment, and a preloaded script bends the
//! TCP connections (`tests/clients/bend.cjs`).

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use dev_tenant::seed::{self, ALMIGHTY, SITE};
use dev_tenant::shell::{self, Running};
use jiff::Timestamp;
use tempfile::TempDir;
use tokio::runtime::Runtime;

const SEED: u64 = 7;

#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    #[error("{0}")]
    File(#[from] std::io::Error),
    #[error("the tenant cannot be seeded: {0}")]
    Seed(#[from] seed::SeedError),
    #[error("the tenant cannot start: {0}")]
    Start(#[from] shell::StartError),
    #[error("the seed registers no app named {ALMIGHTY}")]
    NoApp,
    #[error("{0} is not installed: `. scripts/prepare; node_packages tests/clients`")]
    NotInstalled(PathBuf),
}

/// What a program said, and whether it was content.
#[derive(Debug)]
pub struct Ran {
    pub content: bool,
    /// Standard output and then standard error.
    pub said: String,
}

/// A tenant on a free port; its keys lie in a folder that goes with it.
#[derive(Debug)]
pub struct ClientTenant {
    environment: Vec<(String, String)>,
    folder: TempDir,
    running: Running,
    /// Dropped last: the tenant answers on it.
    _runtime: Runtime,
}

impl ClientTenant {
    /// `now` dates the staff's employment; the tenant's clock is the real one, as the programs' is.
    pub fn start(now: Timestamp) -> Result<Self, ClientError> {
        let folder = tempfile::tempdir()?;
        let world = Arc::new(seed::world(SEED, folder.path(), now)?);
        let runtime = Runtime::new()?;
        let inside = runtime.enter();
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let running = shell::serve(listen, folder.path(), world)?;
        drop(inside);
        Ok(Self {
            environment: environment(&running)?,
            folder,
            running,
            _runtime: runtime,
        })
    }

    /// The tenant behind the wire, for what a program cannot see.
    pub fn running(&self) -> &Running {
        &self.running
    }

    /// Runs a script of `tests/clients` under Node, signed in with the certificate of that name
    /// (`almighty` or `wrong`).
    pub fn node(&self, script: &str, certificate: &str) -> Result<Ran, ClientError> {
        let clients = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients");
        let modules = clients.join("node_modules");
        if !modules.exists() {
            return Err(ClientError::NotInstalled(modules));
        }
        let output = Command::new("node")
            .arg("--require")
            .arg(clients.join("bend.cjs"))
            .arg(clients.join(script))
            .current_dir(&clients)
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .env("CERT_PEM", seed::certificate_file(self.folder.path(), certificate))
            .output()?;
        let said = [output.stdout, output.stderr].concat();
        Ok(Ran {
            content: output.status.success(),
            said: String::from_utf8_lossy(&said).into_owned(),
        })
    }
}

/// What the programs are told of the tenant: where it is, whom to trust, and who three of its people are.
fn environment(running: &Running) -> Result<Vec<(String, String)>, ClientError> {
    let names = &running.world.names;
    let tenant = running.world.tenant();
    let mut apps = tenant.directory.apps.values();
    let app = apps
        .find(|app| app.display_name == ALMIGHTY)
        .ok_or(ClientError::NoApp)?;
    let pairs = [
        ("PF_DEV_TENANT", running.address.to_string()),
        ("NODE_EXTRA_CA_CERTS", running.ca_file.display().to_string()),
        ("TENANT_ID", names.id.to_string()),
        ("CLIENT_ID", app.app_id.0.to_string()),
        ("SITE_URL", format!("https://{}.sharepoint.com{SITE}", names.name)),
    ];
    let mut environment: Vec<_> = pairs.map(|(name, value)| (name.to_owned(), value)).into();
    let employed = tenant.directory.users.values().filter(|user| user.account_enabled);
    for (number, user) in (1..=3).zip(employed) {
        environment.push((format!("USER_{number}"), user.user_principal_name.clone()));
        environment.push((format!("USER_{number}_ID"), user.id.0.to_string()));
    }
    Ok(environment)
}
