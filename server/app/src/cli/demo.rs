//! `demo`: the whole product on loopback, the dev tenant and the service in one process.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use dev_tenant::shell::{self, Running};
use serde_json::json;

use crate::config;
use crate::demo::{PUBLIC_HOST, Place, write};
use crate::service::Service;
use crate::setup::{self, Changes, Mode};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Folder of keys, database and configuration; emptied of nothing, made when absent.
    #[arg(long)]
    data: PathBuf,
    /// The built web part package.
    #[arg(long)]
    sppkg: Option<PathBuf>,
    /// `node_modules` with Microsoft's SPFx runtime.
    #[arg(long)]
    spfx_modules: Option<PathBuf>,
    /// The built page that checks evidence packages.
    #[arg(long)]
    evidence_page: Option<PathBuf>,
    /// A folder of definitions to offer in place of those of this build.
    #[arg(long)]
    workflows: Option<PathBuf>,
    /// Seconds until Graph shows a fresh object, at most.
    #[arg(long, default_value_t = 0)]
    lag: u32,
    /// Written as JSON once everything answers: addresses, CA, configuration.
    #[arg(long)]
    ready_file: Option<PathBuf>,
}

pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let tenant_data = arguments.data.join("tenant");
    let options = shell::Options {
        data: tenant_data.clone(),
        seed: 7,
        lag_seconds: arguments.lag,
        sppkg: arguments.sppkg.clone(),
        spfx_modules: arguments.spfx_modules.clone(),
        ..shell::Options::default()
    };
    start_the_clock_anew(&tenant_data)?;
    let tenant = shell::start(options).await?;
    let listen = free_address()?;
    tenant.bend(PUBLIC_HOST, listen)?;
    // The tenant is born anew at every start, so the database of an earlier one must not be taken up again.
    let folder = arguments.data.join(format!("service-{}", tenant.address.port()));
    let place = Place {
        folder: &folder,
        tenant_data: &tenant_data,
        listen,
        database: "sqlite://flow.sqlite",
        walk: 5,
    };
    let file = write(&tenant, place)?;
    let mut config = config::load(&file)?;
    config.evidence.page = arguments.evidence_page.clone();
    config.site.workflows = arguments.workflows.clone();
    let service = Service::open(config).await?;
    let serving = tokio::spawn(super::serve::run(Arc::clone(&service)));
    let ready = set_up(&service, &tenant, &file, arguments.ready_file.as_deref());
    tokio::pin!(serving);
    tokio::select! {
        ended = &mut serving => ended??,
        outcome = ready => {
            outcome?;
            serving.await??;
        }
    }
    tenant.stop().await;
    Ok(())
}

/// Lists, levels and definitions, then the webhooks, which need our own server to answer.
async fn set_up(
    service: &Service,
    tenant: &Running,
    file: &Path,
    ready: Option<&Path>,
) -> anyhow::Result<()> {
    service.store.migrate().await?;
    setup::run(&service.site, &service.config, Mode::Apply).await?;
    crate::masters::run(service).await?;
    setup::hints::ensure_all(service, &mut Changes::new(Mode::Apply)).await?;
    let facts = json!({
        "site": service.config.site.url, "tenant": tenant.address, "control": tenant.control_address,
        "service": service.config.server.listen, "publicHost": PUBLIC_HOST, "caFile": tenant.ca_file,
        "config": file, "appId": service.config.app.client_id,
    });
    super::print(&format!("demo: {}", service.config.site.url));
    if let Some(path) = ready {
        let draft = path.with_extension("draft");
        std::fs::write(&draft, facts.to_string())?;
        std::fs::rename(&draft, path)?;
    }
    Ok(())
}

/// A demo begins in the present, although the one before it may have moved its tenant's clock.
fn start_the_clock_anew(tenant_data: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(tenant_data.join("clock-offset")) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// A port that was free a moment ago.
fn free_address() -> std::io::Result<SocketAddr> {
    TcpListener::bind("127.0.0.1:0")?.local_addr()
}
