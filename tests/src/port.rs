//! Where the product listens.

use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU32, Ordering};

/// Below the ports that systems give to calls (Linux: from 32768 on): the product is killed and comes back at the same
/// address, which no call may have taken in the meantime.
const FIRST_PORT: u32 = 15_000;
const PORTS: u32 = 16_000;
/// Test programs that run side by side look for theirs in different places.
const PORTS_EACH: u32 = 64;

/// A port that nobody listens at.
pub(crate) fn free_address() -> SocketAddr {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let own = std::process::id().wrapping_mul(PORTS_EACH);
    loop {
        let next = own.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)) % PORTS;
        let port = u16::try_from(FIRST_PORT + next).expect("a port");
        if let Ok(listener) = TcpListener::bind(("127.0.0.1", port)) {
            return listener.local_addr().expect("its address");
        }
    }
}
