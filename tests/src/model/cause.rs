//! What can be the cause of a line: submissions, rows of the inbox, votes.

use serde_json::Value;

use super::claim::{self, Choice, Vote};
use super::record::{Act, Editor, Record};

/// Versions by which the applicant submitted: his action became 申請 while the row was his.
pub(super) fn submissions(record: &Record) -> impl Iterator<Item = usize> {
    let mut submitted = false;
    record.row.iter().enumerate().filter_map(move |(at, version)| {
        let applies = version.text("PFApplicantAction") == Some("申請");
        if version.is_ours() {
            submitted &= applies;
            return None;
        }
        let is_his = version.editor == Editor::Person(record.applicant.clone());
        let is_new = is_his && applies && !submitted;
        submitted |= is_new;
        is_new.then_some(at)
    })
}

pub(super) fn is_asked(act: &Act, action: &str, record: &Record) -> bool {
    act.author == record.applicant && act.first.text("PFApplicantAction") == Some(action)
}

/// A decision that was asked for by a row.
pub(super) fn by_row(act: &Act) -> Option<Vote> {
    let text = |column: &str| act.first.text(column).map(str::to_owned);
    let choice = text("PFDecision").as_deref().and_then(claim::choice)?;
    let comment = text("PFDecisionComment");
    if matches!(choice, Choice::Reject | Choice::SendBack) && comment.is_none() {
        return None;
    }
    let decides = act.first.text("PFApplicantAction") == Some("判断");
    decides.then_some(Vote {
        by: act.author.clone(),
        choice,
        token: text("PFStepToken")?,
        comment,
        is_certain: true,
    })
}

/// Whether a line tells of this vote.
pub(super) fn is_told_by(vote: &Vote, kind: &str, event: &Value) -> bool {
    let choice = match (kind, event["verdict"].as_str()) {
        ("decided", Some("approve")) => Choice::Approve,
        ("decided", Some("reject")) => Choice::Reject,
        ("sentBack", _) => Choice::SendBack,
        ("held", _) => Choice::Hold,
        ("released" | "confirmed", _) => Choice::Confirm,
        _ => return false,
    };
    let comment = event["comment"].as_str();
    vote.choice == choice
        && event["by"] == vote.by.as_str()
        && event["token"].as_str().is_none_or(|token| token == vote.token)
        && comment.is_none_or(|comment| vote.comment.as_deref() == Some(comment))
}
