//! 代理設定: what a person asks of the register of deputies through a row of his own.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Deserialize;

use crate::ids::{PersonId, WorkflowKey};
use crate::judge::ask::judge_ask;
use crate::judge::{ActRefusal, Version};

/// The JSON of the column `PFPayload`. People are named by object id or user principal name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(
    tag = "ask",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum DelegationAsk {
    /// 代理を設定
    Delegate {
        /// None: whoever wrote the row. Administrators name others.
        #[serde(default)]
        of: Option<String>,
        to: String,
        /// None: from when the row was written.
        #[serde(default)]
        from: Option<Timestamp>,
        /// None: until it is ended.
        #[serde(default)]
        until: Option<Timestamp>,
        /// None: in all.
        #[serde(default)]
        workflows: Option<BTreeSet<WorkflowKey>>,
    },
    /// 代理を終了: that of this row.
    End { row: i32 },
}

/// What is asked, and when.
pub fn judge_delegation(
    versions: &[Version],
    author: &PersonId,
) -> Result<(DelegationAsk, Timestamp), ActRefusal> {
    judge_ask(versions, author)
}
