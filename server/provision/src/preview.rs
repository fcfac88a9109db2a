//! Plans in words, before → after, for approvers and mails.

mod rows;

use forms::Language;
use serde_json::{Map, Value};

use crate::attributes::label;
use crate::{Plan, Plans, Step};

impl Plans {
    /// One line for each thing that changes; of rows the sums, and the first of them.
    pub fn preview(&self, language: Language) -> Vec<String> {
        match self {
            Self::One(plan) => plan.preview(language),
            Self::Rows { rows } => rows::preview(rows, &Words { language }),
        }
    }
}

impl Plan {
    /// One line for each thing that changes.
    pub fn preview(&self, language: Language) -> Vec<String> {
        let words = Words { language };
        self.steps
            .iter()
            .flat_map(|step| words.step(step, &self.account.user_principal_name))
            .collect()
    }
}

struct Words {
    language: Language,
}

impl Words {
    fn say<'a>(&self, ja: &'a str, en: &'a str) -> &'a str {
        match self.language {
            Language::Ja => ja,
            Language::En => en,
        }
    }

    /// Something that was not there.
    fn added(&self, what: &str, after: &str) -> String {
        change(what, self.say("（なし）", "(none)"), after)
    }

    fn step(&self, step: &Step, account: &str) -> Vec<String> {
        match step {
            Step::CreateUser(new) => {
                let mut lines = vec![
                    self.added(self.say("アカウント", "Account"), account),
                    self.added(self.say("表示名", "Display name"), &new.display_name),
                    self.added(self.say("メールの別名", "Mail nickname"), &new.mail_nickname),
                ];
                lines.extend(self.attributes(&new.attributes));
                lines
            }
            Step::SetManager { name, .. } => vec![self.added(self.say("上長", "Manager"), name)],
            Step::AssignLicence { name, .. } => vec![self.added(self.say("ライセンス", "Licence"), name)],
            Step::AddToGroup { name, .. } => {
                let what = format!("{}「{name}」", self.say("グループ", "Group "));
                let (before, after) = (
                    self.say("メンバーでない", "not a member"),
                    self.say("メンバー", "member"),
                );
                vec![change(&what, before, after)]
            }
        }
    }

    fn attributes(&self, attributes: &Map<String, Value>) -> Vec<String> {
        let mut lines = Vec::new();
        for (name, value) in attributes {
            match value {
                Value::Object(members) => lines.extend(self.attributes(members)),
                value => lines.push(self.added(label(name).in_language(self.language), &plain(value))),
            }
        }
        lines
    }
}

/// `what: before → after`
fn change(what: &str, before: &str, after: &str) -> String {
    format!("{what}: {before} → {after}")
}

/// A value as people read it: a day without its midnight, a list with commas.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.strip_suffix("T00:00:00Z").unwrap_or(text).to_owned(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
