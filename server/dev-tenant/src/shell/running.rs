//! A tenant that answers until it is stopped.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum_server::Handle;
use jiff::SignedDuration;
use tokio::task::JoinHandle;

use super::clock_file::{self, ClockFileError};
use super::faults::Strike;
use super::state::Shell;
use crate::world::World;

/// Dropping it leaves the tenant running; [`Running::stop`] ends it.
#[derive(Debug)]
pub struct Running {
    /// Where Microsoft's hosts answer by TLS.
    pub address: SocketAddr,
    /// Where the control API answers by plain HTTP.
    pub control_address: SocketAddr,
    pub ca_file: PathBuf,
    pub world: Arc<World>,
    pub(super) shell: Arc<Shell>,
    pub(super) servers: Vec<Server>,
    pub(super) deliveries: JoinHandle<()>,
}

/// One listener.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) handle: Handle<SocketAddr>,
    pub(super) task: JoinHandle<io::Result<()>>,
}

impl Running {
    /// Webhooks for `https://{host}` go to `address` from now on, as by the control API.
    ///
    /// # Errors
    /// The client for webhooks cannot be built anew.
    pub fn bend(&self, host: &str, address: SocketAddr) -> Result<(), reqwest::Error> {
        self.shell.bends.set(host, Some(address))
    }

    /// Moves the tenant's clock, and the file by which others follow it.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn advance(&self, by: SignedDuration) -> Result<(), ClockFileError> {
        clock_file::advance(&self.shell.data, &self.world.clock, by)
    }

    /// How many calls came so far from the program whose `User-Agent` contains this.
    pub fn calls_of(&self, program: &str) -> u64 {
        let arrivals = self.shell.arrivals();
        let theirs = arrivals.iter().filter(|(agent, _)| agent.contains(program));
        theirs.map(|(_, count)| count).sum()
    }

    /// Passwords, tokens and proofs that passed through the tenant's door: they must stand nowhere else.
    pub fn secrets(&self) -> Vec<String> {
        self.shell.secrets().all()
    }

    /// What faults struck so far, oldest first; parts of batches are not among it.
    pub fn strikes(&self) -> Vec<Strike> {
        self.shell.strikes().clone()
    }

    /// Closes the listeners and every connection; no webhook leaves any more.
    pub async fn stop(self) {
        self.deliveries.abort();
        for server in self.servers {
            server.handle.shutdown();
            if let Ok(Err(error)) = server.task.await {
                tracing::warn!(%error, "a server of the tenant ended badly");
            }
        }
    }
}
