//! Plans of rows in words: what they come to, and the first of them one by one.

use std::collections::BTreeMap;

use forms::{Language, ROWS_IN_SUMMARY};

use super::Words;
use crate::{Plan, Step};

pub(super) fn preview(rows: &[Plan], words: &Words) -> Vec<String> {
    let mut lines = vec![words.accounts(rows)];
    let sums = sums(rows, words).into_iter();
    lines.extend(sums.map(|(what, count)| words.added(&what, &words.count(count))));
    let first = rows.iter().take(ROWS_IN_SUMMARY).zip(1..);
    lines.extend(first.map(|(row, number)| words.row(row, number)));
    lines.extend(words.more(rows.len().saturating_sub(ROWS_IN_SUMMARY)));
    lines
}

/// How many rows take each licence and join each group.
fn sums(rows: &[Plan], words: &Words) -> BTreeMap<String, usize> {
    let mut sums = BTreeMap::new();
    for step in rows.iter().flat_map(|row| &row.steps) {
        if let Some(what) = words.summed(step) {
            *sums.entry(what).or_default() += 1;
        }
    }
    sums
}

impl Words {
    fn count(&self, rows: usize) -> String {
        match self.language {
            Language::Ja => format!("{rows} 件"),
            Language::En => rows.to_string(),
        }
    }

    fn summed(&self, step: &Step) -> Option<String> {
        match step {
            Step::AssignLicence { name, .. } => Some(format!("{} {name}", self.say("ライセンス", "Licence"))),
            Step::AddToGroup { name, .. } => Some(format!("{}「{name}」", self.say("グループ", "Group "))),
            Step::CreateUser(_)
            | Step::SetManager { .. }
            | Step::UpdateUser(_)
            | Step::RemoveManager { .. }
            | Step::RemoveLicence { .. }
            | Step::RemoveFromGroup { .. }
            | Step::DeleteUser {}
            | Step::BlockSignIn {}
            | Step::AllowSignIn {} => None,
        }
    }

    /// How many accounts it is about.
    fn accounts(&self, rows: &[Plan]) -> String {
        let (what, count) = (self.say("アカウント", "Accounts"), self.count(rows.len()));
        if rows.iter().all(Plan::is_creation) {
            self.added(what, &count)
        } else {
            format!("{what}: {count}")
        }
    }

    fn row(&self, row: &Plan, number: usize) -> String {
        let upn = &row.account.user_principal_name;
        let what = match self.language {
            Language::Ja => format!("{number} 行目 {upn}"),
            Language::En => format!("Row {number} {upn}"),
        };
        let parts: Vec<String> = row.steps.iter().map(|step| self.named(step)).collect();
        let parts = parts.join(self.say("、", ", "));
        if row.is_creation() {
            self.added(&what, &parts)
        } else {
            format!("{what}: {parts}")
        }
    }

    fn more(&self, rows: usize) -> Option<String> {
        let line = match self.language {
            Language::Ja => format!("… 他 {rows} 行（添付の表をご覧ください）"),
            Language::En => format!("… and {rows} more rows (see the attached table)"),
        };
        (rows > 0).then_some(line)
    }

    fn named(&self, step: &Step) -> String {
        match step {
            Step::CreateUser(new) => new.display_name.clone(),
            Step::SetManager { name, .. }
            | Step::AssignLicence { name, .. }
            | Step::AddToGroup { name, .. } => name.clone(),
            Step::RemoveManager { name }
            | Step::RemoveLicence { name, .. }
            | Step::RemoveFromGroup { name, .. } => format!("− {name}"),
            Step::UpdateUser(_) => self.say("属性の変更", "changed attributes").to_owned(),
            Step::DeleteUser {} => self.say("アカウントの削除", "account deleted").to_owned(),
            Step::BlockSignIn {} => self.say("サインインの停止", "sign-in blocked").to_owned(),
            Step::AllowSignIn {} => self.say("サインインの再開", "sign-in allowed").to_owned(),
        }
    }
}
