//! All steps of a row's plan, one after another.

use m365::Result;
use serde_json::{Map, Value, json};

use super::{Executor, StepOutcome};
use crate::inverse::subject;
use crate::{Plan, StepId};

/// What came of a run of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct RowOutcome {
    pub outcome: StepOutcome,
    /// The step that did not come to its end, if one did not.
    pub stopped_at: Option<StepId>,
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
                outcome => {
                    let stopped_at = Some(step.id());
                    return Ok(RowOutcome { outcome, stopped_at });
                }
            }
        }
        Ok(RowOutcome {
            outcome: StepOutcome::Done(json!({ "account": account, "steps": receipts })),
            stopped_at: None,
        })
    }
}
