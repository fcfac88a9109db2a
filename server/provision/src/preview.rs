//! Plans in words, before → after, for approvers and mails.

mod rows;

use forms::{Label, Language};
use serde_json::{Map, Value};

use crate::attributes::label;
use crate::recipient::Recipients;
use crate::{
    AccountStep, Change, Plan, Plans, Step, action, contact, group, leaving, licences, list, mailbox, renewal,
};

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
        let changes = self.steps().into_iter().flat_map(|step| words.step(step));
        let changes = changes.chain(words.by_hand(self));
        let lost = self
            .lost()
            .into_iter()
            .map(|lost| format!("※ {}", lost.words(language)));
        words.whom(self).into_iter().chain(changes).chain(lost).collect()
    }
}

pub(crate) struct Words {
    language: Language,
}

impl Words {
    pub(crate) fn say<'a>(&self, ja: &'a str, en: &'a str) -> &'a str {
        match self.language {
            Language::Ja => ja,
            Language::En => en,
        }
    }

    pub(crate) fn of<'a>(&self, label: &'a Label) -> &'a str {
        label.in_language(self.language)
    }

    /// Something that was not there.
    pub(crate) fn added(&self, what: &str, after: &str) -> String {
        change(what, self.say("（なし）", "(none)"), after)
    }

    fn step(&self, step: Step<'_>) -> Vec<String> {
        match step {
            Step::Account(key, step) => self.of_account(step, &key.user_principal_name),
            Step::Group(key, step) => group::step_words(self, key, step),
            Step::List(key, step) => list::step_words(self, key, step),
            Step::Mailbox(key, step) => mailbox::step_words(self, key, step),
            Step::Contact(key, step) => contact::step_words(self, key, step),
            Step::Action(_, step) => action::step_words(self, step),
            Step::Renewal(step) => renewal::words(self, step),
        }
    }

    fn of_account(&self, step: &AccountStep, account: &str) -> Vec<String> {
        match step {
            AccountStep::CreateUser(new) => {
                let mut lines = vec![
                    self.added(self.say("アカウント", "Account"), account),
                    self.added(self.say("表示名", "Display name"), &new.display_name),
                    self.added(self.say("メールの別名", "Mail nickname"), &new.mail_nickname),
                ];
                lines.extend(self.attributes(&new.attributes));
                lines
            }
            AccountStep::SetManager { name, from, .. } => {
                let before = from.name().unwrap_or(self.say("（なし）", "(none)"));
                vec![change(self.say("上長", "Manager"), before, name)]
            }
            AccountStep::AssignLicence(_) | AccountStep::ChangeLicences { .. } => self.licences(step),
            AccountStep::AddToGroup { name, .. } => {
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

    fn licences(&self, step: &AccountStep) -> Vec<String> {
        let (give, take) = step.licences();
        let given = give.iter().flat_map(|one| licences::given(self, one));
        let what = self.say("ライセンス", "Licence");
        let taken = take.iter().map(|one| self.removed(what, &one.name));
        given.chain(taken).collect()
    }

    /// Something that was there.
    pub(crate) fn removed(&self, what: &str, before: &str) -> String {
        change(what, before, self.say("（なし）", "(none)"))
    }

    fn back(&self, step: &AccountStep, account: &str) -> Vec<String> {
        match step {
            AccountStep::UpdateUser(changed) => self.changed(changed),
            AccountStep::RemoveManager { name, .. } => vec![self.removed(self.say("上長", "Manager"), name)],
            AccountStep::RemoveLicence(_) => self.licences(step),
            AccountStep::RemoveFromGroup { name, .. } => {
                let what = format!("{}「{name}」", self.say("グループ", "Group "));
                let (before, after) = (
                    self.say("メンバー", "member"),
                    self.say("メンバーでない", "not a member"),
                );
                vec![change(&what, before, after)]
            }
            AccountStep::DeleteUser {} => vec![self.removed(self.say("アカウント", "Account"), account)],
            AccountStep::RestoreUser {} => vec![change(
                self.say("アカウント", "Account"),
                self.say("（削除済み）", "(deleted)"),
                account,
            )],
            AccountStep::BlockSignIn {} => vec![change(
                self.say("サインイン", "Sign-in"),
                self.say("許可", "allowed"),
                self.say(
                    "停止（すべての端末からサインアウト）",
                    "blocked (signed out everywhere)",
                ),
            )],
            AccountStep::AllowSignIn {} => vec![change(
                self.say("サインイン", "Sign-in"),
                self.say("停止", "blocked"),
                self.say("許可", "allowed"),
            )],
            AccountStep::ResetPassword { name, .. } => self.password(name),
            step => leaving::words(self, step).into_iter().collect(),
        }
    }

    /// Nobody can read the one that was there.
    fn password(&self, receiver: &str) -> Vec<String> {
        let anew = self.say(
            "再発行（すべての端末からサインアウト、次回のサインインで変更）",
            "issued anew (signed out everywhere, to be changed at the next sign-in)",
        );
        let to = self.say(
            "新しいパスワードの受取人（上長）",
            "Who receives it (the manager)",
        );
        vec![
            format!("{}: {anew}", self.say("パスワード", "Password")),
            format!("{to}: {receiver}"),
        ]
    }

    fn yes_or_no(&self, is: bool) -> &str {
        if is {
            self.say("はい", "yes")
        } else {
            self.say("いいえ", "no")
        }
    }

    /// What people do, below a line that says so.
    fn by_hand(&self, plan: &Plan) -> Vec<String> {
        let steps = plan.steps_by_hand().into_iter();
        let mut lines: Vec<String> = steps.flat_map(|step| self.step(step)).collect();
        if !lines.is_empty() {
            let heading = self.say(
                "※ 次の変更は、社内の Active Directory で管理されているため、承認の後に担当者が手作業で行います。",
                "※ What follows is managed in the Active Directory on premises: once it is approved, people do it there by hand.",
            );
            lines.insert(0, heading.to_owned());
        }
        lines
    }

    /// What is there already.
    fn whom(&self, plan: &Plan) -> Option<String> {
        plan.standing()?;
        Some(match plan {
            Plan::Account(plan) => {
                let what = self.say("対象のアカウント", "Account");
                format!("{what}: {}", plan.account.user_principal_name)
            }
            Plan::Group(plan) => {
                let what = self.say("対象のグループ", "Group");
                format!("{what}: {}", plan.group.display_name)
            }
            Plan::List(plan) => {
                let (ja, en) = plan.list.kind.words();
                let what = self.say("対象の", "").to_owned() + self.say(ja, en);
                format!("{what}: {} <{}>", plan.list.display_name, plan.list.address)
            }
            Plan::Mailbox(plan) => {
                let what = self.say("対象の共有メールボックス", "Shared mailbox");
                format!("{what}: {} <{}>", plan.mailbox.display_name, plan.mailbox.address)
            }
            Plan::Contact(plan) => {
                let what = self.say("対象のメール連絡先", "Mail contact");
                format!("{what}: {} <{}>", plan.contact.display_name, plan.contact.address)
            }
            Plan::ByHand(plan) => return self.whom(&plan.by_hand),
            Plan::Action(_) | Plan::Renewal(_) => return None,
        })
    }

    /// Who comes, or goes.
    pub(crate) fn people(&self, (ja, en): (&str, &str), people: &Recipients) -> String {
        let names: Vec<&str> = people.values().map(|person| person.name.as_str()).collect();
        let names = names.join(self.say("、", ", "));
        format!("{}: {names}", self.say(ja, en))
    }

    pub(crate) fn changed(&self, changed: &Change) -> Vec<String> {
        self.differences(&changed.from, &changed.to)
    }

    /// Member by member where a property is a complex one.
    fn differences(&self, from: &Map<String, Value>, to: &Map<String, Value>) -> Vec<String> {
        let none = self.say("（なし）", "(none)");
        let said = |value: Option<&Value>| match value {
            Some(Value::Array(items)) if items.is_empty() => none.to_owned(),
            None | Some(Value::Null) => none.to_owned(),
            Some(Value::Bool(is)) => self.yes_or_no(*is).to_owned(),
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
pub(crate) fn change(what: &str, before: &str, after: &str) -> String {
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
