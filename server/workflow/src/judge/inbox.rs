//! Judging the inbox: submissions.

use crate::ids::PersonId;
use crate::judge::column;
use crate::judge::version::{Editor, Park, Version, follows};

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
