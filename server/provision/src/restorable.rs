//! Whether what a plan brings back can still be brought back.

use m365::Result;
use m365::graph::Graph;
use uuid::Uuid;

use crate::group::GroupStep;
use crate::mailbox::MailboxStep;
use crate::{AccountStep, Plan, Step};

impl Plan {
    /// Whether it does something that nothing leads back from, so that not undoing it is no sign of nothing done.
    pub fn is_for_good(&self) -> bool {
        let is_reset = |step: &AccountStep| matches!(step, AccountStep::ResetPassword { .. });
        let is_reset = self.account().is_some_and(|plan| plan.steps.iter().any(is_reset));
        is_reset || matches!(self, Self::ByHand(_))
    }
}

/// False: something that the plan restores lies in the recycle bin no more. What is there is restored already.
pub async fn is_restorable(graph: &Graph, plan: &Plan) -> Result<bool> {
    for step in plan.steps() {
        let is_kept = match step {
            Step::Account(key, AccountStep::RestoreUser {}) => is_user_kept(graph, key.id()).await?,
            Step::Group(key, GroupStep::RestoreGroup { .. }) => is_group_kept(graph, key.id()).await?,
            Step::Mailbox(key, MailboxStep::RestoreMailbox {}) => is_user_kept(graph, key.id()).await?,
            _ => true,
        };
        if !is_kept {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn is_user_kept(graph: &Graph, id: Option<Uuid>) -> Result<bool> {
    let Some(id) = id else {
        return Ok(false);
    };
    Ok(graph.deleted_user(id).await?.is_some() || graph.user(&id.to_string()).await?.is_some())
}

async fn is_group_kept(graph: &Graph, id: Option<Uuid>) -> Result<bool> {
    let Some(id) = id else {
        return Ok(false);
    };
    Ok(graph.deleted_group(id).await?.is_some() || graph.group(id).await?.is_some())
}
