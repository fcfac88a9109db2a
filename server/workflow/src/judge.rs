//! What people wrote into the lists, version by version: which of it is a decision, and which is not.

mod act;
mod act_row;
mod application;
mod ask;
mod delegation;
mod inbox;
mod mails;
mod ruling;
mod version;

pub use act::{Act, ActRefusal, Administration, NewPeople};
pub use act_row::judge_act;
pub use application::{Expectations, Judged, Judgement, STANDING, judge};
pub use delegation::{DelegationAsk, judge_delegation};
pub use inbox::{InboxRuling, Submitted, judge_inbox};
pub use mails::{Mails, judge_mails};
pub use ruling::{Reason, Ruling};
pub use version::{Editor, Park, Version};

/// Columns of the lists that the judge reads.
pub mod column {
    pub const DECISION: &str = "PFDecision";
    pub const DECISION_FOR: &str = "PFDecisionFor";
    pub const COMMENT: &str = "PFDecisionComment";
    pub const SEND_BACK_TO: &str = "PFSendBackTo";
    pub const ACTION: &str = "PFApplicantAction";
    pub const PAYLOAD: &str = "PFPayload";
    pub const NUMBER: &str = "PFNumber";
    pub const STEP_TOKEN: &str = "PFStepToken";
    pub const ACT_STEP: &str = "PFActStep";
    pub const ACT_FOR: &str = "PFActFor";
    pub const ACT_TO: &str = "PFActTo";
}
