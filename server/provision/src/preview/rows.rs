//! Plans of rows in words: what they come to, and the first of them one by one.

use std::collections::{BTreeMap, BTreeSet};

use forms::{Language, ROWS_IN_SUMMARY};

use super::Words;
use crate::{AccountPlan, AccountStep, Plan, licences};

pub(super) fn preview(rows: &[Plan], words: &Words) -> Vec<String> {
    let sums = sums(rows, words).into_iter();
    let mut lines: Vec<String> = words.accounts(rows).into_iter().collect();
    lines.extend(sums.map(|((way, what), count)| words.sum(way, &what, count)));
    let first = rows
        .iter()
        .filter_map(Plan::account)
        .take(ROWS_IN_SUMMARY)
        .zip(1..);
    lines.extend(first.map(|(row, number)| words.row(row, number)));
    lines.extend(words.more(rows.len().saturating_sub(ROWS_IN_SUMMARY)));
    let lost = rows.iter().flat_map(Plan::lost);
    let lost: BTreeSet<String> = lost.map(|lost| lost.words(words.language)).collect();
    lines.extend(lost.into_iter().map(|lost| format!("※ {lost}")));
    lines
}

/// Whether something is given or taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Given,
    Taken,
}

/// The order in which sums are told: accounts first.
type Sum = (Way, Summed);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Summed {
    Accounts,
    Named(String),
}

/// Rows are about accounts.
fn steps(rows: &[Plan]) -> impl Iterator<Item = &AccountStep> {
    let plans = rows.iter().filter_map(Plan::account);
    plans.flat_map(|plan| &plan.steps)
}

/// How many rows make or delete an account, take or give back each licence, join or leave each group.
fn sums(rows: &[Plan], words: &Words) -> BTreeMap<Sum, usize> {
    let mut sums = BTreeMap::new();
    for step in steps(rows) {
        for sum in words.summed(step) {
            *sums.entry(sum).or_default() += 1;
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

    fn sum(&self, way: Way, what: &Summed, count: usize) -> String {
        let what = match what {
            Summed::Accounts => self.say("アカウント", "Accounts"),
            Summed::Named(what) => what,
        };
        match way {
            Way::Given => self.added(what, &self.count(count)),
            Way::Taken => self.removed(what, &self.count(count)),
        }
    }

    fn summed(&self, step: &AccountStep) -> Vec<Sum> {
        let licence = |name: &str| Summed::Named(format!("{} {name}", self.say("ライセンス", "Licence")));
        let group = |name: &str| Summed::Named(format!("{}「{name}」", self.say("グループ", "Group ")));
        let (give, take) = step.licences();
        let given = give
            .iter()
            .map(|one| (Way::Given, licence(&licences::summed(self, one))));
        let taken = take.iter().map(|one| (Way::Taken, licence(&one.name)));
        let one = match step {
            AccountStep::CreateUser(_) | AccountStep::RestoreUser {} => Some((Way::Given, Summed::Accounts)),
            AccountStep::DeleteUser {} => Some((Way::Taken, Summed::Accounts)),
            AccountStep::AddToGroup { name, .. } => Some((Way::Given, group(name))),
            AccountStep::RemoveFromGroup { name, .. } => Some((Way::Taken, group(name))),
            AccountStep::SetManager { .. }
            | AccountStep::UpdateUser(_)
            | AccountStep::RemoveManager { .. }
            | AccountStep::BlockSignIn {}
            | AccountStep::AllowSignIn {}
            | AccountStep::ResetPassword { .. }
            | AccountStep::AssignLicence(_)
            | AccountStep::ChangeLicences { .. }
            | AccountStep::RemoveLicence(_)
            | AccountStep::ShareMailbox {}
            | AccountStep::UnshareMailbox {}
            | AccountStep::SetForwarding { .. }
            | AccountStep::OpenMailbox { .. }
            | AccountStep::CloseMailbox { .. }
            | AccountStep::AddToList { .. }
            | AccountStep::RemoveFromList { .. } => None,
        };
        given.chain(taken).chain(one).collect()
    }

    /// How many accounts it is about, where none is made and none deleted.
    fn accounts(&self, rows: &[Plan]) -> Option<String> {
        let is_kept = |step: &AccountStep| {
            !matches!(
                step,
                AccountStep::CreateUser(_) | AccountStep::DeleteUser {} | AccountStep::RestoreUser {}
            )
        };
        let are_kept = steps(rows).all(is_kept);
        are_kept.then(|| {
            let what = self.say("対象のアカウント", "Accounts");
            format!("{what}: {}", self.count(rows.len()))
        })
    }

    fn row(&self, row: &AccountPlan, number: usize) -> String {
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

    fn named(&self, step: &AccountStep) -> String {
        match step {
            AccountStep::CreateUser(new) => new.display_name.clone(),
            AccountStep::SetManager { name, .. }
            | AccountStep::AddToGroup { name, .. }
            | AccountStep::AddToList { name, .. } => name.clone(),
            AccountStep::AssignLicence(_)
            | AccountStep::ChangeLicences { .. }
            | AccountStep::RemoveLicence(_) => {
                let (give, take) = step.licences();
                let given = give.iter().map(|one| licences::summed(self, one));
                let taken = take.iter().map(|one| format!("− {}", one.name));
                given.chain(taken).collect::<Vec<_>>().join(self.say("、", ", "))
            }
            AccountStep::RemoveManager { name, .. }
            | AccountStep::RemoveFromGroup { name, .. }
            | AccountStep::RemoveFromList { name, .. } => format!("− {name}"),
            AccountStep::UpdateUser(_) => self.say("属性の変更", "changed attributes").to_owned(),
            AccountStep::DeleteUser {} => self.say("アカウントの削除", "account deleted").to_owned(),
            AccountStep::RestoreUser {} => self.say("アカウントの復元", "account restored").to_owned(),
            AccountStep::BlockSignIn {} => self.say("サインインの停止", "sign-in blocked").to_owned(),
            AccountStep::AllowSignIn {} => self.say("サインインの再開", "sign-in allowed").to_owned(),
            AccountStep::ResetPassword { .. } => {
                self.say("パスワードの再発行", "password issued anew").to_owned()
            }
            AccountStep::ShareMailbox {}
            | AccountStep::UnshareMailbox {}
            | AccountStep::SetForwarding { .. }
            | AccountStep::OpenMailbox { .. }
            | AccountStep::CloseMailbox { .. } => self.say("メールボックス", "mailbox").to_owned(),
        }
    }
}
