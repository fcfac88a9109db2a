//! `setup app`.

use std::process::ExitCode;
use std::sync::Arc;

use m365::Pace;

use super::super::permissions::text as print_permissions;
use super::super::print;
use crate::clock::Clock;
use crate::config::Config;
use crate::doctor::{self, App, Finding};
use crate::first_setup::{self, Certificate, Missing, Next};
use crate::permissions::{self, Api, Need};
use crate::service::{self, Service};
use crate::setup::{Mode, Words};
use crate::workflows;

pub(super) async fn run(config: &Config, mode: Mode) -> anyhow::Result<ExitCode> {
    let offered = workflows::read(config)?;
    let needs = permissions::needs(config, &offered)?;
    say(config, &first_setup::permissions_title());
    print_permissions(&needs, config.mail.language);
    let link = first_setup::consent_link(config, Api::Graph)?;
    say(config, &first_setup::consent_words(&link));
    let clock = Clock::new(config.network.clock_offset.as_deref());
    let certificate = first_setup::ensure_certificate(config, clock.now(), mode)?;
    say(config, &first_setup::certificate_words(&certificate));
    if matches!(certificate, Certificate::Planned(_)) {
        return tell(config, &certificate, &Next::Missing(Missing::Certificate));
    }
    let installation = first_setup::open_installation(config).await?;
    let (microsoft, site) = if let Some(service) = &installation {
        (service.microsoft.clone(), service.site.clone())
    } else {
        let microsoft = service::microsoft(config, &clock, Pace::patient())?;
        let site = microsoft.site(config.site.url.as_str())?;
        (microsoft, site)
    };
    let app = App {
        config,
        workflows: &offered,
        microsoft: &microsoft,
        site: &site,
    };
    let next = examine(&app, &needs, installation.as_ref(), mode).await?;
    tell(config, &certificate, &next)
}

/// Grants what the app may grant itself, prints what the doctor finds, and gives what comes next.
async fn examine(
    app: &App<'_>,
    needs: &[Need],
    installation: Option<&Arc<Service>>,
    mode: Mode,
) -> anyhow::Result<Next> {
    let mut standing = first_setup::look(app, needs).await;
    let is_next = standing.next(false, false) == Next::Missing(Missing::Grant);
    if is_next && standing.may_grant() {
        let written = first_setup::write_grant(app.microsoft, app.config, mode).await?;
        say(app.config, &first_setup::grant_words(written, mode));
        standing = first_setup::look(app, needs).await;
    }
    let findings = match installation {
        Some(service) => doctor::run(service).await,
        None => doctor::run_on_app(app).await,
    };
    for finding in &findings {
        print(&finding.line(app.config.mail.language));
    }
    let is_sick = findings.iter().any(Finding::is_wrong);
    Ok(standing.next(is_sick, installation.is_some()))
}

fn tell(config: &Config, certificate: &Certificate, next: &Next) -> anyhow::Result<ExitCode> {
    for words in first_setup::next_words(next, config, certificate)? {
        say(config, &words);
    }
    Ok(match next {
        Next::Missing(_) => ExitCode::FAILURE,
        Next::Site | Next::Nothing => ExitCode::SUCCESS,
    })
}

fn say(config: &Config, words: &Words) {
    print(words.in_language(config.mail.language));
}
