//! `applications`: what an administrator does to an application on the shell of the server.

use std::sync::Arc;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use store::transaction;
use workflow::application::Channel;
use workflow::journal::Place;
use workflow::judge::{Act, Administration, NewPeople};
use workflow::{Code, PersonId, PlanStepId, RefusalCode, StepKey};

use crate::asked::{self, Asked, Asker};
use crate::cases::{Case, Outcome};
use crate::jobs::JobError;
use crate::reason_words;
use crate::service::Service;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Number of the application, e.g. USR-2026-00001.
    #[arg(long)]
    application: String,
    /// Who does it: user principal name of a member of the administrators' group. He is told by mail.
    #[arg(long = "as", value_name = "UPN")]
    operator: String,
    #[command(subcommand)]
    deed: Deed,
}

#[derive(Debug, Subcommand)]
enum Deed {
    /// End it for good: nothing more is decided or changed because of it.
    Cancel {
        #[arg(long)]
        reason: String,
    },
    /// Hand over what waits for one person to another.
    Reassign {
        /// Object id or user principal name.
        #[arg(long)]
        from: String,
        /// Object id or user principal name.
        #[arg(long)]
        to: String,
        #[arg(long)]
        reason: String,
    },
    /// Release a step that somebody holds.
    Release,
    /// Ask others at a step that is not passed; without --step, find everybody anew who is not yet passed.
    ChangeRoute {
        /// Key of the step in its definition.
        #[arg(long, requires = "to")]
        step: Option<String>,
        /// Object id or user principal name; may be given several times.
        #[arg(long, requires = "step")]
        to: Vec<String>,
        #[arg(long)]
        reason: String,
    },
    /// Say that an objection of a post-review was looked at.
    SettleObjection {
        /// Key of the step that was reviewed.
        #[arg(long)]
        step: String,
        /// Who objected: object id or user principal name.
        #[arg(long)]
        person: String,
        #[arg(long)]
        reason: String,
    },
    /// Let it go on where it stopped.
    Retry,
    /// Pass over one step of a plan that stopped; retry afterwards.
    Skip {
        /// The step's name, as the execution result shows it.
        #[arg(long)]
        step: String,
        #[arg(long)]
        reason: String,
    },
    /// Undo what a stopped execution did, from what stood there before.
    Compensate {
        #[arg(long)]
        reason: String,
    },
    /// Close one that stopped, with what is done and without the rest.
    Accept {
        #[arg(long)]
        reason: String,
    },
    /// Let one begin that waits because it would delete too much.
    AllowDeletions {
        #[arg(long)]
        reason: String,
    },
}

impl Deed {
    fn act(self) -> Act {
        let what = match self {
            Self::Reassign { from, to, reason } => {
                let from = Some(from);
                return Act::Reassign { from, to, reason };
            }
            Self::Cancel { reason } => Administration::Cancel { reason },
            Self::Release => Administration::Release,
            Self::ChangeRoute { step, to, reason } => Administration::ChangeRoute {
                to: step.map(|step| NewPeople {
                    step: StepKey::new(step),
                    people: to,
                }),
                reason,
            },
            Self::SettleObjection { step, person, reason } => Administration::SettleObjection {
                step: StepKey::new(step),
                person,
                reason,
            },
            Self::Retry => Administration::Retry,
            Self::Skip { step, reason } => Administration::Skip {
                step: PlanStepId::new(step),
                reason,
            },
            Self::Compensate { reason } => Administration::Compensate { reason },
            Self::Accept { reason } => Administration::Accept { reason },
            Self::AllowDeletions { reason } => Administration::AllowDeletions { reason },
        };
        Act::Administer { what }
    }
}

/// Prints the code of the state that it led to.
pub(super) async fn run(service: Arc<Service>, arguments: Arguments) -> anyhow::Result<()> {
    let by = operator(&service, &arguments.operator).await?;
    let who = Asker {
        by: &by,
        channel: Channel::System,
    };
    let number = &arguments.application;
    let asked = Asked::of(&service, number, &who, &arguments.deed.act()).await?;
    if !asked.administers {
        bail!(
            "--as: {} is not a member of the administrators' group",
            arguments.operator
        );
    }
    let language = service.config.mail.language;
    let refused = |code: RefusalCode| anyhow::anyhow!("refused: {}", reason_words::sentence(code, language));
    match carry_out(&service, number, &asked).await? {
        (Outcome::Done(_), code) => super::print(code.as_str()),
        (Outcome::Refused(refusal), _) => return Err(refused(refusal.code)),
    }
    Ok(())
}

async fn operator(service: &Service, name: &str) -> anyhow::Result<PersonId> {
    let found = asked::active(service, name).await?;
    found.with_context(|| format!("--as: no enabled account has the name {name}"))
}

async fn carry_out(service: &Service, number: &str, asked: &Asked) -> anyhow::Result<(Outcome, Code)> {
    let done: Result<_, JobError> = transaction!(service.store.write(&service.tenant), tx => {
        let Some(mut case) = Case::by_number(tx, number).await? else {
            return Ok(None);
        };
        if case.application.code() == Code::SU {
            return Err(JobError::Wait("the application is being prepared; try again in a moment"));
        }
        let outcome = asked.carry_out(tx, service, &mut case, Some(Place::System {})).await?;
        Ok(Some((outcome, case.application.code())))
    });
    done?.with_context(|| format!("--application: there is no application {number}"))
}
