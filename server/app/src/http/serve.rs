//! Answering, with TLS by OpenSSL or plain behind a proxy, until the handle is told to stop.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum_server::Handle;
use axum_server::accept::NoDelayAcceptor;
use axum_server::tls_openssl::{OpenSSLAcceptor, OpenSSLConfig};
use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslFiletype, SslMethod};
use thiserror::Error;
use tower_http::timeout::TimeoutLayer;

use super::listen::{ListenError, listen};
use crate::config::{Server, Tls};

/// How long somebody is waited for who sends slowly, or nothing at all.
#[derive(Debug, Clone, Copy)]
struct Patience {
    /// Until the first request of a connection begins.
    first: Duration,
    /// Until the head of a request is there, and so the longest pause between two requests of one connection. Proxies
    /// keep theirs for a minute or somewhat longer.
    head: Duration,
    /// From a request's head to the head of its answer.
    request: Duration,
}

const PATIENCE: Patience = Patience {
    first: Duration::from_secs(30),
    head: Duration::from_mins(2),
    request: Duration::from_mins(1),
};

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
    patience: Patience,
}

impl Door {
    pub async fn open(server: &Server) -> Result<Self, ServeError> {
        let tls = server.tls.as_ref().map(acceptor).transpose()?;
        let listener = listen("server.listen", server.listen).await?;
        Ok(Self {
            server: axum_server::from_tcp(listener.into_std()?)?,
            tls,
            patience: PATIENCE,
        })
    }

    /// Serves `routes` until `handle` is shut down. Answers leave at once, and do not wait for more to send.
    pub async fn serve(self, routes: Router, handle: Handle<SocketAddr>) -> Result<(), ServeError> {
        let patience = TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, self.patience.request);
        let service = routes.layer(patience).into_make_service();
        let server = self.server.handle(handle);
        let mut server = server.first_request_timeout(self.patience.first);
        server
            .http_builder()
            .http1()
            .header_read_timeout(self.patience.head);
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

#[cfg(test)]
mod tests {
    use axum::routing::post;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    use super::*;

    /// What somebody gets who sends this and then nothing more.
    async fn answer_to(begun: &str) -> String {
        let here = SocketAddr::from(([127, 0, 0, 1], 0));
        let listener = listen("server.listen", here).await.unwrap();
        let address = listener.local_addr().unwrap();
        let moment = Duration::from_millis(50);
        let door = Door {
            server: axum_server::from_tcp(listener.into_std().unwrap()).unwrap(),
            tls: None,
            patience: Patience {
                first: moment,
                head: moment,
                request: moment,
            },
        };
        let routes = Router::new().route("/", post(|body: String| async { body }));
        let served = tokio::spawn(door.serve(routes, Handle::new()));
        let mut client = TcpStream::connect(address).await.unwrap();
        client.write_all(begun.as_bytes()).await.unwrap();
        let mut answer = String::new();
        client.read_to_string(&mut answer).await.unwrap();
        served.abort();
        answer
    }

    #[tokio::test]
    async fn whoever_does_not_send_on_is_not_waited_for() {
        let head = "POST / HTTP/1.1\r\nhost: here\r\n";
        for begun in ["", "PRI * HTTP", head] {
            assert!(!answer_to(begun).await.contains("200"), "the connection ends");
        }
        let body = format!("{head}content-length: 10\r\nconnection: close\r\n\r\nhalf");
        let answer = answer_to(&body).await;
        assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
    }
}
