//! 更新: another application's end is moved. Nothing of the tenant changes, so no connector has a part in it: whoever
//! keeps the ends carries it out.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::plan::StepId;
use crate::preview::{Words, change};

/// What stands longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenewalPlan {
    pub renewal: Renewal,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Renewal {
    /// Id of the application whose end is moved.
    pub application: String,
    /// Its number.
    pub number: String,
    /// The last day, as it is.
    pub from: Date,
    /// The last day, as it will be.
    pub until: Date,
}

impl RenewalPlan {
    pub(crate) fn steps(&self) -> [&Renewal; 1] {
        [&self.renewal]
    }

    /// The other way round.
    pub(crate) fn back(&self) -> Self {
        let Renewal { from, until, .. } = self.renewal;
        Self {
            renewal: Renewal {
                from: until,
                until: from,
                ..self.renewal.clone()
            },
        }
    }
}

impl Renewal {
    pub fn id(&self) -> StepId {
        StepId::new("renew")
    }
}

pub(crate) fn words(words: &Words, renewal: &Renewal) -> Vec<String> {
    let Renewal {
        number, from, until, ..
    } = renewal;
    vec![
        format!("{}: {number}", words.say("更新する申請", "Renewed application")),
        change(
            words.say("有効期限", "Stands until"),
            &from.to_string(),
            &until.to_string(),
        ),
    ]
}
