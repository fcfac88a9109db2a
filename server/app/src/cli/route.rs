//! `route`: who would be asked, and why.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use forms::{Date, Values};
use workflow::PersonId;

use crate::explain::{self, Question};
use crate::prepare::today;
use crate::service::Service;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Key of the workflow, e.g. user-create.
    #[arg(long)]
    workflow: String,
    /// User principal name of the applicant.
    #[arg(long)]
    applicant: String,
    /// The answers as a JSON object by the keys of the fields; none: nothing is answered.
    #[arg(long)]
    values: Option<PathBuf>,
    /// The day whose organisation is asked, e.g. 2027-04-01; unless given the one that the answers name, or today.
    #[arg(long)]
    date: Option<Date>,
    /// Say why each person is asked, and why others are not.
    #[arg(long)]
    explain: bool,
}

pub(super) async fn run(service: Arc<Service>, arguments: Arguments) -> anyhow::Result<()> {
    let workflow = &arguments.workflow;
    let offered = &service.workflows;
    let found = offered
        .iter()
        .find(|offered| offered.definition.key.as_str() == workflow);
    let keys = || offered.iter().map(|offered| offered.definition.key.as_str());
    let definition = &found
        .with_context(|| {
            let keys = keys().collect::<Vec<_>>().join(", ");
            format!("--workflow: {workflow} is not offered; what is offered: {keys}")
        })?
        .definition;
    let user = service.microsoft.graph().user(&arguments.applicant).await?;
    let user = user.with_context(|| {
        format!(
            "--applicant: the tenant knows nobody called {}",
            arguments.applicant
        )
    })?;
    let values = match &arguments.values {
        None => Values::default(),
        Some(file) => {
            let name = || format!("--values {}", file.display());
            let text = std::fs::read_to_string(file).with_context(name)?;
            serde_json::from_str(&text).with_context(name)?
        }
    };
    let question = Question {
        definition,
        applicant: &PersonId::new(user.id.to_string()),
        values: &values,
        base: match arguments.date {
            Some(date) => date,
            None => definition.base(&values, today(&service)?),
        },
        explain: arguments.explain,
    };
    super::print(&explain::route(&service, &question).await?.join("\n"));
    Ok(())
}
