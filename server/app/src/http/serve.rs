//! Answering, with TLS by OpenSSL or plain behind a proxy, until the handle is told to stop.

use std::net::SocketAddr;

use axum::Router;
use axum_server::Handle;
use axum_server::accept::NoDelayAcceptor;
use axum_server::tls_openssl::{OpenSSLAcceptor, OpenSSLConfig};
use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod};
use thiserror::Error;

use super::listen::{ListenError, listen};
use crate::config::{Server, Tls};

#[derive(Debug, Error)]
pub enum ServeError {
    #[error("server.tls: certificate or key cannot be used: {0}")]
    Tls(#[from] ErrorStack),
    #[error("server.tls: {0}")]
    Context(#[from] openssl::ssl::Error),
    #[error(transparent)]
    Listen(#[from] ListenError),
    #[error("server.listen: {0}")]
    Broken(#[from] std::io::Error),
}

/// The address is ours and the certificate is good: what comes next can answer.
pub struct Door {
    server: axum_server::Server<SocketAddr>,
    tls: Option<OpenSSLConfig>,
}

impl Door {
    pub async fn open(server: &Server) -> Result<Self, ServeError> {
        let tls = server.tls.as_ref().map(acceptor).transpose()?;
        let listener = listen("server.listen", server.listen).await?;
        Ok(Self {
            server: axum_server::from_tcp(listener.into_std()?)?,
            tls,
        })
    }

    /// Serves `routes` until `handle` is shut down. Answers leave at once, and do not wait for more to send.
    pub async fn serve(self, routes: Router, handle: Handle<SocketAddr>) -> Result<(), ServeError> {
        let service = routes.into_make_service();
        let server = self.server.handle(handle);
        match self.tls {
            Some(tls) => {
                let tls = OpenSSLAcceptor::new(tls).acceptor(NoDelayAcceptor::new());
                server.acceptor(tls).serve(service).await?;
            }
            None => {
                server.acceptor(NoDelayAcceptor::new()).serve(service).await?;
            }
        }
        Ok(())
    }
}

fn acceptor(tls: &Tls) -> Result<OpenSSLConfig, ServeError> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_certificate_chain_file(&tls.certificate)?;
    builder.set_private_key_file(&tls.key, SslFiletype::PEM)?;
    builder.check_private_key()?;
    Ok(OpenSSLConfig::try_from(builder)?)
}
