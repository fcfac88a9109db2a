//! `definitions`: whether workflow definitions may be published.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail, ensure};
use clap::{Args, Subcommand};
use workflow::{Definition, DefinitionError};

use crate::config;
use crate::mail::Templates;
use crate::service::Service;
use crate::workflows::Offered;
use crate::{definitions, setup};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Check definitions as `setup` does before it publishes one; changes nothing.
    Check {
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

pub(super) async fn run(config: &Path, arguments: Arguments) -> anyhow::Result<ExitCode> {
    let What::Check { files } = arguments.what;
    // What is published is told by mail: both are checked together.
    Templates::read(&config::load(config)?)?;
    let mut service = None;
    let mut is_good = true;
    for file in &files {
        let name = file.display();
        let text = std::fs::read_to_string(file).with_context(|| name.to_string())?;
        let definition = match Definition::parse(&text) {
            Ok(definition) => definition,
            Err(fault) => {
                is_good = false;
                super::print(&format!("{name}: {fault}"));
                continue;
            }
        };
        if service.is_none() {
            service = Some(super::open(config).await?);
        }
        let Some(service) = &service else { continue };
        match definitions::check(service, &definition).await? {
            Ok(coverage) => super::print(&format!(
                "{name}: good ({} route(s), {} test case(s){})",
                coverage.resolutions,
                definition.cases.len(),
                if coverage.is_complete {
                    ""
                } else {
                    "; there are more than were tried"
                }
            )),
            Err(faults) => {
                is_good = false;
                super::print(&lines(&name.to_string(), &faults));
            }
        }
    }
    Ok(if is_good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Refuses to go on while a definition that is to be published is bad.
pub(super) async fn ensure_good(service: &Service) -> anyhow::Result<()> {
    for definition in setup::unpublished(&service.site, &service.config).await? {
        if let Err(faults) = definitions::check(service, &definition).await? {
            bail!("not published: {}", lines(definition.key.as_str(), &faults));
        }
    }
    Ok(())
}

/// Refuses to go on while a definition differs from what applications were pinned to under its version.
pub(super) async fn ensure_unaltered(service: &Service) -> anyhow::Result<()> {
    let altered = definitions::altered(service).await?;
    let told: Vec<String> = altered.into_iter().map(Offered::altered).collect();
    ensure!(told.is_empty(), "not published: {}", told.join("\n"));
    Ok(())
}

fn lines(name: &str, faults: &[DefinitionError]) -> String {
    let lines: Vec<String> = faults.iter().map(|fault| format!("{name}: {fault}")).collect();
    lines.join("\n")
}
