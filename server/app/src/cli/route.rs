//! `route`: who would be asked, and why.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use forms::{Date, Values};
use workflow::{Definition, PersonId};

use crate::explain::{self, Question};
use crate::prepare::today;
use crate::service::Service;
use crate::setup;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Key of the workflow, e.g. user-create: as it is published, or as it would be where it is not.
    #[arg(long, required_unless_present = "definition")]
    workflow: Option<String>,
    /// A definition that need not be published.
    #[arg(long, conflicts_with = "workflow")]
    definition: Option<PathBuf>,
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
    let definition = &match &arguments.definition {
        Some(file) => of_file(file)?,
        None => called(&service, arguments.workflow.as_deref().unwrap_or_default()).await?,
    };
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

fn of_file(file: &Path) -> anyhow::Result<Definition> {
    let name = || format!("--definition {}", file.display());
    let text = std::fs::read_to_string(file).with_context(name)?;
    Definition::parse(&text).with_context(name)
}

/// What applies to whoever applies now; where it is not published yet, what `setup` would publish.
async fn called(service: &Service, workflow: &str) -> anyhow::Result<Definition> {
    if let Some(text) = setup::published(&service.site, workflow).await? {
        return Definition::parse(&text).with_context(|| format!("the published definition {workflow}"));
    }
    let offered = &service.workflows;
    let mut definitions = offered.iter().map(|offered| &offered.definition);
    let found = definitions.find(|definition| definition.key.as_str() == workflow);
    found.cloned().with_context(|| {
        let keys: Vec<_> = offered
            .iter()
            .map(|offered| offered.definition.key.as_str())
            .collect();
        let keys = keys.join(", ");
        format!("--workflow: {workflow} is neither published nor offered; what is offered: {keys}")
    })
}
