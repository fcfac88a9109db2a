//! Bringing the tenant up.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_openssl::{OpenSSLAcceptor, OpenSSLConfig};
use openssl::error::ErrorStack;
use openssl::pkey::PKey;
use openssl::ssl::{AlpnError, SslAcceptor, SslMethod, select_next_proto};
use openssl::x509::X509;

use super::certificates::{CertificateError, Leaf, ca_file, issue_leaf};
use super::clock_file::{self, ClockFileError};
use super::cut::CutAcceptor;
use super::running::{Running, Server};
use super::state::Shell;
use super::{control, deliveries, dispatch, http};
use crate::classic::Spfx;
use crate::clock::Clock;
use crate::seed::SeedError;
use crate::world::World;

/// How the tenant is started.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// Where Microsoft's hosts answer; port 0 = any free one.
    #[arg(long, default_value = "127.0.0.1:8443")]
    pub listen: SocketAddr,
    /// Where the control API answers: a loopback address.
    #[arg(long, default_value = "127.0.0.1:8444")]
    pub control: SocketAddr,
    /// Folder of keys, certificates and the clock's offset; made when absent.
    #[arg(long, default_value = DATA)]
    pub data: PathBuf,
    /// One seed, one tenant.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Longest time in seconds that a new user or group stays invisible to Graph; 0 = none.
    #[arg(long, default_value_t = 0)]
    pub lag_seconds: u32,
    /// Our web parts' package, which the site's pages load.
    #[arg(long)]
    pub sppkg: Option<PathBuf>,
    /// The `node_modules` that hold Microsoft's SPFx runtime.
    #[arg(long)]
    pub spfx_modules: Option<PathBuf>,
    /// Host of a SharePoint Server of the company, e.g. `sharepoint.contoso.local`; without it there is none.
    #[arg(long)]
    pub server_host: Option<String>,
}

const DATA: &str = "dev-tenant-data";

/// Any free ports: for tests.
impl Default for Options {
    fn default() -> Self {
        let anywhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self {
            listen: anywhere,
            control: anywhere,
            data: PathBuf::from(DATA),
            seed: 1,
            lag_seconds: 0,
            sppkg: None,
            spfx_modules: None,
            server_host: None,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("control: {0} is not a loopback address; give one such as 127.0.0.1:8444")]
    ControlInTheOpen(SocketAddr),
    #[error("cannot listen at {address}: {error}")]
    Listen { address: SocketAddr, error: io::Error },
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    #[error(transparent)]
    Seed(#[from] SeedError),
    #[error(transparent)]
    Clock(#[from] ClockFileError),
    #[error("TLS cannot be set up: {0}")]
    Tls(#[from] ErrorStack),
    #[error("the client for webhooks cannot be built: {0}")]
    Courier(#[from] reqwest::Error),
    #[error("the tenant cannot be made ready: {0}")]
    Broken(#[from] tokio::task::JoinError),
}

/// Starts the tenant of the seed, as it is born.
///
/// # Errors
/// A listener, key, certificate or file that cannot be had.
pub async fn start(options: Options) -> Result<Running, StartError> {
    let started = tokio::task::spawn_blocking(move || {
        let clock = Clock::default();
        clock_file::restore(&options.data, &clock)?;
        let spfx = Spfx::open(options.spfx_modules.as_deref(), options.sppkg.as_deref());
        let world = crate::seed::world(options.seed, &options.data, clock.now())?.hosting(spfx);
        let world = match &options.server_host {
            Some(host) => crate::seed::with_farm(world, host, clock.now()),
            None => world,
        };
        world.tenant().switches.replication_lag_seconds = options.lag_seconds;
        open(&options, Arc::new(world))
    });
    started.await?
}

/// Answers for `world` at `listen` (port 0: any free one), the control API at any free port of loopback; keys,
/// certificates and the clock's offset lie under `data`. Needs a Tokio runtime around it.
///
/// # Errors
/// As [`start`].
pub fn serve(listen: SocketAddr, data: &Path, world: Arc<World>) -> Result<Running, StartError> {
    let options = Options {
        listen,
        data: data.to_owned(),
        ..Options::default()
    };
    open(&options, world)
}

fn open(options: &Options, world: Arc<World>) -> Result<Running, StartError> {
    if !options.control.ip().is_loopback() {
        return Err(StartError::ControlInTheOpen(options.control));
    }
    let data = &options.data;
    clock_file::restore(data, &world.clock)?;
    let hosts = dispatch::hosts(&world);
    let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
    let tls = OpenSSLConfig::from_acceptor(Arc::new(acceptor(&issue_leaf(data, &hosts)?)?));
    clock_file::store(data, &world.clock)?;
    let shell = Arc::new(Shell::new(Arc::clone(&world), data)?);
    shell.connect_farm();
    let (listener, address) = bind(options.listen)?;
    let (control_listener, control_address) = bind(options.control)?;
    let services = Router::new().fallback(http::serve).with_state(Arc::clone(&shell));
    let server =
        listening(listener, options.listen)?.acceptor(OpenSSLAcceptor::new(tls).acceptor(CutAcceptor));
    let control_server = listening(control_listener, options.control)?;
    let control = control::router(Arc::clone(&shell));
    Ok(Running {
        address,
        control_address,
        ca_file: ca_file(data),
        world,
        shell: Arc::clone(&shell),
        servers: vec![
            spawn(|handle| server.handle(handle).serve(services.into_make_service())),
            spawn(|handle| control_server.handle(handle).serve(control.into_make_service())),
        ],
        deliveries: deliveries::spawn(shell),
    })
}

fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let failed = |error| StartError::Listen { address, error };
    let listener = TcpListener::bind(address).map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}

fn listening(
    listener: TcpListener,
    address: SocketAddr,
) -> Result<axum_server::Server<SocketAddr>, StartError> {
    axum_server::from_tcp(listener).map_err(|error| StartError::Listen { address, error })
}

fn spawn<F>(serve: impl FnOnce(Handle<SocketAddr>) -> F) -> Server
where
    F: Future<Output = io::Result<()>> + Send + 'static,
{
    let handle = Handle::new();
    Server {
        task: tokio::spawn(serve(handle.clone())),
        handle,
    }
}

/// TLS 1.2 too: not every client of others speaks 1.3.
fn acceptor(leaf: &Leaf) -> Result<SslAcceptor, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_certificate(X509::from_pem(&leaf.certificate)?.as_ref())?;
    builder.set_private_key(PKey::private_key_from_pem(&leaf.key)?.as_ref())?;
    builder.set_alpn_select_callback(|_, offered| {
        select_next_proto(b"\x02h2\x08http/1.1", offered).ok_or(AlpnError::NOACK)
    });
    Ok(builder.build())
}
