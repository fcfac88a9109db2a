//! 操作: what a person asks of an application through a row of his own.

use forms::Values;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

use crate::application::Choice;
use crate::ids::{PlanStepId, StepKey};
use crate::sealed::StepToken;

/// People as they were named: object id or user principal name. A missing reason is empty here, and refused where it
/// is decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Act {
    /// 再申請 by the applicant whose form lies in somebody else's row, or by its drafter
    Resubmit { form: Values },
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
    /// 振替
    Reassign {
        /// None: whoever asks for it.
        from: Option<String>,
        to: String,
        reason: String,
    },
    /// 引上げ承認 by an approver of a later step
    PullUp {
        token: StepToken,
        comment: Option<String>,
    },
    /// 確認 of a circulation, 後閲
    Acknowledge {
        /// None: what waits for him first.
        step: Option<StepKey>,
        comment: Option<String>,
    },
    /// 異議
    Object { step: Option<StepKey>, comment: String },
    /// 作業完了; the proof are the files that were added to the item.
    FinishWork { token: StepToken, result: String },
    /// 作業不可
    DeclineWork { token: StepToken, reason: String },
    /// 修正 of fields that the step lets be changed
    Edit {
        token: StepToken,
        /// The changed fields alone; null empties one.
        changes: Map<String, Value>,
        comment: Option<String>,
    },
    /// An administrator's.
    Administer { what: Administration },
}

impl Act {
    /// Whether it is about the applicant's own application.
    pub fn is_applicants(&self) -> bool {
        matches!(
            self,
            Self::Resubmit { .. } | Self::PullBack | Self::Withdraw { .. }
        )
    }
}

/// What only an administrator may ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "deed", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Administration {
    /// 解除
    Release,
    /// 強制終了
    Cancel { reason: String },
    /// 経路変更
    ChangeRoute {
        /// None: everybody who is not yet passed is found anew, as the organisation is now.
        to: Option<NewPeople>,
        reason: String,
    },
    /// 異議対応
    SettleObjection {
        step: StepKey,
        person: String,
        reason: String,
    },
    /// 再実行
    Retry,
    /// 飛ばす
    Skip { step: PlanStepId, reason: String },
    /// 補償
    Compensate { reason: String },
    /// 受入
    Accept { reason: String },
    /// 削除許可
    AllowDeletions { reason: String },
}

/// Who is asked at a step instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPeople {
    pub step: StepKey,
    pub people: Vec<String>,
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
    #[error("the changed fields are no JSON object")]
    ChangesUnreadable,
    #[error("the form is no JSON object, or too big")]
    FormUnreadable,
}
