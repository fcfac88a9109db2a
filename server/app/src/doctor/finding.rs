//! What a check found, in both languages.

use std::time::Duration;

use m365::Verdict;

use crate::config::Language;
use crate::credentials::refusal;
use crate::setup::{SetupError, Words};

/// One check and its outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at, e.g. `Graph: User.ReadWrite.All`.
    pub what: String,
    pub outcome: Outcome,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Good,
    /// Good, and worth a word.
    Noted(Words),
    /// Works, but should be known.
    Warning(Words),
    /// Wrong; the words say how to mend it.
    Wrong(Words),
    /// Could not be looked at, because something before it is wrong.
    Unknown {
        why: Words,
        /// So long Microsoft 365 wants to be left alone.
        pause: Option<Duration>,
    },
}

impl Finding {
    pub(super) fn good(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            outcome: Outcome::Good,
        }
    }

    pub(super) fn noted(what: impl Into<String>, words: Words) -> Self {
        Self {
            what: what.into(),
            outcome: Outcome::Noted(words),
        }
    }

    pub(super) fn wrong(what: impl Into<String>, ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            outcome: Outcome::Wrong(words(ja, en)),
        }
    }

    pub(super) fn warning(what: impl Into<String>, ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            outcome: Outcome::Warning(words(ja, en)),
        }
    }

    /// A check that the tenant refused to answer.
    pub(super) fn unknown(what: impl Into<String>, error: &m365::Error) -> Self {
        Self {
            what: what.into(),
            outcome: Outcome::Unknown {
                why: unanswered(error),
                pause: match error.verdict {
                    Verdict::Throttled { retry_after } => Some(retry_after),
                    Verdict::Transient { retry_after } => retry_after,
                    _ => None,
                },
            },
        }
    }

    /// A comparison with the manifests that did not come to its end.
    pub(super) fn broken_off(what: impl Into<String>, error: &SetupError) -> Self {
        match error {
            SetupError::Remote(error) => Self::unknown(what, error),
            error => Self::wrong(what, error.to_string(), error.to_string()),
        }
    }

    /// How long to wait before the check may find something.
    pub(super) fn pause(&self) -> Option<Duration> {
        match self.outcome {
            Outcome::Unknown { pause, .. } => pause,
            _ => None,
        }
    }

    pub fn is_wrong(&self) -> bool {
        matches!(self.outcome, Outcome::Wrong(_) | Outcome::Unknown { .. })
    }

    /// One line for people.
    pub fn line(&self, language: Language) -> String {
        let what = &self.what;
        match (&self.outcome, language) {
            (Outcome::Good, Language::Ja) => format!("正常    {what}"),
            (Outcome::Good, Language::En) => format!("good     {what}"),
            (Outcome::Noted(words), Language::Ja) => format!("正常    {what}: {}", words.ja),
            (Outcome::Noted(words), Language::En) => format!("good     {what}: {}", words.en),
            (Outcome::Warning(words), Language::Ja) => format!("注意    {what}: {}", words.ja),
            (Outcome::Warning(words), Language::En) => format!("warning  {what}: {}", words.en),
            (Outcome::Wrong(words), Language::Ja) => format!("異常    {what}: {}", words.ja),
            (Outcome::Wrong(words), Language::En) => format!("wrong    {what}: {}", words.en),
            (Outcome::Unknown { why, .. }, Language::Ja) => format!("確認不能 {what}: {}", why.ja),
            (Outcome::Unknown { why, .. }, Language::En) => format!("unknown  {what}: {}", why.en),
        }
    }
}

/// With what was asked, by which whoever supports it finds it.
fn unanswered(error: &m365::Error) -> Words {
    let Words { ja, en } = refusal(error, None);
    let operation = error.operation;
    words(format!("{ja} ({operation})"), format!("{en} ({operation})"))
}

fn words(ja: impl Into<String>, en: impl Into<String>) -> Words {
    Words {
        ja: ja.into(),
        en: en.into(),
    }
}

#[cfg(test)]
mod tests {
    use m365::{CredentialFault, Error, Service};

    use super::*;

    #[test]
    fn what_could_not_be_looked_at_says_why_in_words_and_what_to_do() {
        let expired = Verdict::Credentials(CredentialFault::Expired);
        for (verdict, remedy) in [
            (expired, "credentials renew"),
            (Verdict::Transient { retry_after: None }, "Run it again"),
        ] {
            let inside = format!("{verdict:?}");
            let error = Error {
                service: Service::Login,
                operation: "get a token",
                status: None,
                code: None,
                message: String::new(),
                request_id: None,
                verdict,
            };
            let finding = Finding::unknown("webhook", &error);
            assert!(finding.is_wrong());
            let (ja, en) = (finding.line(Language::Ja), finding.line(Language::En));
            assert!(
                en.starts_with("unknown  webhook: Entra: ") && ja != en,
                "{ja} {en}"
            );
            assert!(en.contains(remedy) && en.contains("get a token"), "{en}");
            assert!(!en.contains(&inside) && !ja.contains(&inside), "{ja} {en}");
        }
    }
}
