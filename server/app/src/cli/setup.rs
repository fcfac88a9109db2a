//! `setup`.

mod app;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, ensure};
use clap::{Args, Subcommand};
use url::Url;

use super::definitions::Thoroughness;
use crate::config::Config;
use crate::service::Service;
use crate::setup::{self, Action, Changes, Mode};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The workflow site; must be the one in the configuration.
    #[arg(long, global = true)]
    site: Option<Url>,
    /// Only show what differs.
    #[arg(long, global = true)]
    plan: bool,
    #[command(flatten)]
    thoroughness: Thoroughness,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Before the first `setup`: the app's permissions, certificate, consent and site grant, and what is missing next.
    App,
}

pub(super) async fn run(config: &Path, arguments: Arguments) -> anyhow::Result<ExitCode> {
    let mode = if arguments.plan { Mode::Plan } else { Mode::Apply };
    if let Some(What::App) = arguments.what {
        let config = crate::config::load(config)?;
        ensure_meant(&config, arguments.site.as_ref())?;
        return app::run(&config, mode).await;
    }
    let service = super::open(config).await?;
    ensure_meant(&service.config, arguments.site.as_ref())?;
    make_site(service, arguments.thoroughness, mode)
        .await
        .map(|()| ExitCode::SUCCESS)
}

fn ensure_meant(config: &Config, site: Option<&Url>) -> anyhow::Result<()> {
    let configured = config.site.url.as_str().trim_end_matches('/');
    if let Some(site) = site {
        ensure!(
            site.as_str().trim_end_matches('/') == configured,
            "--site is {site}, but the configuration speaks of {configured}"
        );
    }
    Ok(())
}

async fn make_site(service: Arc<Service>, thoroughness: Thoroughness, mode: Mode) -> anyhow::Result<()> {
    if mode == Mode::Apply {
        service.migrate().await?;
        super::definitions::ensure_unaltered(&service).await?;
    }
    super::definitions::ensure_good(&service, thoroughness).await?;
    let mut changes = setup::run(&service.site, &service.config, mode).await?;
    if mode == Mode::Apply {
        // Forms offer licences and groups at once, although no service may run yet.
        crate::masters::run(&service).await?;
    }
    let mut hints = Changes::new(mode);
    let subscribed = setup::hints::ensure_all(&service, &mut hints).await;
    changes.append(&mut hints.made);
    let language = service.config.mail.language;
    for change in &changes {
        super::print(&change.line(language).to_string());
    }
    super::print(&format!("{} change(s)", changes.len()));
    let foreign = changes
        .iter()
        .any(|change| change.action == Action::ForeignColumn);
    ensure!(!foreign, "a column needs a decision of yours: see above");
    subscribed.context("webhooks (event receivers on a farm) could not be made: is `serve` running and reachable at server.public_url?")
}
