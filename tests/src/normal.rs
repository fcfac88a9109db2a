//! Texts without what differs from run to run: moments, hashes, and ids that are drawn when something is made.

use std::collections::BTreeSet;
use std::sync::Arc;

use dev_tenant::directory::Directory;
use dev_tenant::world::Tenant;
use serde_json::Value;
use uuid::Uuid;

use crate::hire;
use crate::house::House;

/// Runs of hexadecimal digits from this length on are hashes and random keys.
const HASH: usize = 16;
/// What the product puts before its application's id on an account.
const MARK: &str = "provisioning-flow:";

/// Ids to be replaced by a word, and the one day that is no moment of the run: a run that begins before midnight is
/// compared with one that begins after it.
#[derive(Debug, Default, Clone)]
pub struct Normal {
    known: Vec<(String, &'static str)>,
    /// Ids that every run has from the tenant's birth.
    born: Arc<BTreeSet<String>>,
    first_day: String,
}

impl Normal {
    pub fn of(house: &House) -> Self {
        let tenant = house.world().tenant();
        let mut known = Vec::new();
        for (id, application) in accounts(&tenant) {
            known.push((id, "{account}"));
            known.extend(application.map(|id| (id, "{application}")));
        }
        Self {
            known,
            born: born(&tenant.directory),
            first_day: hire::first_day(house),
        }
    }

    /// Of a house with many applications; see [`Self::knowing`].
    pub fn of_many(house: &House) -> Self {
        let tenant = house.world().tenant();
        Self {
            known: Vec::new(),
            born: born(&tenant.directory),
            first_day: hire::first_day(house),
        }
    }

    /// The same with these words for what tells one application from another.
    #[must_use]
    pub fn knowing(&self, known: Vec<(String, &'static str)>) -> Self {
        Self {
            known,
            ..self.clone()
        }
    }

    pub fn text(&self, text: &str) -> String {
        let replaced = self
            .known
            .iter()
            .fold(text.to_owned(), |text, (id, word)| text.replace(id, word));
        words(&replaced).map(|word| self.word(word)).collect()
    }

    fn word(&self, word: &str) -> String {
        let digits = word.chars().map(|character| {
            if character.is_ascii_digit() {
                '0'
            } else {
                character
            }
        });
        let shape: String = digits.collect();
        let is_hash = word.len() >= HASH && word.chars().all(|character| character.is_ascii_hexdigit());
        match shape.as_str() {
            "0000-00-00" if word == self.first_day => "{first day}".to_owned(),
            "0000-00-00" | "00:00" => "{time}".to_owned(),
            _ if shape.starts_with("0000-00-00T") => "{time}".to_owned(),
            _ if is_hash => "{hash}".to_owned(),
            _ if word.contains(':') => {
                let parts: Vec<_> = word.split(':').map(|part| self.word(part)).collect();
                parts.join(":")
            }
            _ if Uuid::try_parse(word).is_ok() && !self.born.contains(word) => "{id}".to_owned(),
            _ => word.to_owned(),
        }
    }

    /// The same for every text in a value, names of members included.
    pub fn value(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => self.text(text).into(),
            Value::Array(all) => all.iter().map(|one| self.value(one)).collect(),
            Value::Object(members) => {
                let members = members.iter();
                members
                    .map(|(name, value)| (self.text(name), self.value(value)))
                    .collect()
            }
            other => other.clone(),
        }
    }
}

fn born(directory: &Directory) -> Arc<BTreeSet<String>> {
    let people = directory.users.keys().map(|id| id.0);
    let groups = directory.groups.keys().map(|id| id.0);
    let skus = directory.skus.iter();
    let skus = skus.flat_map(|sku| sku.plans.keys().copied().chain([sku.sku_id]));
    let all = people.chain(groups).chain(skus);
    Arc::new(all.map(|id| id.to_string()).collect())
}

/// Accounts that the product made, each with the application that it was made for.
fn accounts(tenant: &Tenant) -> Vec<(String, Option<String>)> {
    let users = tenant.directory.users.values();
    users
        .filter_map(|user| {
            let text = Value::Object(user.properties.clone()).to_string();
            let mark = text.split(MARK).nth(1)?;
            let application = mark.split('"').next().map(str::to_owned);
            Some((user.id.0.to_string(), application))
        })
        .collect()
}

/// Cuts a text where letters and digits of moments, hashes and ids end; nothing is lost.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let inside = |character: char| character.is_ascii_alphanumeric() || "-:.".contains(character);
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest
            .find(|character| inside(character) != inside(first))
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_and_hashes_go_and_everything_else_stays() {
        let normal = Normal {
            known: vec![("a-1".to_owned(), "{application}")],
            born: Arc::new(BTreeSet::from([Uuid::from_u128(1).to_string()])),
            first_day: "2026-11-26".to_owned(),
        };
        let text =
            "a-1: 2026-11-24 07:57 承認 2026-11-26 2026-11-24T22:57:08.1Z 0123456789abcdef0123456789abcdef x";
        assert_eq!(
            normal.text(text),
            "{application}: {time} {time} 承認 {first day} {time} {hash} x"
        );
        let (known, made) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let key = format!("decide:2:{known}:{made}");
        assert_eq!(normal.text(&key), format!("decide:2:{known}:{{id}}"));
    }
}
