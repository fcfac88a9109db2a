//! `setup`.

use std::sync::Arc;

use anyhow::{Context, ensure};
use clap::Args;
use url::Url;

use super::definitions::Thoroughness;
use crate::service::Service;
use crate::setup::{self, Action, Changes, Mode};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The workflow site; must be the one in the configuration.
    #[arg(long)]
    site: Option<Url>,
    /// Only show what differs.
    #[arg(long)]
    plan: bool,
    #[command(flatten)]
    thoroughness: Thoroughness,
}

pub(super) async fn run(service: Arc<Service>, arguments: Arguments) -> anyhow::Result<()> {
    if let Some(site) = &arguments.site {
        let configured = service.config.site.url.as_str().trim_end_matches('/');
        ensure!(
            site.as_str().trim_end_matches('/') == configured,
            "--site is {site}, but the configuration speaks of {configured}"
        );
    }
    let mode = if arguments.plan { Mode::Plan } else { Mode::Apply };
    if mode == Mode::Apply {
        service.store.migrate().await?;
        super::definitions::ensure_unaltered(&service).await?;
    }
    super::definitions::ensure_good(&service, arguments.thoroughness).await?;
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
