//! A dev tenant and the product beside it, both in a temporary folder.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use app::demo::{self, PUBLIC_HOST, Place};
use dev_tenant::directory::App;
use dev_tenant::ledger::Effect;
use dev_tenant::seed;
use dev_tenant::shell::{self, Running};
use dev_tenant::world::World;
use jiff::Timestamp;
use tempfile::TempDir;

use crate::control::PRODUCT;
use crate::port::free_address;
use crate::{closed, secrets, tenant_keys};

const MICROSOFT: [&str; 4] = [
    "login.microsoftonline.com",
    "graph.microsoft.com",
    "contoso.sharepoint.com",
    "outlook.office365.com",
];
/// The product is asked this often whether it is ready, at most [`READY_CHECKS`] times.
const READY_PAUSE: Duration = Duration::from_millis(100);
const READY_CHECKS: u32 = 300;
const LAST_LINES: usize = 60;

/// What a test may want otherwise.
#[derive(Debug, Clone, Copy)]
pub struct Wishes<'a> {
    /// Seconds until Graph shows a fresh object, at most.
    pub lag: u32,
    /// Seconds between walks without a webhook.
    pub walk: u32,
    pub database: Option<&'a str>,
    /// Host of a SharePoint Server beside the tenant.
    pub server_host: Option<&'a str>,
    /// More lines of the configuration's section `timing`.
    pub timing: &'a str,
    /// Lines of the configuration's section `nightly`.
    pub nightly: &'a str,
}

impl Default for Wishes<'_> {
    fn default() -> Self {
        Self {
            lag: 0,
            walk: 2,
            database: None,
            server_host: None,
            // Beats would be writes among those that tests count.
            timing: "heartbeat = 86400",
            // Requests that the service opens itself would be items among those that tests count.
            nightly: "adoptions = 0",
        }
    }
}

/// The tenant, the product's files, and its process while it runs.
pub struct House {
    pub tenant: Running,
    pub folder: TempDir,
    pub(crate) listen: SocketAddr,
    pub(crate) metrics: SocketAddr,
    pub(crate) backend: String,
    pub(crate) config: PathBuf,
    server_host: Option<String>,
    child: Option<Child>,
    /// How `serve` logs.
    pub(crate) logging: &'static [&'static str],
    born: Timestamp,
    /// The product, as the ledger writes it.
    pub(crate) us: String,
    /// What commands have printed.
    pub(crate) said: Mutex<Vec<u8>>,
}

impl House {
    /// Starts the tenant and writes the product's configuration; the product itself does not run yet.
    /// `backend` is the path of the product's binary (`env!("CARGO_BIN_EXE_backend")`).
    pub async fn build(backend: &str, wishes: Wishes<'_>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let data = folder.path().join("tenant");
        tenant_keys::lay(&data);
        let options = shell::Options {
            data: data.clone(),
            seed: 7,
            lag_seconds: wishes.lag,
            server_host: wishes.server_host.map(str::to_owned),
            ..shell::Options::default()
        };
        let tenant = shell::start(options).await.expect("the tenant starts");
        let listen = free_address();
        tenant.bend(PUBLIC_HOST, listen).expect("a way for webhooks");
        let place = Place {
            folder: folder.path(),
            tenant_data: &data,
            listen,
            database: wishes.database.unwrap_or("sqlite://flow.sqlite"),
            walk: wishes.walk,
            workflows: None,
            evidence_page: None,
            language: None,
        };
        let config = demo::write(&tenant, place).expect("the product's files");
        let metrics = free_address();
        amend(&config, wishes, metrics);
        let born = tenant.world.clock.now();
        let us = format!("app:{}", ours(&tenant.world).app_id.0);
        Self {
            tenant,
            folder,
            listen,
            metrics,
            backend: backend.to_owned(),
            config,
            server_host: wishes.server_host.map(str::to_owned),
            child: None,
            logging: &[],
            born,
            us,
            said: Mutex::default(),
        }
    }

