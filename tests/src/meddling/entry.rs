//! What people write into the application itself.

use std::sync::Arc;

use dev_tenant::sharepoint::state::ids::ItemId;
use dev_tenant::sharepoint::state::item::Version;
use reqwest::Method;
use serde_json::{Value, json};

use super::Meddler;
use super::meddler::Sight;
use crate::person::Person;
use crate::rows::{self, APPLICATIONS};

/// Mostly approvals: an application is to get somewhere.
const CHOICES: [(&str, Option<&str>); 12] = [
    ("承認", None),
    ("承認", None),
    ("承認", None),
    ("承認", None),
    ("承認", Some("了解")),
    ("承認", Some("よろしく")),
    ("却下", Some("不要")),
    ("却下", None),
    ("差戻し", Some("再考")),
    ("保留", None),
    ("確認", None),
    ("確認", Some("見た")),
];
/// So many different values one history has to write.
const WISHES: u64 = 1_000_000;

impl Meddler {
    /// Any entry by somebody. Whether SharePoint takes it is SharePoint's affair.
    pub(super) async fn enter(&mut self, item: i64, sight: &Sight) {
        let who = self.somebody(sight);
        let party = Arc::clone(&self.party);
        let person = party.approvers()[who];
        let (choice, comment) = CHOICES[self.below(12)];
        let mut entry = json!({ "PFDecision": choice });
        if let Some(comment) = comment {
            entry["PFDecisionComment"] = json!(format!("{comment} {}", self.ids.below(1_000)));
        }
        let fitting = format!("{}:{}", sight.token, person.id);
        match self.below(82) {
            0..=44 => entry["PFDecisionFor"] = json!(fitting),
            45..=52 => {}
            53..=56 => return self.save_form(person, item, &entry).await,
            57..=60 => entry["PFDecisionFor"] = json!(format!("{}:{}", self.old_token(), person.id)),
            61..=64 => {
                let other = party.approvers()[self.below(4)];
                entry["PFDecisionFor"] = json!(format!("{}:{}", sight.token, other.id));
            }
            65..=66 => entry["PFDecisionFor"] = json!("承認します"),
            67..=70 => entry = json!({ "PFDecisionComment": format!("memo {}", self.ids.below(1_000)) }),
            71..=74 => {
                entry["PFDecisionFor"] = json!(fitting);
                let column = self.any_column();
                self.alter(person, item, column, entry).await;
                return;
            }
            75..=77 => {
                let column = self.any_column();
                self.alter(person, item, column, json!({})).await;
                return;
            }
            _ => entry = json!({ "PFDecision": null, "PFDecisionFor": null }),
        }
        person.change(APPLICATIONS, item, &entry).await;
    }

    fn any_column(&mut self) -> usize {
        self.below(self.party.columns.len() as u64)
    }

    /// Writes into a sealed column beside whatever else is entered; whether SharePoint took it.
    async fn alter(&mut self, person: &Person, item: i64, column: usize, mut entry: Value) -> bool {
        if self.wish(item, column, &mut entry) {
            person.change(APPLICATIONS, item, &entry).await.is_success()
        } else {
            save(person, item, &entry, false).await
        }
    }

    /// What to write into a sealed column; whether JSON of a row takes it as it is.
    fn wish(&mut self, item: i64, column: usize, entry: &mut Value) -> bool {
        let party = Arc::clone(&self.party);
        let column = &party.columns[column];
        let number = self.seed * WISHES + self.ids.below(WISHES);
        let now = self.newest(item);
        let now = now.as_ref().and_then(|version| version.values.get(&column.name));
        entry[&column.name] = json!(column.wish(now, number, &party.stranger_login));
        column.is_text()
    }

    /// The column whose turn it is in this history is altered for certain: by somebody who may be asked now, or else by
    /// an owner, whom nothing holds back.
    pub(super) async fn alter_in_turn(&mut self, item: i64, column: usize) {
        let sight = self.look(item);
        let who = self.somebody(&sight);
        let party = Arc::clone(&self.party);
        for person in [party.approvers()[who], party.owner()] {
            if self.alter(person, item, column, json!({})).await {
                return;
            }
        }
        panic!("nobody alters {} of item {item}", party.columns[column].name);
    }

    fn old_token(&mut self) -> String {
        let number = self.tokens.len() as u64;
        let at = self.below(number);
        self.tokens.get(at).cloned().unwrap_or_default()
    }

    /// Somebody writes another's name beside the decision: SharePoint keeps it for an owner alone, unless its
    /// switch says otherwise. An owner may also name the app, and alter what the app alone writes.
    pub(super) async fn forge(&mut self, item: i64, sight: &Sight) {
        let party = Arc::clone(&self.party);
        let (victim, forger) = (self.below(4), self.below(3));
        let mut entry = json!({ "Editor": json!([{ "Key": party.login(victim) }]).to_string() });
        if let Some(victim) = party.experts.get(victim) {
            entry["PFDecision"] = json!("承認");
            entry["PFDecisionFor"] = json!(format!("{}:{}", sight.token, victim.id));
        } else {
            let column = self.any_column();
            self.wish(item, column, &mut entry);
        }
        self.save_form(&party.experts[forger], item, &entry).await;
    }

    /// An owner writes into the version that stands. Whether anything changed by it.
    pub async fn tamper(&mut self) -> bool {
        let Some(item) = self.item else {
            return false;
        };
        let mut entry = json!({});
        if self.below(2) == 0 {
            let victim = self.below(3);
            entry["Editor"] = json!(json!([{ "Key": self.party.login(victim) }]).to_string());
        } else {
            let column = self.any_column();
            self.wish(item, column, &mut entry);
        }
        let party = Arc::clone(&self.party);
        let before = self.newest(item);
        save(party.owner(), item, &entry, true).await;
        before != self.newest(item)
    }

    /// Somebody who is asked agrees as by a button, whatever happened to the application before.
    pub async fn vote(&mut self) {
        let Some(item) = self.item else {
            return;
        };
        let sight = self.look(item);
        let who = self.somebody(&sight);
        let party = Arc::clone(&self.party);
        let person = party.approvers()[who];
        let token = &sight.token;
        let entry = json!({ "PFDecision": "承認", "PFDecisionFor": format!("{token}:{}", person.id) });
        person.change(APPLICATIONS, item, &entry).await;
    }

    fn newest(&self, item: i64) -> Option<Version> {
        let tenant = self.party.world.tenant();
        let id = ItemId(u32::try_from(item).ok()?);
        let item = rows::list(&tenant, APPLICATIONS)?.items.get(&id)?;
        Some(item.current().clone())
    }

    /// As grids and forms save.
    async fn save_form(&self, person: &Person, item: i64, entry: &Value) {
        save(person, item, entry, false).await;
    }
}

/// Whether SharePoint took it; `in_place`: without a version of its own.
async fn save(person: &Person, item: i64, entry: &Value, in_place: bool) -> bool {
    let list = super::Party::list(APPLICATIONS);
    let path = format!("web/getlist('{list}')/items({item})/ValidateUpdateListItem");
    let values = entry.as_object().into_iter().flatten();
    let values = values
        .map(|(name, value)| json!({ "FieldName": name, "FieldValue": value.as_str().unwrap_or_default() }));
    let body = json!({ "formValues": values.collect::<Vec<_>>(), "bNewDocumentUpdate": in_place });
    let (status, answer) = person.send(Method::POST, &path, &[], Some(&body)).await;
    let values = answer["value"].as_array();
    let is_taken = values.is_some_and(|values| values.iter().all(|value| value["HasException"] == false));
    status.is_success() && is_taken
}
