//! Carrying out one step: find, compare, apply, look again. Every run starts with a read, so that running a step
//! twice is harmless, also after an answer that was lost.

mod account;
mod back;
mod changed;
mod licence;
mod licences;
mod manager;
mod membership;
mod row;
mod sign_in;
#[cfg(test)]
mod testing;

use m365::graph::Graph;
use m365::{Error, Result, Verdict};
use secrecy::SecretString;
use serde_json::Value;

use crate::{AccountKey, Failure, Step};
use account::CreateUser;
pub(crate) use account::covers;
use back::{RemoveFromGroup, RemoveLicence, RemoveManager};
use changed::{DeleteUser, UpdateUser};
use licence::AssignLicence;
use licences::ChangeLicences;
use manager::SetManager;
use membership::AddToGroup;
use sign_in::SetSignIn;

/// What came of a run.
#[derive(Debug, Clone, PartialEq)]
pub enum StepOutcome {
    /// The tenant shows what was wanted. The receipt holds object ids.
    Done(Value),
    /// Written, or perhaps written, but not visible yet: run again later.
    Settling,
    Failed(Failure),
}

/// What is left to do.
#[derive(Debug, PartialEq)]
enum Next<Change> {
    Nothing,
    /// Something that must be there is not visible yet.
    Wait,
    Write(Change),
    Refuse(Failure),
}

/// One kind of step. `compare` is pure.
trait Connector {
    /// What the tenant says.
    type Have;
    /// The smallest write.
    type Change;

    async fn find(&self, graph: &Graph) -> Result<Self::Have>;
    fn compare(&self, have: &Self::Have) -> Next<Self::Change>;
    async fn apply(&self, graph: &Graph, change: Self::Change) -> Result<()>;
    /// What has to be known to undo the step; none while what it is about is not visible.
    fn image(&self, have: &Self::Have) -> Option<Value>;
    fn receipt(&self, have: &Self::Have) -> Value;

    /// Whether the tenant shows what was wanted, or why it never will.
    fn settled(&self, have: &Self::Have) -> StepOutcome {
        match self.compare(have) {
            Next::Nothing => StepOutcome::Done(self.receipt(have)),
            Next::Wait | Next::Write(_) => StepOutcome::Settling,
            Next::Refuse(failure) => StepOutcome::Failed(failure),
        }
    }
}

/// Carries out the steps of one plan.
#[derive(Debug, Clone, Copy)]
pub struct Executor<'a> {
    pub graph: &'a Graph,
    pub account: &'a AccountKey,
    /// First password of a new account. Nobody learns it: the hand-over sets another one.
    pub password: &'a SecretString,
}

impl Executor<'_> {
    /// What stands there now; to be journalled before [`Executor::run`]. `None`: the account is not visible yet.
    pub async fn before(&self, step: &Step) -> Result<Option<Value>> {
        match step {
            Step::CreateUser(new) => self.image_of(&CreateUser::new(self, new)).await,
            Step::SetManager { manager, .. } => self.image_of(&SetManager::new(self, *manager)).await,
            Step::AssignLicence { sku, .. } => self.image_of(&AssignLicence::new(self, *sku)).await,
            Step::ChangeLicences { give, take } => {
                self.image_of(&ChangeLicences::new(self, give, take)).await
            }
            Step::AddToGroup { group, .. } => self.image_of(&AddToGroup::new(self, *group)).await,
            Step::UpdateUser(change) => self.image_of(&UpdateUser::new(self, change)).await,
            Step::RemoveManager { .. } => self.image_of(&RemoveManager::new(self)).await,
            Step::RemoveLicence { sku, .. } => self.image_of(&RemoveLicence::new(self, *sku)).await,
            Step::RemoveFromGroup { group, .. } => self.image_of(&RemoveFromGroup::new(self, *group)).await,
            Step::DeleteUser {} => self.image_of(&DeleteUser::new(self)).await,
            Step::BlockSignIn {} => self.image_of(&SetSignIn::new(self, false)).await,
            Step::AllowSignIn {} => self.image_of(&SetSignIn::new(self, true)).await,
        }
    }

    /// Makes the tenant be as the step says, or tells why not. Errors are for the job's schedule.
    pub async fn run(&self, step: &Step) -> Result<StepOutcome> {
        match step {
            Step::CreateUser(new) => self.carry_out(&CreateUser::new(self, new)).await,
            Step::SetManager { manager, .. } => self.carry_out(&SetManager::new(self, *manager)).await,
            Step::AssignLicence { sku, .. } => self.carry_out(&AssignLicence::new(self, *sku)).await,
            Step::ChangeLicences { give, take } => {
                self.carry_out(&ChangeLicences::new(self, give, take)).await
            }
            Step::AddToGroup { group, .. } => self.carry_out(&AddToGroup::new(self, *group)).await,
            Step::UpdateUser(change) => self.carry_out(&UpdateUser::new(self, change)).await,
            Step::RemoveManager { .. } => self.carry_out(&RemoveManager::new(self)).await,
            Step::RemoveLicence { sku, .. } => self.carry_out(&RemoveLicence::new(self, *sku)).await,
            Step::RemoveFromGroup { group, .. } => self.carry_out(&RemoveFromGroup::new(self, *group)).await,
            Step::DeleteUser {} => self.carry_out(&DeleteUser::new(self)).await,
            Step::BlockSignIn {} => self.carry_out(&SetSignIn::new(self, false)).await,
            Step::AllowSignIn {} => self.carry_out(&SetSignIn::new(self, true)).await,
        }
    }

    async fn image_of<C: Connector>(&self, connector: &C) -> Result<Option<Value>> {
        let have = connector.find(self.graph).await?;
        Ok(connector.image(&have))
    }

    async fn carry_out<C: Connector>(&self, connector: &C) -> Result<StepOutcome> {
        let have = connector.find(self.graph).await?;
        let Next::Write(change) = connector.compare(&have) else {
            return Ok(connector.settled(&have));
        };
        if let Err(error) = connector.apply(self.graph, change).await
            && let Some(failure) = refusal(error)?
        {
            return Ok(StepOutcome::Failed(failure));
        }
        let have = connector.find(self.graph).await?;
        Ok(connector.settled(&have))
    }
}

/// What a failed write means: looking again tells more (`None`), a refusal for good, or a matter of schedule.
fn refusal(error: Error) -> Result<Option<Failure>> {
    match error.verdict {
        Verdict::Ambiguous
        | Verdict::Conflict
        | Verdict::SaveConflict
        | Verdict::NotFound
        | Verdict::Settling => Ok(None),
        Verdict::Invalid => Ok(Some(Failure::Refused {
            operation: error.operation,
            code: error.code.unwrap_or_default(),
            request_id: error.request_id.unwrap_or_default(),
        })),
        _ => Err(error),
    }
}
