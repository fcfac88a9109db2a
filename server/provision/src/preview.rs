//! Plans in words, before → after, for approvers and mails.

mod rows;

use forms::Language;
use serde_json::{Map, Value};

use crate::attributes::label;
use crate::{Change, Plan, Plans, Step};

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
    /// One line for each thing that changes, then one for each that is lost for good.
    pub fn preview(&self, language: Language) -> Vec<String> {
        let words = Words { language };
        let account = &self.account.user_principal_name;
        let changes = self.steps.iter().flat_map(|step| words.step(step, account));
        let lost = self
            .lost()
            .into_iter()
            .map(|lost| format!("※ {}", lost.words(language)));
        changes.chain(lost).collect()
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
            step => self.back(step, account),
        }
    }

    /// Something that was there.
    fn removed(&self, what: &str, before: &str) -> String {
        change(what, before, self.say("（なし）", "(none)"))
    }

    fn back(&self, step: &Step, account: &str) -> Vec<String> {
        match step {
            Step::UpdateUser(changed) => self.changed(changed),
            Step::RemoveManager { name } => vec![self.removed(self.say("上長", "Manager"), name)],
            Step::RemoveLicence { name, .. } => vec![self.removed(self.say("ライセンス", "Licence"), name)],
            Step::RemoveFromGroup { name, .. } => {
                let what = format!("{}「{name}」", self.say("グループ", "Group "));
                let (before, after) = (
                    self.say("メンバー", "member"),
                    self.say("メンバーでない", "not a member"),
                );
                vec![change(&what, before, after)]
            }
            Step::DeleteUser {} => vec![self.removed(self.say("アカウント", "Account"), account)],
            _ => Vec::new(),
        }
    }

    fn changed(&self, changed: &Change) -> Vec<String> {
        let none = self.say("（なし）", "(none)");
        let said = |value: Option<&Value>| match value {
            None | Some(Value::Null) => none.to_owned(),
            Some(value) => plain(value),
        };
        let line = |(name, to): (&String, &Value)| {
            let what = label(name);
            let what = what.in_language(self.language);
            change(what, &said(changed.from.get(name)), &said(Some(to)))
        };
        changed.to.iter().map(line).collect()
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
