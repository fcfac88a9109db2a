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
        let whom = self.account.is_standing().then(|| words.whom(account));
        let changes = self.steps.iter().flat_map(|step| words.step(step, account));
        let lost = self
            .lost()
            .into_iter()
            .map(|lost| format!("※ {}", lost.words(language)));
        whom.into_iter().chain(changes).chain(lost).collect()
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
            Step::ChangeLicences { give, take } => {
                let what = self.say("ライセンス", "Licence");
                let given = give.iter().map(|one| self.added(what, &one.name));
                let taken = take.iter().map(|one| self.removed(what, &one.name));
                given.chain(taken).collect()
            }
            Step::RemoveFromGroup { name, .. } => {
                let what = format!("{}「{name}」", self.say("グループ", "Group "));
                let (before, after) = (
                    self.say("メンバー", "member"),
                    self.say("メンバーでない", "not a member"),
                );
                vec![change(&what, before, after)]
            }
            Step::DeleteUser {} => vec![self.removed(self.say("アカウント", "Account"), account)],
            Step::BlockSignIn {} => vec![change(
                self.say("サインイン", "Sign-in"),
                self.say("許可", "allowed"),
                self.say(
                    "停止（すべての端末からサインアウト）",
                    "blocked (signed out everywhere)",
                ),
            )],
            Step::AllowSignIn {} => vec![change(
                self.say("サインイン", "Sign-in"),
                self.say("停止", "blocked"),
                self.say("許可", "allowed"),
            )],
            _ => Vec::new(),
        }
    }

    /// The account that is there already.
    fn whom(&self, account: &str) -> String {
        format!("{}: {account}", self.say("対象のアカウント", "Account"))
    }

    fn changed(&self, changed: &Change) -> Vec<String> {
        self.differences(&changed.from, &changed.to)
    }

    /// Member by member where a property is a complex one.
    fn differences(&self, from: &Map<String, Value>, to: &Map<String, Value>) -> Vec<String> {
        let none = self.say("（なし）", "(none)");
        let said = |value: Option<&Value>| match value {
            Some(Value::Array(items)) if items.is_empty() => none.to_owned(),
            None | Some(Value::Null) => none.to_owned(),
            Some(value) => plain(value),
        };
        let mut lines = Vec::new();
        for (name, to) in to {
            let from = from.get(name);
            if let Value::Object(members) = to {
                let nothing = Map::new();
                let from = from.and_then(Value::as_object).unwrap_or(&nothing);
                lines.extend(self.differences(from, members));
            } else if said(from) != said(Some(to)) {
                let what = label(name);
                lines.push(change(
                    what.in_language(self.language),
                    &said(from),
                    &said(Some(to)),
                ));
            }
        }
        lines
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
