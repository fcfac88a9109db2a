//! `organisation`: the day on which people move.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use forms::Date;
use serde_json::json;
use workflow::reorganisation::{Forecast, HandOver, read};
use workflow::{PersonId, WorkflowKey};

use crate::asked;
use crate::people;
use crate::prepare::today;
use crate::reorganisation::{self, Move};
use crate::service::Service;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Say what another organisation would do to the applications that run; changes nothing.
    Simulate {
        /// JSON or CSV with those who change: user, manager, unit, above, title, rank, from, until, standing.
        #[arg(long)]
        file: PathBuf,
        /// The day whose posts count, e.g. 2027-04-01; today unless given.
        #[arg(long)]
        date: Option<Date>,
        #[arg(long)]
        json: bool,
    },
    /// Hand over everything that waits for one person, or will, to another; running it again goes on.
    HandOver(HandingOver),
}

#[derive(Debug, Args)]
struct HandingOver {
    /// Object id or user principal name; whoever has left is named by the id.
    #[arg(long)]
    from: String,
    /// Object id or user principal name.
    #[arg(long)]
    to: String,
    /// Who does it: user principal name of a member of the administrators' group.
    #[arg(long = "as", value_name = "UPN")]
    operator: String,
    #[arg(long, default_value = "人事異動")]
    reason: String,
    /// Only in this workflow; the part that he has as deputy of others stays then.
    #[arg(long)]
    workflow: Option<String>,
    /// Only show what would be handed over.
    #[arg(long)]
    plan: bool,
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(service: Arc<Service>, arguments: Arguments) -> anyhow::Result<ExitCode> {
    match arguments.what {
        What::Simulate { file, date, json } => {
            let forecast = simulate(&service, &file, date).await?;
            tell(&service, &forecast, json).await?;
            Ok(ExitCode::SUCCESS)
        }
        What::HandOver(asked) => hand_over(&service, &asked).await,
    }
}

async fn simulate(service: &Service, file: &Path, date: Option<Date>) -> anyhow::Result<Forecast> {
    let name = || format!("--file {}", file.display());
    let text = std::fs::read_to_string(file).with_context(name)?;
    let today = today(service)?;
    let next = read(&text, today).with_context(name)?;
    let next = reorganisation::named(service, next).await.with_context(name)?;
    Ok(reorganisation::simulate(service, &next, date.unwrap_or(today)).await?)
}

async fn tell(service: &Service, forecast: &Forecast, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        super::print(&serde_json::to_string_pretty(forecast)?);
        return Ok(());
    }
    let people = reorganisation::people_of(forecast);
    let names = reorganisation::names(service, &people).await?;
    for line in reorganisation::forecast_lines(forecast, &names, service.config.mail.language) {
        super::print(&line);
    }
    Ok(())
}

async fn hand_over(service: &Service, asked: &HandingOver) -> anyhow::Result<ExitCode> {
    let by = person(service, &asked.operator, "--as").await?;
    if !people::administers(service, &by).await? {
        bail!(
            "--as: {} is not a member of the administrators' group",
            asked.operator
        );
    }
    let wish = HandOver {
        by,
        from: from(service, &asked.from).await?,
        to: person(service, &asked.to, "--to").await?,
        reason: asked.reason.clone(),
    };
    if wish.from == wish.to {
        bail!("--from and --to are the same person");
    }
    let wish = Move {
        wish,
        workflow: asked.workflow.clone().map(WorkflowKey::new),
        plan: asked.plan,
    };
    let language = service.config.mail.language;
    let (moved, deputies) = reorganisation::hand_over(service, &wish, |one, place| {
        let line = reorganisation::moved_line(one, place, language);
        if asked.json {
            super::print_error(&line);
        } else {
            super::print(&line);
        }
    })
    .await?;
    if asked.json {
        let told = json!({ "plan": asked.plan, "applications": moved, "deputies": deputies });
        super::print(&serde_json::to_string_pretty(&told)?);
    } else {
        super::print(&reorganisation::summary(&moved, deputies, language));
    }
    let is_whole = moved.iter().all(|one| one.refused.is_none());
    Ok(if is_whole {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Somebody who is there.
async fn person(service: &Service, name: &str, option: &str) -> anyhow::Result<PersonId> {
    let found = asked::named(service, name).await?;
    let user = found.filter(|user| user.account_enabled == Some(true));
    let user = user.with_context(|| format!("{option}: no enabled account has the name {name}"))?;
    Ok(asked::id_of(&user))
}

/// Whoever has left is known by his id alone.
async fn from(service: &Service, name: &str) -> anyhow::Result<PersonId> {
    if let Ok(id) = uuid::Uuid::try_parse(name.trim()) {
        return Ok(PersonId::new(id.to_string()));
    }
    let found = asked::named(service, name).await?;
    let user = found.with_context(|| {
        format!("--from: the tenant knows nobody called {name}; name whoever was deleted by the object id")
    })?;
    Ok(asked::id_of(&user))
}
