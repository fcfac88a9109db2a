//! Why something did not count, in words for mails.

use std::sync::LazyLock;

use serde::Serialize;

use crate::config::Language;

/// Code, Japanese, English.
static WORDS: LazyLock<Vec<(String, String, String)>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../mail/reasons.json")).unwrap_or_default());

/// A person changed a row that is submitted already.
pub(crate) const EDITED_AFTER_SUBMISSION: &str = "edited_after_submission";

/// Why an execution stopped: rows are left that failed.
pub(crate) const ROWS_FAILED: &str = "rows_failed";

/// Why a compensation stopped: rows are left that could not be undone.
pub(crate) const ROWS_NOT_UNDONE: &str = "rows_not_undone";

/// The sentence for a code of `workflow` (they serialise as their code), or the code itself.
pub(crate) fn sentence(code: impl Serialize, language: Language) -> String {
    let code = serde_json::to_value(code).unwrap_or_default();
    let code = code.as_str().unwrap_or_default();
    let found = WORDS.iter().find(|(known, _, _)| known == code);
    match (found, language) {
        (Some((_, ja, _)), Language::Ja) => ja.clone(),
        (Some((_, _, en)), Language::En) => en.clone(),
        (None, _) => code.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use workflow::RefusalCode;
    use workflow::judge::Reason;

    use super::*;

    #[test]
    fn people_read_sentences_and_not_codes() {
        let japanese = |code: &dyn Fn(Language) -> String| code(Language::Ja).ends_with('。');
        assert!(japanese(&|l| sentence(RefusalCode::StaleStep, l)));
        assert!(japanese(&|l| sentence(RefusalCode::CommentMissing, l)));
        assert!(japanese(&|l| sentence(Reason::TooEarly, l)));
        assert!(japanese(&|l| sentence(Reason::SealedAltered, l)));
        assert!(japanese(&|l| sentence(EDITED_AFTER_SUBMISSION, l)));
        assert!(japanese(&|l| sentence(workflow::application::APPROVERS_LEFT, l)));
        assert!(japanese(&|l| sentence(workflow::application::WORKERS_LEFT, l)));
        assert!(japanese(&|l| sentence(
            workflow::judge::ActRefusal::FormUnreadable,
            l
        )));
        assert!(japanese(&|l| sentence(workflow::application::DELETIONS_HELD, l)));
        assert!(japanese(&|l| sentence(ROWS_FAILED, l)));
        assert!(japanese(&|l| sentence(ROWS_NOT_UNDONE, l)));
        assert!(sentence(Reason::NotAssignee, Language::En).ends_with('.'));
    }
}
