//! Plans of rows in words: what they come to, and the first of them one by one.

use std::collections::{BTreeMap, BTreeSet};

use forms::{Language, ROWS_IN_SUMMARY};

use super::Words;
use crate::{Plan, Step};

pub(super) fn preview(rows: &[Plan], words: &Words) -> Vec<String> {
    let sums = sums(rows, words).into_iter();
    let mut lines: Vec<String> = words.accounts(rows).into_iter().collect();
    lines.extend(sums.map(|((way, what), count)| words.sum(way, &what, count)));
    let first = rows.iter().take(ROWS_IN_SUMMARY).zip(1..);
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

/// How many rows make or delete an account, take or give back each licence, join or leave each group.
fn sums(rows: &[Plan], words: &Words) -> BTreeMap<Sum, usize> {
    let mut sums = BTreeMap::new();
    for step in rows.iter().flat_map(|row| &row.steps) {
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

    fn summed(&self, step: &Step) -> Vec<Sum> {
        let licence = |name: &str| Summed::Named(format!("{} {name}", self.say("ライセンス", "Licence")));
        let group = |name: &str| Summed::Named(format!("{}「{name}」", self.say("グループ", "Group ")));
        if let Step::ChangeLicences { give, take } = step {
            let given = give.iter().map(|one| (Way::Given, licence(&one.name)));
            let taken = take.iter().map(|one| (Way::Taken, licence(&one.name)));
            return given.chain(taken).collect();
        }
        let one = match step {
            Step::CreateUser(_) => Some((Way::Given, Summed::Accounts)),
            Step::DeleteUser {} => Some((Way::Taken, Summed::Accounts)),
            Step::AssignLicence { name, .. } => Some((Way::Given, licence(name))),
            Step::RemoveLicence { name, .. } => Some((Way::Taken, licence(name))),
            Step::AddToGroup { name, .. } => Some((Way::Given, group(name))),
            Step::RemoveFromGroup { name, .. } => Some((Way::Taken, group(name))),
            Step::SetManager { .. }
            | Step::UpdateUser(_)
            | Step::RemoveManager { .. }
            | Step::BlockSignIn {}
            | Step::AllowSignIn {}
            | Step::ChangeLicences { .. } => None,
        };
        one.into_iter().collect()
    }

    /// How many accounts it is about, where none is made and none deleted.
    fn accounts(&self, rows: &[Plan]) -> Option<String> {
        let is_kept = |step: &Step| !matches!(step, Step::CreateUser(_) | Step::DeleteUser {});
        let are_kept = rows.iter().flat_map(|row| &row.steps).all(is_kept);
        are_kept.then(|| {
            let what = self.say("対象のアカウント", "Accounts");
            format!("{what}: {}", self.count(rows.len()))
        })
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
            Step::ChangeLicences { give, take } => {
                let given = give.iter().map(|one| one.name.clone());
                let taken = take.iter().map(|one| format!("− {}", one.name));
                given.chain(taken).collect::<Vec<_>>().join(self.say("、", ", "))
            }
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
