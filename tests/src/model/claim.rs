//! What one version says for itself: a decision for a step, an attempt at one, or nothing.

use jiff::SignedDuration;

use super::record::{Editor, Record, Version};

/// A step must have stood so long before an entry without `PFDecisionFor` counts.
const STANDING: SignedDuration = SignedDuration::from_mins(5);
/// SharePoint keeps whole seconds, and the step is shown a moment after it began.
const VAGUE: SignedDuration = SignedDuration::from_secs(2);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    Approve,
    Reject,
    SendBack,
    Hold,
    Confirm,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Vote {
    pub(super) by: String,
    pub(super) choice: Choice,
    /// The step that it is for.
    pub(super) token: String,
    pub(super) comment: Option<String>,
    /// A vote that must count if it is asked for; else it may.
    pub(super) is_certain: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Claim {
    Nothing,
    /// Asks for something and must not count.
    Void,
    Vote(Vote),
}

pub(super) fn choice(word: &str) -> Option<Choice> {
    match word {
        "承認" => Some(Choice::Approve),
        "却下" => Some(Choice::Reject),
        "差戻し" => Some(Choice::SendBack),
        "保留" => Some(Choice::Hold),
        "確認" => Some(Choice::Confirm),
        _ => None,
    }
}

/// What the version at this place claims. `began`: when a step was opened, by the journal.
pub(super) fn of(record: &Record, at: usize, began: impl Fn(&str) -> Option<jiff::Timestamp>) -> Claim {
    let version = &record.versions[at];
    let (Editor::Person(by), Some(before)) = (&version.editor, record.versions[..at].last()) else {
        return Claim::Nothing;
    };
    let Some(ours) = record.versions[..at]
        .iter()
        .rev()
        .find(|version| version.is_ours())
    else {
        return Claim::Nothing;
    };
    let touches = version.altered(before).next().is_some() && version.altered(ours).next().is_some();
    let wrote = |column: &str| version.text(column).is_some() && version.text(column) != before.text(column);
    let names = wrote("PFDecisionFor");
    if version.text("PFDecision").is_none() || !(names || wrote("PFDecision")) {
        return if touches { Claim::Void } else { Claim::Nothing };
    }
    // He approved something that he did not see as it is.
    if version.altered(ours).next().is_some() {
        return Claim::Void;
    }
    let Some(choice) = version.text("PFDecision").and_then(choice) else {
        return Claim::Void;
    };
    let Some((token, is_certain)) = step(version, ours, names, by, began) else {
        return Claim::Void;
    };
    let comment = version
        .text("PFDecisionComment")
        .filter(|_| wrote("PFDecisionComment"));
    let is_commented = version.text("PFDecisionComment").is_some();
    let must_comment = matches!(choice, Choice::Reject | Choice::SendBack);
    match (must_comment, is_commented) {
        (true, false) => Claim::Void,
        _ => Claim::Vote(Vote {
            by: by.clone(),
            choice,
            token,
            comment: comment.map(str::to_owned),
            // A reason that stood there before may be another's.
            is_certain: is_certain && (!must_comment || comment.is_some()),
        }),
    }
}

/// The step that an entry is for, and whether that is certain.
fn step(
    version: &Version,
    ours: &Version,
    names: bool,
    by: &str,
    began: impl Fn(&str) -> Option<jiff::Timestamp>,
) -> Option<(String, bool)> {
    if names {
        let (token, decider) = version.text("PFDecisionFor")?.split_once(':')?;
        return (decider == by).then(|| (token.to_owned(), true));
    }
    let token = ours.text("PFStepToken")?;
    let stood = version.at.duration_since(began(token)?);
    (stood + VAGUE >= STANDING).then(|| (token.to_owned(), stood >= STANDING + VAGUE + VAGUE))
}