    pub fn world(&self) -> &World {
        &self.tenant.world
    }

    /// From its next start on the product logs every call and job as JSON.
    pub fn log_everything(&mut self) {
        self.logging = &["--log", "json", "--log-filter", "info,m365=debug,app=debug"];
    }

    /// The moment at which the house was built, by its own clock.
    pub fn born(&self) -> Timestamp {
        self.born
    }

    /// Our own registration in the tenant.
    pub fn our_app(&self) -> App {
        ours(self.world())
    }

    /// Writes the product's configuration anew.
    pub fn configure(&self, change: impl FnOnce(String) -> String) {
        let text = std::fs::read_to_string(&self.config).expect("the configuration");
        std::fs::write(&self.config, change(text)).expect("the configuration");
    }

    /// What the product tells its monitoring, in Prometheus' text format.
    pub async fn metrics(&self) -> String {
        let address = format!("http://{}/metrics", self.metrics);
        let answer = reqwest::get(address).await.expect("metrics");
        answer.text().await.expect("a body")
    }

    /// What the product has changed in the tenant, oldest first.
    pub fn effects(&self) -> Vec<Effect> {
        let tenant = self.world().tenant();
        let effects = tenant.ledger.effects.iter();
        effects.filter(|effect| effect.who == self.us).cloned().collect()
    }

    /// How much that is.
    pub fn count_effects(&self) -> usize {
        let tenant = self.world().tenant();
        let effects = tenant.ledger.effects.iter();
        effects.filter(|effect| effect.who == self.us).count()
    }

    /// How much anybody has changed in the tenant.
    pub fn count_all_effects(&self) -> usize {
        self.world().tenant().ledger.effects.len()
    }

    /// How many calls the product made, reading included.
    pub fn count_calls(&self) -> u64 {
        self.tenant.calls_of(PRODUCT)
    }

    /// The product's process while it runs.
    pub fn process(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// Object id of the group of this name.
    pub fn group(&self, name: &str) -> uuid::Uuid {
        let tenant = self.world().tenant();
        let group = tenant
            .directory
            .groups
            .values()
            .find(|group| group.display_name == name);
        group.expect("a group of this name").id.0
    }

    /// One command of the product, not started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.backend);
        command.arg("--config").arg(&self.config).args(arguments);
        command
    }

