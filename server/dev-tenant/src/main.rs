//! The dev tenant by itself, for other programs' tests.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use dev_tenant::command::run;
use dev_tenant::shell::Options;
use tracing_subscriber::EnvFilter;

/// Answers as Microsoft 365 on loopback until it is told to stop.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    #[command(flatten)]
    options: Options,
    /// Shell exports that name the tenant's parts are written here when it is ready.
    #[arg(long)]
    env_file: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let level = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(level)
        .with_writer(std::io::stderr)
        .init();
    let arguments = Arguments::parse();
    match run(arguments.options, arguments.env_file).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}
