//! No password, token or proof stands in a log, a database, the site, a mail or what a command said: what passed through
//! the tenant's door is looked for in all of them when a house is taken down.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::PoisonError;

use openssl::base64::encode_block;
use serde_json::{Value, json};

use crate::closed;
use crate::house::House;

/// Needles begin with so many bytes that tell them apart.
const HEAD: usize = 8;
/// Of a long secret so much is looked for, at its end and before: a database may tear it at the end of a page.
const PIECE: usize = 32;
const LONG: usize = 3 * PIECE;
/// So much of what stands before a secret is shown.
const BEFORE: usize = 60;

pub(crate) fn assert_kept(house: &House) {
    let leaks = leaks(house);
    assert!(leaks.is_empty(), "secrets leaked:\n{}", leaks.join("\n"));
}

impl House {
    /// Nothing that passed the tenant's door stands there, no key of the product's own files, and none of these.
    pub fn assert_hides(&self, place: &str, hay: &[u8], also: &[String]) {
        let secrets = [self.tenant.secrets(), closed::keys(self), also.to_vec()].concat();
        let found = Needles::of(&secrets).first_in(place, hay);
        assert!(found.is_none(), "{}", found.unwrap_or_default());
    }
}

/// Where a secret was found, one line each.
fn leaks(house: &House) -> Vec<String> {
    let needles = Needles::of(&house.tenant.secrets());
    let places = places(house);
    let found = places.iter();
    found
        .filter_map(|(place, hay)| needles.first_in(place, hay))
        .collect()
}

fn places(house: &House) -> Vec<(String, Vec<u8>)> {
    let mut places = files(house);
    let said = house.said.lock().unwrap_or_else(PoisonError::into_inner);
    places.push(("what commands said".to_owned(), said.clone()));
    let tenant = house.world().tenant();
    for (name, part) in [
        ("the site", json!(tenant.sharepoint)),
        ("the mailboxes", json!(tenant.mailboxes)),
        ("the directory", json!(tenant.directory)),
        ("the ledger", json!(tenant.ledger)),
    ] {
        places.push((name.to_owned(), texts(&part).into_bytes()));
    }
    places
}

/// Logs and databases; all others are what the product is configured with.
fn files(house: &House) -> Vec<(String, Vec<u8>)> {
    let files = std::fs::read_dir(house.folder.path()).into_iter().flatten();
    let files = files.filter_map(Result::ok);
    files
        .filter_map(|file| {
            let name = file.file_name().to_string_lossy().into_owned();
            let is_log = file.path().extension().is_some_and(|end| end == "log");
            let is_written = is_log || name.contains(".sqlite");
            let content = is_written.then(|| std::fs::read(file.path()).ok())?;
            Some((name, content?))
        })
        .collect()
}

/// All texts in it, as they are.
fn texts(value: &Value) -> String {
    let mut all = String::new();
    gather(value, &mut all);
    all
}

fn gather(value: &Value, all: &mut String) {
    match value {
        Value::String(text) => {
            let _ = writeln!(all, "{text}");
        }
        Value::Array(values) => values.iter().for_each(|value| gather(value, all)),
        Value::Object(members) => {
            for (name, value) in members {
                let _ = writeln!(all, "{name}");
                gather(value, all);
            }
        }
        _ => {}
    }
}

/// What is looked for, by how it begins.
pub(crate) struct Needles {
    by_head: BTreeMap<[u8; HEAD], Vec<Vec<u8>>>,
    /// Whether any begins with these two bytes.
    begins: Vec<bool>,
}

impl Needles {
    pub(crate) fn of(secrets: &[String]) -> Self {
        let mut needles = Self {
            by_head: BTreeMap::new(),
            begins: vec![false; 1 << 16],
        };
        for needle in secrets.iter().flat_map(|secret| spellings(secret)) {
            needles.add(needle.into_bytes());
        }
        needles
    }

    fn add(&mut self, needle: Vec<u8>) {
        let Some(head) = needle.first_chunk::<HEAD>() else {
            return;
        };
        self.begins[pair(head)] = true;
        self.by_head.entry(*head).or_default().push(needle);
    }

    pub(crate) fn first_in(&self, place: &str, hay: &[u8]) -> Option<String> {
        let windows = hay.windows(HEAD).enumerate();
        let mut found = windows.filter(|(at, window)| self.begins[pair(window)] && self.is_at(hay, *at));
        let (at, _) = found.next()?;
        let before = String::from_utf8_lossy(&hay[at.saturating_sub(BEFORE)..at]).into_owned();
        Some(format!("{place}: a secret after {before:?}"))
    }

    fn is_at(&self, hay: &[u8], at: usize) -> bool {
        let Some(head) = hay[at..].first_chunk::<HEAD>() else {
            return false;
        };
        let needles = self.by_head.get(head);
        needles.is_some_and(|needles| needles.iter().any(|needle| hay[at..].starts_with(needle)))
    }
}

fn pair(bytes: &[u8]) -> usize {
    usize::from(bytes[0]) << 8 | usize::from(bytes[1])
}

/// How a secret may be written: as it is, or escaped for JSON, markup, an address or a mail.
fn spellings(secret: &str) -> Vec<String> {
    if secret.len() >= LONG && secret.is_ascii() {
        let end = secret.len();
        let piece = |from: usize| secret[end - from..end - from + PIECE].to_owned();
        return vec![piece(PIECE), piece(LONG)];
    }
    let json = json!(secret).to_string();
    let markup = secret
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let mut all = vec![
        secret.to_owned(),
        json.trim_matches('"').to_owned(),
        markup.replace('"', "&quot;"),
        reqwest::Url::parse_with_params("x:", [("", secret)])
            .map(|url| url.query().unwrap_or_default().trim_start_matches('=').to_owned())
            .unwrap_or_default(),
        encode_block(secret.as_bytes()),
    ];
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_however_it_is_written_and_nothing_else_is() {
        let token = format!("{}{}", "a".repeat(200), "b".repeat(100));
        let needles = Needles::of(&["Wide&Lamp\"77".to_owned(), token.clone()]);
        let is_found = |hay: &str| needles.first_in("log", hay.as_bytes()).is_some();
        for leak in [
            "x Wide&Lamp\"77 x",
            "{\"password\":\"Wide&Lamp\\\"77\"}",
            "<p>Wide&amp;Lamp&quot;77</p>",
            "?p=Wide%26Lamp%2277",
            &encode_block(b"Wide&Lamp\"77"),
            &token,
        ] {
            assert!(is_found(leak), "{leak}");
        }
        assert!(!is_found("Wide&Lamp and Wide Lamp 77"));
    }
}
