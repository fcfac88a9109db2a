//! The tenant as a command: starts, says where its parts are, answers until it is told to stop.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::exports::exports;
use crate::shell::{self, Options, Running, StartError};

#[derive(Debug, thiserror::Error)]
pub enum RunError {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("env-file: {0} cannot be written: {1}")]
    EnvFile(PathBuf, io::Error),
    #[error("cannot listen to signals: {0}")]
    Signals(io::Error),
}

/// Runs the tenant until SIGTERM or ctrl-c. `env_file` gets shell exports that name its parts; it is written when
/// the tenant answers, all at once.
///
/// # Errors
/// The tenant cannot start, or the file cannot be written.
pub async fn run(options: Options, env_file: Option<PathBuf>) -> Result<(), RunError> {
    let mut stops = Stops::new().map_err(RunError::Signals)?;
    let data = options.data.clone();
    let running = shell::start(options).await?;
    let told = env_file.map_or(Ok(()), |file| tell(&running, &data, &file));
    if told.is_ok() {
        tracing::info!(address = %running.address, control = %running.control_address, "the tenant answers");
        stops.come().await;
    }
    running.stop().await;
    told
}

fn tell(running: &Running, data: &Path, file: &Path) -> Result<(), RunError> {
    let write = || {
        let text = exports(running, &std::path::absolute(data)?);
        let draft = file.with_extension("new");
        fs::write(&draft, text)?;
        fs::rename(draft, file)
    };
    write().map_err(|error| RunError::EnvFile(file.to_owned(), error))
}

/// What ends the tenant.
struct Stops {
    terminate: Signal,
    interrupt: Signal,
}

impl Stops {
    fn new() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn come(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
