//! The command line. Each command is thin: it opens the service and calls what the jobs call too.

mod applications;
mod credentials;
mod csv;
mod definitions;
#[cfg(feature = "dev-tenant")]
mod demo;
mod doctor;
mod dumps;
mod evidence;
mod expiries;
mod jobs;
mod journal;
mod migrate;
mod organisation;
mod output;
mod permissions;
mod reconcile;
mod recover;
mod report;
mod route;
mod serve;
mod setup;
mod template;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::{Parser, Subcommand};
use m365::Pace;

use crate::config;
use crate::service::Service;
use crate::telemetry::{LogFormat, start_logging};
use output::{print, print_error};

/// In which language what a command prints is.
const LANGUAGE: &str = "What commands print is worded in the language of the configuration's [mail] language: \"ja\" (also \
    where it is not given) or \"en\". Commands that read no configuration have --english. Logs are in English.";

/// Requests for Microsoft 365, approved in SharePoint and carried out exactly as approved.
#[derive(Debug, Parser)]
#[command(name = "provisioning-flow", version, after_help = LANGUAGE)]
pub struct Cli {
    /// Configuration file.
    #[arg(
        long,
        global = true,
        env = "PF_CONFIG",
        default_value = "provisioning-flow.toml"
    )]
    config: PathBuf,
    /// How log lines on standard error look.
    #[arg(long, global = true, value_enum, default_value = "text")]
    log: LogFormat,
    /// What is logged, in tracing's own syntax.
    #[arg(long, global = true, default_value = "info")]
    log_filter: String,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve pages, API and webhooks, and run jobs, until SIGTERM or Ctrl-C.
    Serve,
    /// Run the whole product on loopback, with a dev tenant for Microsoft 365.
    #[cfg(feature = "dev-tenant")]
    Demo(demo::Arguments),
    /// Make the site be what the manifests say; running it again changes nothing.
    Setup(setup::Arguments),
    /// Walk the way every job walks and say what is wrong and how to mend it.
    Doctor,
    /// Print the application permissions that the features in use need, and no others.
    Permissions(permissions::Arguments),
    /// List work that stopped and waits for a person, or let it run again.
    Jobs(jobs::Arguments),
    /// Do to an application what only administrators may; the journal names the administrator.
    Applications(applications::Arguments),
    /// What proves the app: how long yet, and its renewal.
    Credentials(credentials::Arguments),
    /// Everything of this installation that ends on some day.
    Expiries(expiries::Arguments),
    /// Compare SharePoint with our rows, item by item, and mend what is wrong; a broken-off run goes on.
    Reconcile(reconcile::Arguments),
    /// Check hashes and signatures of every application's journal.
    VerifyJournal,
    /// Print all lines and signed heads of one application's journal as JSON.
    ExportJournal(journal::Which),
    /// One application's evidence: as one line, as one file that proves itself, and the check of such a file.
    Evidence(evidence::Arguments),
    /// Print whom an application would ask, and why; changes nothing.
    Route(route::Arguments),
    /// What another organisation would do to the applications that run; one person's work goes to another.
    Organisation(organisation::Arguments),
    /// Check the rows of a CSV file for a bulk application, or print a template for one.
    Csv(csv::Arguments),
    /// Print how many applications there were, how long steps took, whom they waited for and what is late.
    Report(report::Arguments),
    /// Check workflow definitions before they are published.
    Definitions(definitions::Arguments),
    /// Rebuild a lost database from SharePoint; every hash and signature is checked. Stop `serve` first.
    Recover,
    /// Bring the database to this version's tables.
    Migrate,
    /// Print the lists as a PnP provisioning template: what `manifests/site-template.*.xml` must be.
    #[command(hide = true)]
    SiteTemplate(template::Arguments),
}

impl Cli {
    /// Runs the command. Errors are told in one line each on standard error.
    pub fn run(self) -> ExitCode {
        let refused = dumps::refuse();
        if let Err(error) = start_logging(self.log, &self.log_filter) {
            return told(&anyhow::Error::new(error).context("--log-filter"));
        }
        if let Err(error) = refused {
            tracing::warn!(%error, "a core dump of this process, or of a program that it starts, may hold its secrets: forbid it from outside (ulimit -c 0)");
        }
        let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
            Ok(runtime) => runtime,
            Err(error) => return told(&anyhow::Error::new(error)),
        };
        match runtime.block_on(self.command.run(&self.config)) {
            Ok(code) => output::code_with_output(code),
            Err(error) => told(&error),
        }
    }
}

impl Command {
    async fn run(self, config: &Path) -> anyhow::Result<ExitCode> {
        match self {
            Self::Serve => serve::run(open_at(config, Pace::default()).await?)
                .await
                .map(|()| ExitCode::SUCCESS),
            #[cfg(feature = "dev-tenant")]
            Self::Demo(arguments) => demo::run(arguments).await.map(|()| ExitCode::SUCCESS),
            Self::Setup(arguments) => setup::run(config, arguments).await,
            Self::Doctor => Ok(doctor::run(open(config).await?).await),
            Self::Permissions(arguments) => permissions::run(config, &arguments),
            Self::Jobs(arguments) => jobs::run(open(config).await?, arguments).await,
            Self::Applications(arguments) => applications::run(open(config).await?, arguments)
                .await
                .map(|()| ExitCode::SUCCESS),
            Self::Credentials(arguments) => credentials::run(config, arguments).await,
            Self::Expiries(arguments) => expiries::run(open(config).await?, arguments).await,
            Self::Reconcile(arguments) => reconcile::run(open(config).await?, arguments).await,
            Self::VerifyJournal => journal::verify(open(config).await?).await,
            Self::ExportJournal(which) => journal::export(open(config).await?, which)
                .await
                .map(|()| ExitCode::SUCCESS),
            Self::Evidence(arguments) => evidence::run(config, arguments).await,
            Self::Route(arguments) => route::run(open(config).await?, arguments)
                .await
                .map(|()| ExitCode::SUCCESS),
            Self::Organisation(arguments) => organisation::run(open(config).await?, arguments).await,
            Self::Csv(arguments) => csv::run(open(config).await?, arguments).await,
            Self::Report(arguments) => report::run(open(config).await?, arguments)
                .await
                .map(|()| ExitCode::SUCCESS),
            Self::Definitions(arguments) => definitions::run(config, arguments).await,
            Self::Recover => recover::run(open(config).await?).await,
            Self::SiteTemplate(arguments) => template::run(&arguments).map(|()| ExitCode::SUCCESS),
            Self::Migrate => migrate::run(open(config).await?)
                .await
                .map(|()| ExitCode::SUCCESS),
        }
    }
}

/// For a command that is run by hand.
async fn open(path: &Path) -> anyhow::Result<Arc<Service>> {
    open_at(path, Pace::patient()).await
}

async fn open_at(path: &Path, pace: Pace) -> anyhow::Result<Arc<Service>> {
    let config = config::load(path)?;
    Service::open_at(config, pace)
        .await
        .context("the service cannot be opened")
}

fn told(error: &anyhow::Error) -> ExitCode {
    print_error(&format!("{error:#}"));
    ExitCode::FAILURE
}
