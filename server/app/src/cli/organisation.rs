//! `organisation`: the day on which people move.

mod hand_over;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::{Args, Subcommand};
use forms::Date;
use workflow::reorganisation::{Forecast, read};

use crate::prepare::today;
use crate::reorganisation;
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
    /// Hand over everything that waits for one person, or will, to another, or of many; running it again goes on.
    HandOver(hand_over::HandingOver),
}

pub(super) async fn run(service: Arc<Service>, arguments: Arguments) -> anyhow::Result<ExitCode> {
    match arguments.what {
        What::Simulate { file, date, json } => {
            let forecast = simulate(&service, &file, date).await?;
            tell(&service, &forecast, json).await?;
            Ok(ExitCode::SUCCESS)
        }
        What::HandOver(asked) => hand_over::run(&service, &asked).await,
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
