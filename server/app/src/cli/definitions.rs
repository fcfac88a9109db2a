//! `definitions`: whether workflow definitions may be published.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail, ensure};
use clap::{Args, Subcommand};
use workflow::{Definition, DefinitionError};

use crate::config;
use crate::definitions::{self, Checked, Good};
use crate::mail::Templates;
use crate::prepare::organisation::Directory;
use crate::service::Service;
use crate::setup;
use crate::workflows::Offered;

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
        #[command(flatten)]
        thoroughness: Thoroughness,
    },
}

/// How much of a definition must have been tried.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Thoroughness {
    /// Take a definition for good although its conditions allow more than was tried.
    #[arg(long)]
    accept_untried: bool,
}

pub(super) async fn run(config: &Path, arguments: Arguments) -> anyhow::Result<ExitCode> {
    let What::Check { files, thoroughness } = arguments.what;
    // What is published is told by mail: both are checked together.
    Templates::read(&config::load(config)?)?;
    let mut asked = None;
    let mut is_good = true;
    for file in &files {
        let name = file.display().to_string();
        let text = std::fs::read_to_string(file).with_context(|| name.clone())?;
        let definition = match Definition::parse(&text) {
            Ok(definition) => definition,
            Err(fault) => {
                is_good = false;
                super::print(&format!("{name}: {fault}"));
                continue;
            }
        };
        if asked.is_none() {
            let service = super::open(config).await?;
            let directory = Directory::new(service.microsoft.graph(), service.microsoft.exchange());
            asked = Some((service, directory));
        }
        let Some((service, directory)) = &mut asked else {
            continue;
        };
        let checked = definitions::check(service, &definition, directory).await?;
        let judged = thoroughness.judge(&name, &definition, checked);
        is_good &= judged.is_ok();
        super::print(&judged.unwrap_or_else(|faults| faults));
    }
    Ok(if is_good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Refuses to go on while a definition that is to be published is bad. Prints what was tried of each that is good.
pub(super) async fn ensure_good(service: &Service, thoroughness: Thoroughness) -> anyhow::Result<()> {
    let mut directory = Directory::new(service.microsoft.graph(), service.microsoft.exchange());
    for definition in setup::unpublished(&service.site, &service.config).await? {
        let checked = definitions::check(service, &definition, &mut directory).await?;
        match thoroughness.judge(definition.key.as_str(), &definition, checked) {
            Ok(told) => super::print(&told),
            Err(faults) => bail!("not published: {faults}"),
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

impl Thoroughness {
    /// What to print of one definition; the error is what stands against it.
    fn judge(self, name: &str, definition: &Definition, checked: Checked) -> Result<String, String> {
        let good = checked.map_err(|faults| lines(name, &faults))?;
        let told = tried(definition, &good);
        if good.coverage.is_complete {
            return Ok(format!("{name}: good ({told})"));
        }
        let untried = "its conditions allow more than was tried";
        if self.accept_untried {
            return Ok(format!("{name}: good as far as it was tried ({told}; {untried})"));
        }
        Err(format!(
            "{name}: {untried} ({told}). Use fewer conditions or options, or accept it with --accept-untried"
        ))
    }
}

fn tried(definition: &Definition, good: &Good) -> String {
    let (coverage, people) = (good.coverage, good.people);
    let (routes, applicants) = (coverage.resolutions, coverage.applicants);
    let cases = definition.cases.len();
    let for_whom = if coverage.is_complete {
        format!("{applicants} applicants, who stand for all {people} people of the tenant")
    } else {
        format!("{applicants} of {people} people of the tenant as applicants")
    };
    format!("{routes} route(s) for {for_whom}; {cases} test case(s)")
}

fn lines(name: &str, faults: &[DefinitionError]) -> String {
    let lines: Vec<String> = faults.iter().map(|fault| format!("{name}: {fault}")).collect();
    lines.join("\n")
}
