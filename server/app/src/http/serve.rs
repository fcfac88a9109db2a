//! Listening, with TLS by OpenSSL or plain behind a proxy, until the handle is told to stop.

use std::net::SocketAddr;

use axum::Router;
use axum_server::Handle;
use axum_server::accept::NoDelayAcceptor;
use axum_server::tls_openssl::OpenSSLConfig;
use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod};
use thiserror::Error;

use crate::config::{Server, Tls};

#[derive(Debug, Error)]
pub enum ServeError {
    #[error("server.tls: certificate or key cannot be used: {0}")]
    Tls(#[from] ErrorStack),
    #[error("server.tls: {0}")]
    Context(#[from] openssl::ssl::Error),
    #[error("server.listen: {0}")]
    Listen(#[from] std::io::Error),
}

/// Serves `routes` until `handle` is shut down. Answers leave at once, and do not wait for more to send.
pub async fn serve(server: &Server, routes: Router, handle: Handle<SocketAddr>) -> Result<(), ServeError> {
    let service = routes.into_make_service();
    match &server.tls {
        Some(tls) => {
            axum_server::bind_openssl(server.listen, acceptor(tls)?)
                .map(|acceptor| acceptor.acceptor(NoDelayAcceptor::new()))
                .handle(handle)
                .serve(service)
                .await?;
        }
        None => {
            axum_server::bind(server.listen)
                .acceptor(NoDelayAcceptor::new())
                .handle(handle)
                .serve(service)
                .await?;
        }
    }
    Ok(())
}

fn acceptor(tls: &Tls) -> Result<OpenSSLConfig, ServeError> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_certificate_chain_file(&tls.certificate)?;
    builder.set_private_key_file(&tls.key, SslFiletype::PEM)?;
    builder.check_private_key()?;
    Ok(OpenSSLConfig::try_from(builder)?)
}
