//! The shell: TLS under Microsoft's host names, and dispatch to the services.

mod certificates;
mod dispatch;
mod http;

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_openssl::{OpenSSLAcceptor, OpenSSLConfig};
use openssl::pkey::PKey;
use openssl::ssl::{AlpnError, SslAcceptor, SslMethod, select_next_proto};
use openssl::x509::X509;
use tokio::task::JoinHandle;

pub use certificates::{CertificateError, Leaf, ca_file, issue_leaf};

use crate::world::World;

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("cannot listen: {0}")]
    Listen(#[from] std::io::Error),
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    #[error("TLS cannot be set up: {0}")]
    Tls(#[from] openssl::error::ErrorStack),
}

/// A tenant that answers until it is stopped.
#[derive(Debug)]
pub struct Running {
    pub address: SocketAddr,
    pub ca_file: PathBuf,
    pub world: Arc<World>,
    handle: Handle<SocketAddr>,
    task: JoinHandle<std::io::Result<()>>,
}

impl Running {
    /// Closes the listener and every connection.
    pub async fn stop(self) {
        self.handle.shutdown();
        if let Ok(Err(error)) = self.task.await {
            tracing::warn!(%error, "the tenant's server ended badly");
        }
    }
}

/// Answers for `world` at `listen` (port 0: any free one); CA and keys lie under `data`.
/// Needs a Tokio runtime around it.
pub fn serve(listen: SocketAddr, data: &Path, world: Arc<World>) -> Result<Running, StartError> {
    let hosts = dispatch::hosts(&world.names);
    let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
    let config = OpenSSLConfig::from_acceptor(Arc::new(acceptor(&issue_leaf(data, &hosts)?)?));
    let listener = TcpListener::bind(listen)?;
    let address = listener.local_addr()?;
    let app = Router::new().fallback(http::serve).with_state(Arc::clone(&world));
    let handle = Handle::new();
    let server = axum_server::from_tcp(listener)?
        .acceptor(OpenSSLAcceptor::new(config))
        .handle(handle.clone())
        .serve(app.into_make_service());
    Ok(Running {
        address,
        ca_file: ca_file(data),
        world,
        handle,
        task: tokio::spawn(server),
    })
}

/// TLS 1.2 too: not every client of others speaks 1.3.
fn acceptor(leaf: &Leaf) -> Result<SslAcceptor, openssl::error::ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_certificate(X509::from_pem(&leaf.certificate)?.as_ref())?;
    builder.set_private_key(PKey::private_key_from_pem(&leaf.key)?.as_ref())?;
    builder.set_alpn_select_callback(|_, offered| {
        select_next_proto(b"\x02h2\x08http/1.1", offered).ok_or(AlpnError::NOACK)
    });
    Ok(builder.build())
}

#[cfg(test)]
mod tests;
