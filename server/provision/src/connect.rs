//! Carrying out one step: find, compare, apply, look again. Every run starts with a read, so that running a step
//! twice is harmless, also after an answer that was lost.

mod account;
pub(crate) mod account_mailbox;
mod accounts;
mod action;
mod back;
mod changed;
mod contact;
mod group;
mod held;
mod licences;
mod list;
mod list_membership;
mod mailbox;
mod manager;
mod membership;
mod password;
mod restored;
mod row;
mod sign_in;
mod team;
#[cfg(test)]
mod testing;

use std::time::Duration;

use m365::exchange::Exchange;
use m365::graph::{Graph, Picture, Refusal};
use m365::standard_webhook::Outgoing;
use m365::{Error, Result, Verdict};
use secrecy::SecretString;
use serde_json::{Map, Value, json};

use crate::{AccountKey, Change, Failure, GroupKey, MailboxKey, Step};
pub(crate) use account::covers;
use accounts::OfAccount;
use contact::OfContact;
use group::OfGroup;
use list::OfList;
use mailbox::{OfMailbox, Services};
pub use row::RowOutcome;

/// What came of a run.
#[derive(Debug, Clone, PartialEq)]
pub enum StepOutcome {
    /// The tenant shows what was wanted. The receipt holds object ids.
    Done(Value),
    /// Written, or perhaps written, but not visible yet: run again later.
    Settling,
    Failed(Failure),
    /// Another system is not ready, or its answer was lost: run again later.
    Later {
        /// Fit for logs.
        why: String,
        /// What the other system asked for.
        retry_after: Option<Duration>,
    },
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
trait Connector<Client = Graph> {
    /// What the tenant says.
    type Have;
    /// The smallest write.
    type Change;

    async fn find(&self, client: &Client) -> Result<Self::Have>;
    fn compare(&self, have: &Self::Have) -> Next<Self::Change>;
    async fn apply(&self, client: &Client, change: Self::Change) -> Result<()>;
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

/// Carries out steps.
#[derive(Debug, Clone, Copy)]
pub struct Executor<'a> {
    pub graph: &'a Graph,
    pub exchange: &'a Exchange,
    /// What a step sets that makes an account or sets its password. Nobody learns it: the hand-over sets another one.
    pub password: &'a SecretString,
    /// What a step sets that sets a picture.
    pub picture: Option<&'a Picture>,
    /// What a step sends that calls another system.
    pub call: Option<&'a Outgoing>,
}

impl<'a> Executor<'a> {
    /// What stands there now; to be journalled before [`Executor::run`]. `None`: what it is about is not visible yet.
    pub async fn before(&self, step: Step<'a>) -> Result<Option<Value>> {
        let exchange = self.exchange;
        match step {
            Step::Account(account, step) => self.of_account(account).before(step).await,
            Step::Group(group, step) => self.of_group(group).before(step).await,
            Step::List(list, step) => OfList { exchange, list }.before(step).await,
            Step::Mailbox(mailbox, step) => self.of_mailbox(mailbox).before(step).await,
            Step::Contact(contact, step) => OfContact { exchange, contact }.before(step).await,
            Step::Action(..) => Ok(Some(json!({}))),
            Step::Renewal(renewal) => Ok(Some(json!({ "until": renewal.from }))),
        }
    }

    /// Makes the tenant be as the step says, or tells why not. Errors are for the job's schedule.
    pub async fn run(&self, step: Step<'a>) -> Result<StepOutcome> {
        let exchange = self.exchange;
        match step {
            Step::Account(account, step) => self.of_account(account).run(step).await,
            Step::Group(group, step) => self.of_group(group).run(step).await,
            Step::List(list, step) => OfList { exchange, list }.run(step).await,
            Step::Mailbox(mailbox, step) => self.of_mailbox(mailbox).run(step).await,
            Step::Contact(contact, step) => OfContact { exchange, contact }.run(step).await,
            Step::Action(_, step) => Ok(action::send(self.call, &step.call().destination).await),
            // Nothing in Microsoft 365 knows of ends.
            Step::Renewal(_) => Ok(StepOutcome::Failed(Failure::ExpiryPassed)),
        }
    }

    fn of_group(&self, group: &'a GroupKey) -> OfGroup<'a> {
        OfGroup {
            graph: self.graph,
            group,
            picture: self.picture,
        }
    }

    fn of_mailbox(&self, mailbox: &'a MailboxKey) -> OfMailbox<'a> {
        let (graph, exchange) = (self.graph, self.exchange);
        let services = Services { graph, exchange };
        OfMailbox { services, mailbox }
    }

    fn of_account(&self, account: &'a AccountKey) -> OfAccount<'a> {
        OfAccount {
            graph: self.graph,
            exchange: self.exchange,
            account,
            password: self.password,
        }
    }
}

async fn image_of<Client, C: Connector<Client>>(client: &Client, connector: &C) -> Result<Option<Value>> {
    let have = connector.find(client).await?;
    Ok(connector.image(&have))
}

async fn carry_out<Client, C: Connector<Client>>(client: &Client, connector: &C) -> Result<StepOutcome> {
    let have = connector.find(client).await?;
    let Next::Write(change) = connector.compare(&have) else {
        return Ok(connector.settled(&have));
    };
    if let Err(error) = connector.apply(client, change).await
        && let Some(failure) = refusal(error)?
    {
        return Ok(StepOutcome::Failed(failure));
    }
    let have = connector.find(client).await?;
    Ok(connector.settled(&have))
}

/// What a change of something that was there sets, of what is not so yet; or why it may not.
fn as_approved(
    change: &Change,
    shown: &Map<String, Value>,
) -> std::result::Result<Map<String, Value>, Failure> {
    let mut open = change.to.clone();
    open.retain(|name, value| !covers(value, shown.get(name)));
    let was_so = |name: &String| covers(change.from.get(name).unwrap_or(&Value::Null), shown.get(name));
    if open.keys().all(was_so) {
        Ok(open)
    } else {
        Err(Failure::ChangedMeanwhile)
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
        Verdict::Invalid if error.refusal() == Some(Refusal::ServicePlans) => {
            Ok(Some(Failure::ServicesDisagree {
                told: error.message,
                request_id: error.request_id.unwrap_or_default(),
            }))
        }
        Verdict::Invalid => Ok(Some(Failure::Refused {
            operation: error.operation,
            code: error.code.unwrap_or_default(),
            request_id: error.request_id.unwrap_or_default(),
        })),
        _ => Err(error),
    }
}
