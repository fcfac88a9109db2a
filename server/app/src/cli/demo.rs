//! `demo`: the whole product on loopback, the dev tenant and the service in one process; or the tenant alone, beside which
//! the service runs as where it is installed.

mod facts;

use std::io::{Error, ErrorKind};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use dev_tenant::directory::User;
use dev_tenant::seed;
use dev_tenant::shell::{self, Running};
use tokio::signal::unix::{SignalKind, signal};

use crate::config::{self, Language};
use crate::demo::{PUBLIC_HOST, Place, write};
use crate::service::Service;
use crate::setup::{self, Changes, Mode};
use facts::Facts;

/// What a renewal of credentials needs and our manifest does not ask for: the registration asks, consent is left to try.
const RENEWAL: &str = "Application.ReadWrite.OwnedBy";
/// Below the ports that systems give to calls (Linux: from 32768 on): the service may end and come back.
const FIRST_PORT: u16 = 10_000;
const PORTS: u16 = 5_000;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Folder of keys, databases and configuration; emptied of nothing, made when absent.
    #[arg(long)]
    data: PathBuf,
    /// Run the tenant alone and write the configuration with which `serve` and `setup` run beside it.
    #[arg(long)]
    tenant_only: bool,
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
    /// In which language pages, lists, mails and commands are: `ja` or `en`; as at the start before unless given.
    #[arg(long, value_parser = language)]
    language: Option<Language>,
    /// Seconds until Graph shows a fresh object, at most.
    #[arg(long, default_value_t = 0)]
    lag: u32,
    /// Written as JSON once everything answers: addresses, CA, configuration, the tenant's administrator.
    #[arg(long)]
    ready_file: Option<PathBuf>,
}

pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let tenant = start_tenant(&arguments).await?;
    let administrator = seed::appoint_administrator(&tenant.world);
    let administrator = administrator.context("the dev tenant was born without an administrator")?;
    seed::ask_of_graph(&tenant.world, RENEWAL);
    let file = configure(&arguments, &tenant)?;
    if arguments.tenant_only {
        let config = config::load(&file)?;
        Facts::of(&tenant, &config, &administrator)?.tell(arguments.ready_file.as_deref())?;
        told_to_stop().await?;
    } else {
        serve(&arguments, &tenant, &file, &administrator).await?;
    }
    tenant.stop().await;
    Ok(())
}

async fn start_tenant(arguments: &Arguments) -> anyhow::Result<Running> {
    let data = tenant_data(arguments);
    start_the_clock_anew(&data)?;
    let options = shell::Options {
        data,
        seed: 7,
        lag_seconds: arguments.lag,
        sppkg: arguments.sppkg.clone(),
        spfx_modules: arguments.spfx_modules.clone(),
        ..shell::Options::default()
    };
    Ok(shell::start(options).await?)
}

fn tenant_data(arguments: &Arguments) -> PathBuf {
    arguments.data.join("tenant")
}

fn language(text: &str) -> Result<Language, &'static str> {
    Language::of_tag(text).ok_or("ja (Japanese) or en (English)")
}

/// The service's files, always in the same folder. The tenant is born anew at every start, so the database of an earlier
/// one must not be taken up again.
fn configure(arguments: &Arguments, tenant: &Running) -> anyhow::Result<PathBuf> {
    let listen = free_address()?;
    tenant.bend(PUBLIC_HOST, listen)?;
    let born = tenant.world.clock.now().as_millisecond();
    let place = Place {
        folder: &std::path::absolute(arguments.data.join("service"))?,
        tenant_data: &tenant_data(arguments),
        listen,
        database: &format!("sqlite://flow-{born}.sqlite"),
        walk: 5,
        workflows: arguments.workflows.as_deref(),
        evidence_page: arguments.evidence_page.as_deref(),
        language: arguments.language,
    };
    Ok(write(tenant, place)?)
}

async fn serve(
    arguments: &Arguments,
    tenant: &Running,
    file: &Path,
    administrator: &User,
) -> anyhow::Result<()> {
    let service = Service::open(config::load(file)?).await?;
    let serving = tokio::spawn(super::serve::run(Arc::clone(&service)));
    let ready = async {
        set_up(&service).await?;
        Facts::of(tenant, &service.config, administrator)?.tell(arguments.ready_file.as_deref())
    };
    tokio::pin!(serving);
    tokio::select! {
        ended = &mut serving => ended??,
        outcome = ready => {
            outcome?;
            serving.await??;
        }
    }
    Ok(())
}

/// Lists, levels and definitions, then the webhooks, which need our own server to answer.
async fn set_up(service: &Service) -> anyhow::Result<()> {
    service.migrate().await?;
    setup::run(&service.site, &service.config, Mode::Apply).await?;
    crate::masters::run(service).await?;
    setup::hints::ensure_all(service, &mut Changes::new(Mode::Apply)).await?;
    Ok(())
}

async fn told_to_stop() -> std::io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        interrupted = tokio::signal::ctrl_c() => interrupted,
    }
}

/// A demo begins in the present, although the one before it may have moved its tenant's clock.
fn start_the_clock_anew(tenant_data: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(tenant_data.join("clock-offset")) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// One that was free a moment ago. Demos that start at once look in different places.
fn free_address() -> std::io::Result<SocketAddr> {
    let own = std::process::id() % u32::from(PORTS);
    let own = u16::try_from(own).unwrap_or_default();
    let mut ports = (0..PORTS).map(|at| FIRST_PORT + (own + at) % PORTS);
    ports
        .find_map(|port| TcpListener::bind(("127.0.0.1", port)).ok())
        .ok_or_else(|| Error::new(ErrorKind::AddrInUse, "no port from 10000 to 14999 is free"))?
        .local_addr()
}
