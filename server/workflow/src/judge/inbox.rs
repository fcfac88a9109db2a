//! Judging the inbox: submissions, and acts of people without an edit right on the application.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::application::Choice;
use crate::ids::PersonId;
use crate::judge::column;
use crate::judge::version::{Editor, Park, Version, follows};
use crate::sealed::StepToken;

/// 申請 in the column `PFApplicantAction`.
const APPLY: &str = "申請";

/// The version that counts: its fields are the submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitted {
    pub by: PersonId,
    pub version: Version,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InboxRuling {
    OurOwn,
    /// Not submitted yet, or again with the applicant.
    Draft,
    Submission(Box<Submitted>),
    /// Edited after the submission: ignored, and the editor is told.
    IgnoredEdit {
        by: Editor,
    },
    /// Edited or submitted by someone who is not the author.
    NotAuthor {
        by: Editor,
    },
}

/// Rulings on all versions of a form's row, from version 1 on.
///
/// `author` is the row's Author, which SharePoint wrote. A row is open again once we emptied its action.
pub fn judge_inbox(versions: &[Version], author: &PersonId) -> Result<Vec<(u32, InboxRuling)>, Park> {
    let mut rulings = Vec::with_capacity(versions.len());
    let mut submitted = false;
    let mut before: Option<&Version> = None;
    for version in versions {
        follows(before.map_or(0, |before| before.number), version)?;
        let applies = version.text(column::ACTION) == Some(APPLY);
        let ruling = match &version.editor {
            Editor::App => {
                submitted = submitted && applies;
                InboxRuling::OurOwn
            }
            Editor::Person(by) if by == author => match (submitted, applies) {
                (true, _) => InboxRuling::IgnoredEdit {
                    by: version.editor.clone(),
                },
                (false, false) => InboxRuling::Draft,
                (false, true) => {
                    submitted = true;
                    let (by, version) = (by.clone(), version.clone());
                    InboxRuling::Submission(Box::new(Submitted { by, version }))
                }
            },
            other => InboxRuling::NotAuthor { by: other.clone() },
        };
        rulings.push((version.number, ruling));
        before = Some(version);
    }
    Ok(rulings)
}

/// 操作: what a person asks of an application through a row of his own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// 引戻し
    PullBack,
    /// 取下げ
    Withdraw { comment: Option<String> },
    /// 判断
    Decide {
        token: StepToken,
        choice: Choice,
        comment: Option<String>,
    },
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
}

/// The application's number and what is asked of it. Only version 1.0 counts, whatever was written later.
pub fn judge_act(versions: &[Version], author: &PersonId) -> Result<(String, Act), ActRefusal> {
    let first = versions.iter().find(|version| version.label == "1.0");
    let first = first.ok_or(ActRefusal::FirstVersionMissing)?;
    if first.editor != Editor::Person(author.clone()) {
        return Err(ActRefusal::NotAuthor);
    }
    let number = first.text(column::NUMBER).ok_or(ActRefusal::NumberMissing)?;
    let comment = first.text(column::COMMENT).map(str::to_owned);
    let act = match first.text(column::ACTION) {
        Some("引戻し") => Act::PullBack,
        Some("取下げ") => Act::Withdraw { comment },
        Some("判断") => {
            let token = first.text(column::STEP_TOKEN).ok_or(ActRefusal::TokenMissing)?;
            Act::Decide {
                token: StepToken::parse(token).map_err(|_| ActRefusal::TokenMissing)?,
                choice: first.choice().ok_or(ActRefusal::UnknownChoice)?,
                comment,
            }
        }
        _ => return Err(ActRefusal::UnknownAction),
    };
    Ok((number.to_owned(), act))
}
