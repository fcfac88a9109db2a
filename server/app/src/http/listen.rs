//! Taking an address before anything is said or begun: whoever serves has it.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;

use thiserror::Error;
use tokio::net::TcpListener;

/// `key`: where the configuration names the address.
#[derive(Debug, Error)]
pub enum ListenError {
    #[error(
        "{key}: {address} is taken: end the program that listens there (is `serve` running already?), or name another address"
    )]
    Taken { key: &'static str, address: SocketAddr },
    #[error("{key}: cannot listen at {address}; name an address of this machine that its user may take")]
    Refused {
        key: &'static str,
        address: SocketAddr,
        // The chain of causes is printed after this.
        #[source]
        source: io::Error,
    },
}

/// Who calls from now on waits until he is answered.
pub async fn listen(key: &'static str, address: SocketAddr) -> Result<TcpListener, ListenError> {
    let bound = TcpListener::bind(address).await;
    bound.map_err(|source| match source.kind() {
        ErrorKind::AddrInUse => ListenError::Taken { key, address },
        _ => ListenError::Refused { key, address, source },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_address_that_is_taken_or_not_ours_is_named_with_its_key() {
        let first = listen("server.listen", "127.0.0.1:0".parse().unwrap())
            .await
            .unwrap();
        let address = first.local_addr().unwrap();
        let taken = listen("server.listen", address).await.unwrap_err();
        assert!(matches!(taken, ListenError::Taken { .. }), "{taken}");
        assert!(
            taken
                .to_string()
                .starts_with(&format!("server.listen: {address} is taken"))
        );
        // RFC 5737: an address of documents, which no machine has.
        let foreign = listen("server.metrics", "192.0.2.1:0".parse().unwrap())
            .await
            .unwrap_err();
        assert!(matches!(foreign, ListenError::Refused { .. }), "{foreign}");
        assert!(foreign.to_string().starts_with("server.metrics: "), "{foreign}");
    }
}
