//! The demo as `scripts/demo` runs it: the tenant in one process, the service in another, and the commands of the manual
//! with nothing but `PF_CONFIG`.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use crate::house::{pause, ready};

/// A minute for the tenant, on a machine that is busy.
const LOOKS: u32 = 300;
const LOOK: Duration = Duration::from_millis(200);

/// Ends with the test, whatever becomes of it.
pub struct Demo {
    backend: String,
    folder: TempDir,
    tenant: Child,
    service: Option<Child>,
    facts: Value,
}

impl Demo {
    /// Starts a tenant and, as soon as it is there, the service.
    pub async fn start(backend: &str) -> Self {
        Self::start_with(backend, &[]).await
    }

    /// The same, with arguments of the first start.
    pub async fn start_with(backend: &str, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let tenant = start_tenant(backend, folder.path(), arguments);
        let mut demo = Self {
            backend: backend.to_owned(),
            folder,
            tenant,
            service: None,
            facts: Value::Null,
        };
        demo.come_up().await;
        demo
    }

    /// Everything ends and begins again in the same folder.
    pub async fn start_again(&mut self) {
        self.end();
        std::fs::remove_file(self.folder.path().join("ready.json")).expect("the facts");
        self.tenant = start_tenant(&self.backend, self.folder.path(), &[]);
        self.come_up().await;
    }

    async fn come_up(&mut self) {
        let file = self.folder.path().join("ready.json");
        for _ in 0..LOOKS {
            if file.exists() || self.tenant.try_wait().expect("the tenant").is_some() {
                break;
            }
            pause(LOOK).await;
        }
        let text = std::fs::read_to_string(file).expect("the tenant is ready");
        self.facts = serde_json::from_str(&text).expect("facts");
        self.restart_service().await;
    }

    /// The service ends, if it runs, and comes back by the configuration as it is now.
    pub async fn restart_service(&mut self) {
        end(self.service.take());
        self.service = Some(quiet(&mut self.command(&["serve"])));
        assert!(ready(&self.client()).await, "the service is not ready");
    }

    /// Runs one command of the product to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the product runs")
    }

    /// Runs `scripts/demo-administrator`.
    pub fn administrator(&self, arguments: &[&str]) -> Output {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/demo-administrator");
        let mut script = Command::new(script);
        let script = script.args(arguments).env("PF_DEMO", self.folder.path());
        script.output().expect("the script runs")
    }

    pub fn configuration(&self) -> PathBuf {
        self.fact("config").into()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.backend);
        command.args(arguments).env("PF_CONFIG", self.configuration());
        command
    }

    fn fact(&self, name: &str) -> &str {
        let fact = self.facts[name].as_str();
        fact.unwrap_or_else(|| panic!("no {name}: {}", self.facts))
    }

    fn client(&self) -> reqwest::Client {
        let ca = std::fs::read(self.fact("caFile")).expect("the CA");
        let ca = reqwest::Certificate::from_pem(&ca).expect("a certificate");
        let service = self.fact("service").parse().expect("an address");
        let builder = reqwest::Client::builder().tls_certs_only([ca]).no_proxy();
        let builder = builder.resolve(self.fact("publicHost"), service);
        builder.build().expect("a client")
    }

    fn end(&mut self) {
        end(self.service.take());
        // It may have ended by itself.
        let _ = self.tenant.kill();
        let _ = self.tenant.wait();
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        self.end();
    }
}

fn start_tenant(backend: &str, folder: &Path, arguments: &[&str]) -> Child {
    let mut command = Command::new(backend);
    let command = command.args(["demo", "--tenant-only", "--data"]).arg(folder);
    let command = command.arg("--ready-file").arg(folder.join("ready.json"));
    quiet(command.args(arguments))
}

fn quiet(command: &mut Command) -> Child {
    let silent = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    silent.spawn().expect("the product starts")
}

fn end(child: Option<Child>) {
    if let Some(mut child) = child {
        let _ = child.kill();
        let _ = child.wait();
    }
}
