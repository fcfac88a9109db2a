//! The binary `provisioning-flow`.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    app::cli::Cli::parse().run()
}
