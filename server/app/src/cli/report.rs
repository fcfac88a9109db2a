//! `report`: volume, times, bottlenecks and what is late, from our own journals.

use std::sync::Arc;

use anyhow::bail;
use clap::{Args, ValueEnum};

use crate::report::{Asked, Table, csv, report};
use crate::service::Service;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Key of a workflow, e.g. user-create; all unless given.
    #[arg(long)]
    workflow: Option<String>,
    /// First day on which applications were submitted, e.g. 2027-04-01; the first of the month before the last month
    /// unless given.
    #[arg(long)]
    from: Option<String>,
    /// Last day; today unless given.
    #[arg(long)]
    to: Option<String>,
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
    /// Which table, as CSV.
    #[arg(long, value_enum, default_value = "steps")]
    table: Table,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Json,
    /// UTF-8 with a byte order mark, columns named in the language of the mails; no cell runs as a formula.
    Csv,
}

pub(super) async fn run(service: Arc<Service>, arguments: Arguments) -> anyhow::Result<()> {
    let asked = Asked {
        from: arguments.from,
        to: arguments.to,
        workflow: arguments.workflow,
    };
    let question = match asked.read(&service) {
        Ok(question) => question,
        Err(refused) => bail!("--{refused}"),
    };
    let report = report(&service, &question).await?;
    match arguments.format {
        Format::Json => super::print(&serde_json::to_string_pretty(&report)?),
        Format::Csv => {
            let text = csv(&report, arguments.table, service.config.mail.language);
            super::print(text.trim_end());
        }
    }
    Ok(())
}