    /// Runs one command of the product to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.hear(&mut self.command(arguments))
    }

    /// The same by another program, which is given the command as its last arguments.
    pub fn run_by(&self, program: &[&str], arguments: &[&str]) -> Output {
        let (program, first) = program.split_first().expect("a program");
        let mut command = Command::new(program);
        let command = command.args(first).arg(&self.backend).arg("--config");
        self.hear(command.arg(&self.config).args(arguments))
    }

    /// Runs a script of the folder `scripts` as an operator does.
    pub fn script(&self, name: &str, arguments: &[&str]) -> Output {
        let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts");
        let mut script = Command::new(scripts.join(name));
        let script = script.args(arguments).env("PF_BACKEND", &self.backend);
        self.hear(script.env("PF_CONFIG", &self.config))
    }

    fn hear(&self, command: &mut Command) -> Output {
        let output = command.output();
        let output = output.expect("the product's binary runs");
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        said.extend([output.stdout.as_slice(), &output.stderr].concat());
        output
    }

    /// Starts one command of the product.
    pub fn start(&self, arguments: &[&str]) -> Child {
        let child = self.command(arguments).stdin(Stdio::null()).spawn();
        child.expect("the product's binary runs")
    }

    /// Starts `serve` and waits until it is ready.
    pub async fn serve(&mut self) {
        let log = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.folder.path().join("serve.log"));
        let log = log.expect("a log file");
        let child = self
            .command(&["serve"])
            .args(self.logging)
            .stdin(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("the product starts");
        self.child = Some(child);
        let is_ready = ready(&self.client()).await;
        assert!(is_ready, "the product is not ready:\n{}", self.log());
    }

    /// The database is gone with all its files; the product must not run.
    pub fn lose_database(&self) {
        assert!(self.child.is_none(), "the product holds its database");
        self.lose("flow.sqlite");
    }

    /// Files of the product whose names begin like this are gone.
    pub fn lose(&self, name: &str) {
        let files = std::fs::read_dir(self.folder.path()).expect("the product's folder");
        for file in files {
            let file = file.expect("a file");
            if file.file_name().to_string_lossy().starts_with(name) {
                std::fs::remove_file(file.path()).expect("a file is taken away");
            }
        }
    }

    /// What the product has logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("serve.log")).unwrap_or_default()
    }

    /// Memory that the product's process holds now (`VmRSS`), in KiB.
    pub fn resident(&self) -> u64 {
        let child = self.child.as_ref().expect("the product runs");
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).expect("its status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        kib.expect("VmRSS in kB")
    }

    /// The last warnings in it.
    pub fn log_end(&self) -> String {
        let log = self.log();
        let is_grave = |line: &&str| ["WARN", "ERROR"].iter().any(|level| line.contains(level));
        let lines: Vec<_> = log.lines().filter(is_grave).collect();
        lines[lines.len().saturating_sub(LAST_LINES)..].join("\n")
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// A browser's view of the world: every host leads to the tenant or to the product.
    pub fn client(&self) -> reqwest::Client {
        self.client_to(self.listen)
    }

    /// The same, by whom the product is found at this address.
    pub(crate) fn client_to(&self, product: SocketAddr) -> reqwest::Client {
        let ca = std::fs::read(&self.tenant.ca_file).expect("the CA");
        let ca = reqwest::Certificate::from_pem(&ca).expect("a certificate");
        let mut builder = reqwest::Client::builder()
            .tls_certs_only([ca])
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .resolve(PUBLIC_HOST, product);
        for host in MICROSOFT.into_iter().chain(self.server_host.as_deref()) {
            builder = builder.resolve(host, self.tenant.address);
        }
        builder.build().expect("a client")
    }
}

/// Whether the product that this client reaches gets ready in time.
pub(crate) async fn ready(client: &reqwest::Client) -> bool {
    for _ in 0..READY_CHECKS {
        let asked = client
            .get(format!("https://{PUBLIC_HOST}/health/ready"))
            .send()
            .await;
        if asked.is_ok_and(|answer| answer.status().is_success()) {
            return true;
        }
        pause(READY_PAUSE).await;
    }
    false
}

/// Whatever a test was about: no secret stands where it must not, and none where others read it.
impl Drop for House {
    fn drop(&mut self) {
        self.kill();
        if !std::thread::panicking() {
            secrets::assert_kept(self);
            closed::assert_closed(self);
        }
    }
}

pub(crate) fn ours(world: &World) -> App {
    let tenant = world.tenant();
    let mut apps = tenant.directory.apps.values();
    let ours = apps.find(|app| app.display_name == seed::OURS);
    ours.expect("our registration").clone()
}

/// Writes a test's own settings into the configuration.
fn amend(config: &Path, wishes: Wishes<'_>, metrics: SocketAddr) {
    let text = std::fs::read_to_string(config).expect("the configuration");
    let Wishes { timing, nightly, .. } = wishes;
    let sections = format!("[nightly]\n{nightly}\n[timing]\n{timing}\n");
    let text = text.replace("[timing]\n", &sections);
    let text = text.replace("[server]\n", &format!("[server]\nmetrics = \"{metrics}\"\n"));
    std::fs::write(config, text).expect("the configuration");
}

#[expect(clippy::disallowed_methods, reason = "a test waits for another process")]
pub async fn pause(time: Duration) {
    tokio::time::sleep(time).await;
}
