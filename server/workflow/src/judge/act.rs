//! 操作: what a person asks of an application through a row of his own.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::application::Choice;
use crate::ids::{PersonId, PlanStepId};
use crate::judge::column;
use crate::judge::version::{Editor, Version};
use crate::sealed::StepToken;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// 引戻し by the applicant
    PullBack,
    /// 取下げ
    Withdraw { comment: Option<String> },
    /// 判断
    Decide {
        token: StepToken,
        choice: Choice,
        comment: Option<String>,
    },
    /// 判断の引戻し by the last approver
    TakeBack,
    /// 振替. People as they were named: object id or user principal name.
    Reassign {
        /// None: whoever asks for it.
        from: Option<String>,
        to: String,
        reason: String,
    },
    /// An administrator's.
    Administer(Administration),
}

/// What only an administrator may ask. A missing reason is empty here, and refused where it is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Administration {
    /// 解除
    Release,
    /// 強制終了
    Cancel { reason: String },
    /// 再実行
    Retry,
    /// 飛ばす
    Skip { step: PlanStepId, reason: String },
    /// 受入
    Accept { reason: String },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Error)]
#[serde(rename_all = "snake_case")]
pub enum ActRefusal {
    #[error("version 1.0 cannot be read")]
    FirstVersionMissing,
    #[error("version 1.0 was not saved by the row's author")]
    NotAuthor,
    #[error("names no application")]
    NumberMissing,
    #[error("asks nothing we know")]
    UnknownAction,
    #[error("a decision without a valid step token")]
    TokenMissing,
    #[error("a decision that says nothing we know")]
    UnknownChoice,
    #[error("names nobody")]
    PersonMissing,
    #[error("names no step")]
    StepMissing,
}

/// The application's number and what is asked of it. Only version 1.0 counts, whatever was written later.
pub fn judge_act(versions: &[Version], author: &PersonId) -> Result<(String, Act), ActRefusal> {
    let first = versions.iter().find(|version| version.label == "1.0");
    let first = first.ok_or(ActRefusal::FirstVersionMissing)?;
    if first.editor != Editor::Person(author.clone()) {
        return Err(ActRefusal::NotAuthor);
    }
    let number = first.text(column::NUMBER).ok_or(ActRefusal::NumberMissing)?;
    Ok((number.to_owned(), act(first)?))
}

fn act(first: &Version) -> Result<Act, ActRefusal> {
    let text = |name: &str| first.text(name).map(str::to_owned);
    let comment = text(column::COMMENT);
    Ok(match first.text(column::ACTION) {
        Some("引戻し") => Act::PullBack,
        Some("取下げ") => Act::Withdraw { comment },
        Some("判断") => decide(first, comment)?,
        Some("判断の引戻し") => Act::TakeBack,
        Some("振替") => Act::Reassign {
            from: text(column::ACT_FOR),
            to: text(column::ACT_TO).ok_or(ActRefusal::PersonMissing)?,
            reason: comment.unwrap_or_default(),
        },
        _ => Act::Administer(administration(first, comment.unwrap_or_default())?),
    })
}

fn decide(first: &Version, comment: Option<String>) -> Result<Act, ActRefusal> {
    let token = first.text(column::STEP_TOKEN).ok_or(ActRefusal::TokenMissing)?;
    Ok(Act::Decide {
        token: StepToken::parse(token).map_err(|_| ActRefusal::TokenMissing)?,
        choice: first.choice().ok_or(ActRefusal::UnknownChoice)?,
        comment,
    })
}

fn administration(first: &Version, reason: String) -> Result<Administration, ActRefusal> {
    Ok(match first.text(column::ACTION) {
        Some("解除") => Administration::Release,
        Some("強制終了") => Administration::Cancel { reason },
        Some("再実行") => Administration::Retry,
        Some("飛ばす") => Administration::Skip {
            step: PlanStepId::new(first.text(column::ACT_STEP).ok_or(ActRefusal::StepMissing)?),
            reason,
        },
        Some("受入") => Administration::Accept { reason },
        _ => return Err(ActRefusal::UnknownAction),
    })
}
