//! The product's command line, built beside the tests.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    app::cli::Cli::parse().run()
}
