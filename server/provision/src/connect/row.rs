//! All steps of a row's plan, one after another.

use std::time::Duration;

use m365::Result;
use serde_json::{Map, Value, json};

use super::{Executor, StepOutcome};
use crate::inverse::subject;
use crate::{Failure, Plan, StepId};

/// What came of a run of a row, as [`StepOutcome`] has it of a step.
#[derive(Debug, Clone, PartialEq)]
pub enum RowOutcome {
    Done(Value),
    /// This step is not visible yet.
    Settling(StepId),
    Failed(Failure),
    Later {
        why: String,
        retry_after: Option<Duration>,
    },
}

impl<'a> Executor<'a> {
    /// What stands there now, by step; to be journalled before [`Executor::run_row`]. Where there is no account yet,
    /// that is all there is to know.
    pub async fn before_row(&self, plan: &'a Plan) -> Result<Value> {
        let mut images = Map::new();
        for step in plan.steps() {
            let Some(image) = self.before(step).await? else {
                break;
            };
            let is_new = subject(&image).is_none();
            images.insert(step.id().to_string(), image);
            if is_new {
                break;
            }
        }
        Ok(Value::Object(images))
    }

    /// Makes the tenant be as the row says. Every step begins with a look, so that a row which was broken off goes on
    /// where it stopped.
    pub async fn run_row(&self, plan: &'a Plan) -> Result<RowOutcome> {
        let mut account = Value::Null;
        let mut receipts = Map::new();
        for step in plan.steps() {
            match self.run(step).await? {
                StepOutcome::Done(receipt) => {
                    account = receipt["account"].clone();
                    receipts.insert(step.id().to_string(), receipt);
                }
                StepOutcome::Settling => return Ok(RowOutcome::Settling(step.id())),
                StepOutcome::Failed(failure) => return Ok(RowOutcome::Failed(failure)),
                StepOutcome::Later { why, retry_after } => return Ok(RowOutcome::Later { why, retry_after }),
            }
        }
        Ok(RowOutcome::Done(json!({ "account": account, "steps": receipts })))
    }
}
