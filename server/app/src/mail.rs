//! The texts of our mails: one template a kind and language, the first line is the subject.

use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;
use thiserror::Error;

use crate::config::Language;

/// Every mail the service sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Received,
    Decide,
    SentBack,
    Rejected,
    Withdrawn,
    Completed,
    Password,
    NotCounted,
    Attention,
    PlanChanged,
    Recorded,
    NotNeeded,
    Cancelled,
    Unfinished,
    Reminder,
    Overdue,
    Circulated,
    PostReview,
    PullUp,
    Work,
    Changed,
    Settled,
}

impl Kind {
    /// As in the keys of mails and in the names of templates.
    pub fn word(self) -> &'static str {
        let (name, _) = source(self, Language::En);
        name.trim_start_matches("en/").trim_end_matches(".txt")
    }
}

/// What a template may speak of. Empty values are left out of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Facts {
    pub to: String,
    pub number: String,
    pub title: String,
    pub applicant: String,
    pub step: String,
    pub plan: Vec<String>,
    pub url: String,
    pub by: String,
    pub comment: String,
    pub issues: Vec<String>,
    pub head: String,
    /// Fingerprint of the key that signed the head.
    pub key: String,
    pub account: String,
    pub reason: String,
    pub retry: bool,
    pub done: Vec<String>,
    pub open: Vec<String>,
    pub skipped: Vec<String>,
    pub decision: String,
    pub at: String,
    pub due: String,
    pub channel: String,
    pub contacts: Vec<String>,
    pub manual: String,
}

/// A mail's text, ready to send as plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    pub subject: String,
    pub body: String,
}

#[derive(Debug, Error)]
#[error("mail template {name}: {source}")]
pub struct TemplateError {
    name: String,
    #[source]
    source: minijinja::Error,
}

macro_rules! templates {
    ($($kind:ident => $file:literal),+ $(,)?) => {
        fn source(kind: Kind, language: Language) -> (&'static str, &'static str) {
            match (kind, language) {
                $((Kind::$kind, Language::Ja) => (concat!("ja/", $file), include_str!(concat!("../mail/ja/", $file))),
                  (Kind::$kind, Language::En) => (concat!("en/", $file), include_str!(concat!("../mail/en/", $file))),)+
            }
        }
        #[cfg(test)]
        const KINDS: &[Kind] = &[$(Kind::$kind),+];
    };
}

templates! {
    Received => "received.txt",
    Decide => "decide.txt",
    SentBack => "sent-back.txt",
    Rejected => "rejected.txt",
    Withdrawn => "withdrawn.txt",
    Completed => "completed.txt",
    Password => "password.txt",
    NotCounted => "not-counted.txt",
    Attention => "attention.txt",
    PlanChanged => "plan-changed.txt",
    Recorded => "recorded.txt",
    NotNeeded => "not-needed.txt",
    Cancelled => "cancelled.txt",
    Unfinished => "unfinished.txt",
    Reminder => "reminder.txt",
    Overdue => "overdue.txt",
    Circulated => "circulated.txt",
    PostReview => "post-review.txt",
    PullUp => "pull-up.txt",
    Work => "work.txt",
    Changed => "changed.txt",
    Settled => "settled.txt",
}

/// Fills the template of `kind` in `language`. A value never starts a new line in the subject.
pub fn render(kind: Kind, language: Language, facts: &Facts) -> Result<Text, TemplateError> {
    let (name, source) = source(kind, language);
    let failed = |source| TemplateError {
        name: name.to_owned(),
        source,
    };
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let values = minijinja::Value::from(minijinja::value::Serde(facts));
    let (subject, body) = source.split_once('\n').unwrap_or((source, ""));
    let subject = environment.render_str(subject, &values).map_err(failed)?;
    let body = environment.render_str(body, &values).map_err(failed)?;
    Ok(Text {
        subject: subject
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect(),
        body,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_speaks_only_of_known_facts_and_names_the_application() {
        let facts = Facts {
            number: "2026-0001".into(),
            ..Facts::default()
        };
        for kind in KINDS {
            for language in [Language::Ja, Language::En] {
                let text = render(*kind, language, &facts).unwrap();
                assert!(text.subject.contains("2026-0001"), "{kind:?}");
                assert!(!text.body.trim().is_empty(), "{kind:?}");
            }
        }
    }

    #[test]
    fn a_form_value_cannot_add_a_header_line() {
        let facts = Facts {
            title: "x\r\nBcc: everyone@example.com".into(),
            ..Facts::default()
        };
        let text = render(Kind::Decide, Language::Ja, &facts).unwrap();
        assert!(!text.subject.contains(['\r', '\n']));
    }

    #[test]
    fn a_template_inside_a_form_value_is_only_text() {
        let facts = Facts {
            comment: "{{ head }}".into(),
            head: "secret".into(),
            ..Facts::default()
        };
        let text = render(Kind::SentBack, Language::En, &facts).unwrap();
        assert!(text.body.contains("{{ head }}") && !text.body.contains("secret"));
    }
}
