//! `organisation hand-over`: one person's work goes to another, or that of everybody whom a file names.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use serde_json::json;
use workflow::reorganisation::{HandOver, Succession, successions};
use workflow::{PersonId, WorkflowKey};

use crate::asked;
use crate::cli::{print, print_error};
use crate::people;
use crate::prepare::today;
use crate::reorganisation::{self, Move, Moved};
use crate::service::Service;

#[derive(Debug, Args)]
pub(super) struct HandingOver {
    /// Object id or user principal name; whoever has left is named by the id.
    #[arg(long, requires = "to", required_unless_present = "file")]
    from: Option<String>,
    /// Object id or user principal name.
    #[arg(long, requires = "from")]
    to: Option<String>,
    /// CSV with the columns from and to (前任者, 後任者), a line for each person who moves.
    #[arg(long, conflicts_with_all = ["from", "to"])]
    file: Option<PathBuf>,
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

/// All that was handed over.
#[derive(Default)]
struct Done {
    moved: Vec<Moved>,
    deputies: usize,
}

pub(super) async fn run(service: &Service, asked: &HandingOver) -> anyhow::Result<ExitCode> {
    let by = person(service, &asked.operator).await.context("--as")?;
    if !people::administers(service, &by).await? {
        bail!(
            "--as: {} is not a member of the administrators' group",
            asked.operator
        );
    }
    let mut done = Done::default();
    // Everybody is found before the first is moved.
    for (from, to) in pairs(service, asked).await? {
        let wish = HandOver {
            by: by.clone(),
            from,
            to,
            reason: asked.reason.clone(),
        };
        one(service, asked, wish, &mut done).await?;
    }
    told(service, asked, &done)?;
    let is_whole = done.moved.iter().all(|one| one.refused.is_none());
    Ok(if is_whole {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn one(service: &Service, asked: &HandingOver, wish: HandOver, done: &mut Done) -> anyhow::Result<()> {
    let wish = Move {
        wish,
        workflow: asked.workflow.clone().map(WorkflowKey::new),
        plan: asked.plan,
    };
    let language = service.config.mail.language;
    let (moved, deputies) = reorganisation::hand_over(service, &wish, |one, place| {
        let line = reorganisation::moved_line(one, place, language);
        if asked.json {
            print_error(&line);
        } else {
            print(&line);
        }
    })
    .await?;
    done.moved.extend(moved);
    done.deputies += deputies;
    Ok(())
}

fn told(service: &Service, asked: &HandingOver, done: &Done) -> anyhow::Result<()> {
    let Done { moved, deputies } = done;
    if asked.json {
        let told = json!({ "plan": asked.plan, "applications": moved, "deputies": deputies });
        print(&serde_json::to_string_pretty(&told)?);
    } else {
        let language = service.config.mail.language;
        print(&reorganisation::summary(moved, *deputies, language));
    }
    Ok(())
}

/// Who moves, and who follows each.
async fn pairs(service: &Service, asked: &HandingOver) -> anyhow::Result<Vec<(PersonId, PersonId)>> {
    if let Some(file) = &asked.file {
        let name = || format!("--file {}", file.display());
        return of_file(service, file).await.with_context(name);
    }
    let (Some(from), Some(to)) = (&asked.from, &asked.to) else {
        bail!("--from and --to, or --file: say who moves");
    };
    let from = former(service, from).await.context("--from")?;
    let to = person(service, to).await.context("--to")?;
    if from == to {
        bail!("--from and --to are the same person");
    }
    Ok(vec![(from, to)])
}

async fn of_file(service: &Service, file: &Path) -> anyhow::Result<Vec<(PersonId, PersonId)>> {
    let text = std::fs::read_to_string(file)?;
    let lines = successions(&text, today(service)?)?;
    let mut found = Vec::with_capacity(lines.len());
    for Succession { line, from, to } in lines {
        let at = || format!("line {line}");
        let from = former(service, &from).await.with_context(at)?;
        let to = person(service, &to).await.with_context(at)?;
        found.push((line, from, to));
    }
    each_moves_once(&found)?;
    Ok(found.into_iter().map(|(_, from, to)| (from, to)).collect())
}

/// Whoever both takes over and hands over would pass on what he was just given, the more so when the file is run again.
fn each_moves_once(found: &[(usize, PersonId, PersonId)]) -> anyhow::Result<()> {
    let mut former = BTreeSet::new();
    for (line, from, to) in found {
        if from == to {
            bail!("line {line}: both are the same person. Name the successor");
        }
        if !former.insert(from) {
            bail!("line {line}: another line names a successor of the same person. Leave one of them");
        }
    }
    for (line, _, to) in found {
        if former.contains(to) {
            bail!(
                "line {line}: the successor moves himself by another line. Put that line into a file of its own and run it first"
            );
        }
    }
    Ok(())
}

/// Somebody who can be asked.
async fn person(service: &Service, name: &str) -> anyhow::Result<PersonId> {
    let found = asked::active(service, name).await?;
    found.with_context(|| format!("no enabled account has the name {name}"))
}

/// Whoever has left is known by his id alone.
async fn former(service: &Service, name: &str) -> anyhow::Result<PersonId> {
    let found = asked::anybody(service, name).await?;
    found.with_context(|| {
        format!("the tenant knows nobody called {name}; name whoever was deleted by the object id")
    })
}
