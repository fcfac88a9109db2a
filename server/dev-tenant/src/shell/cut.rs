//! Connections that break on demand: a real TCP reset, with no answer.

use std::future::{Ready, ready};
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready as finished};

use axum::Extension;
use axum_server::accept::Accept;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tower::Layer as _;

/// Breaks the connection that a request came by. With HTTP/2 every request under way on it dies too.
#[derive(Debug, Clone, Default)]
pub(super) struct Cut(Arc<AtomicBool>);

impl Cut {
    pub(super) fn now(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Lies under TLS, so that the reset hits the wire and not the record layer. Puts a [`Cut`] into each request.
#[derive(Debug, Clone, Copy)]
pub(super) struct CutAcceptor;

impl<S> Accept<TcpStream, S> for CutAcceptor {
    type Stream = CutStream;
    type Service = axum::middleware::AddExtension<S, Cut>;
    type Future = Ready<io::Result<(Self::Stream, Self::Service)>>;

    /// Answers leave at once: a kernel that waits for more to send costs 40 ms of a caller's time.
    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        if let Err(error) = stream.set_nodelay(true) {
            return ready(Err(error));
        }
        let cut = Cut::default();
        let stream = CutStream {
            stream,
            cut: cut.clone(),
        };
        ready(Ok((stream, Extension(cut).layer(service))))
    }
}

#[derive(Debug)]
pub(super) struct CutStream {
    stream: TcpStream,
    cut: Cut,
}

impl CutStream {
    /// Zero linger makes the closing of the socket a reset.
    fn intact(&self) -> io::Result<()> {
        if !self.cut.0.load(Ordering::Relaxed) {
            return Ok(());
        }
        self.stream.set_zero_linger()?;
        Err(ErrorKind::ConnectionReset.into())
    }
}

impl AsyncRead for CutStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.intact()?;
        finished!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for CutStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.intact()?;
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.intact()?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.intact()?;
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
