//! Another password for an account that is there already.
//!
//! Nothing shows which password an account has, so a step that was perhaps done is done again, with a password of its
//! own. That is harmless: nobody was told the one before, and whoever is shown one has it set at that moment.

use m365::graph::Graph;
use m365::{Result, Verdict};
use secrecy::SecretString;
use serde_json::{Value, json};
use uuid::Uuid;

use super::account::Holder;
use super::accounts::OfAccount;
use super::{StepOutcome, refusal};
use crate::{AccountKey, Failure};

pub(super) struct ResetPassword<'a> {
    account: &'a AccountKey,
    password: &'a SecretString,
}

impl<'a> ResetPassword<'a> {
    pub(super) fn new(of: &OfAccount<'a>) -> Self {
        Self {
            account: of.account,
            password: of.password,
        }
    }

    pub(super) async fn before(&self, graph: &Graph) -> Result<Option<Value>> {
        let holder = Holder::find(graph, self.account, &[]).await?;
        Ok(Some(json!({ "account": holder.id() })))
    }

    pub(super) async fn run(&self, graph: &Graph) -> Result<StepOutcome> {
        match meant(&Holder::find(graph, self.account, &[]).await?) {
            Ok(account) => self.set(graph, account).await,
            Err(failure) => Ok(StepOutcome::Failed(failure)),
        }
    }

    /// Signs out afterwards: whoever knows the old password cannot come back.
    async fn set(&self, graph: &Graph, account: Uuid) -> Result<StepOutcome> {
        if let Err(error) = graph.set_password(account, self.password).await {
            return unset(error);
        }
        match graph.revoke_sessions(account).await {
            Ok(()) => Ok(StepOutcome::Done(json!({ "account": account }))),
            Err(error) => again(error),
        }
    }
}

/// The account whose password is set; one that is not there never comes.
fn meant(holder: &Holder) -> std::result::Result<Uuid, Failure> {
    match holder {
        Holder::Ours(account) => Ok(account.id),
        Holder::Nobody => Err(Failure::AccountGone),
        Holder::Stranger => Err(Failure::Taken),
    }
}

/// Administrators are out of the app's reach, which no reading shows beforehand: waiting would not end.
fn unset(error: m365::Error) -> Result<StepOutcome> {
    match error.verdict {
        Verdict::Denied { .. } => Ok(StepOutcome::Failed(Failure::PasswordDenied)),
        _ => again(error),
    }
}

/// What may have been done, or was not, is done again from the beginning.
fn again(error: m365::Error) -> Result<StepOutcome> {
    Ok(refusal(error)?.map_or(StepOutcome::Settling, StepOutcome::Failed))
}

#[cfg(test)]
mod tests {
    use m365::Service;

    use super::super::testing;
    use super::*;

    fn error(verdict: Verdict) -> m365::Error {
        m365::Error {
            service: Service::Graph,
            operation: "set a password",
            status: None,
            code: None,
            message: String::new(),
            request_id: None,
            verdict,
        }
    }

    #[test]
    fn r05_only_the_account_that_is_meant_gets_another_password() {
        assert_eq!(meant(&testing::ours()), Ok(testing::ACCOUNT));
        assert_eq!(meant(&Holder::Nobody), Err(Failure::AccountGone));
        assert_eq!(meant(&Holder::Stranger), Err(Failure::Taken));
    }

    #[test]
    fn r05_x05_a_lost_answer_sets_it_again_and_a_refusal_needs_a_person() {
        let lost = unset(error(Verdict::Ambiguous));
        assert_eq!(lost.expect("an outcome"), StepOutcome::Settling);
        let denied = unset(error(Verdict::Denied { needs: "x" })).expect("an outcome");
        assert_eq!(denied, StepOutcome::Failed(Failure::PasswordDenied));
        let throttled = Verdict::Transient { retry_after: None };
        assert!(unset(error(throttled)).is_err(), "the job waits");
        assert!(again(error(Verdict::Denied { needs: "x" })).is_err());
    }
}
