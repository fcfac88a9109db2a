//! The wire between a program and the tenant: what goes over it is counted, headers and TLS included.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::io::{self, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const CHUNK: usize = 16 * 1024;

/// Bytes so far.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Carried {
    pub(crate) sent: u64,
    pub(crate) received: u64,
}

pub(crate) struct Wire {
    pub(crate) address: SocketAddr,
    sent: Arc<AtomicU64>,
    received: Arc<AtomicU64>,
}

impl Wire {
    pub(crate) async fn to(tenant: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let wire = Self {
            address: listener.local_addr().expect("its address"),
            sent: Arc::default(),
            received: Arc::default(),
        };
        let (sent, received) = (Arc::clone(&wire.sent), Arc::clone(&wire.received));
        tokio::spawn(async move {
            while let Ok((program, _)) = listener.accept().await {
                let counters = (Arc::clone(&sent), Arc::clone(&received));
                tokio::spawn(connect(program, tenant, counters));
            }
        });
        wire
    }

    pub(crate) fn carried(&self) -> Carried {
        Carried {
            sent: self.sent.load(Ordering::SeqCst),
            received: self.received.load(Ordering::SeqCst),
        }
    }
}

async fn connect(
    program: TcpStream,
    tenant: SocketAddr,
    (sent, received): (Arc<AtomicU64>, Arc<AtomicU64>),
) -> io::Result<()> {
    let tenant = TcpStream::connect(tenant).await?;
    program.set_nodelay(true)?;
    tenant.set_nodelay(true)?;
    let (from_program, to_program) = program.into_split();
    let (from_tenant, to_tenant) = tenant.into_split();
    tokio::spawn(carry(from_tenant, to_program, received));
    carry(from_program, to_tenant, sent).await
}

async fn carry(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    counter: Arc<AtomicU64>,
) -> io::Result<()> {
    let mut chunk = vec![0; CHUNK];
    loop {
        let length = from.read(&mut chunk).await?;
        if length == 0 {
            return to.shutdown().await;
        }
        counter.fetch_add(length as u64, Ordering::SeqCst);
        to.write_all(&chunk[..length]).await?;
    }
}
