//! メール設定: how often a person wants mail.

use serde::{Deserialize, Serialize};

use crate::ids::PersonId;
use crate::judge::ask::judge_ask;
use crate::judge::{ActRefusal, Version};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Mails {
    /// その都度
    #[default]
    Each,
    /// 1 日 1 回
    Daily,
}

/// The JSON of the column `PFPayload`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    mails: Mails,
}

/// What is asked. Only version 1.0 counts.
pub fn judge_mails(versions: &[Version], author: &PersonId) -> Result<Mails, ActRefusal> {
    judge_ask(versions, author).map(|(asked, _): (Asked, _)| asked.mails)
}
