//! How names look in this house: what they begin and end with, which characters they hold, and which words not.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::choices::FieldName;
use crate::condition::{Fact, Facts};
use crate::field::{Availability, Field};
use crate::issue::{Code, Complaint};
use crate::validate::Context;
use crate::width::{Folding, fold};

/// What a name must be. All of it holds; what is not said is free.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Naming {
    /// A field in braces (in a row `row.…`) stands for its answer: `GRP-{department}-`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub begins: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub ends: String,
    /// The only characters, with `-` for all from one to another: `a-z0-9_`. Empty: all.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub characters: String,
    /// What stands nowhere in it, whatever the width, case and kana,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocked: Vec<String>,
    /// and what does not stand in it as a word of its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocked_words: Vec<String>,
    /// Names that nobody gets as a whole.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reserved: Vec<String>,
}

/// The rules of the house, whichever workflow asks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HouseNaming {
    /// Of all names that we give.
    pub all: Naming,
    pub upn: Naming,
    pub alias: Naming,
    pub group_name: Naming,
}

// Both are read by hand: what is derived is made anew for each place that it is read from, and weighs ten times as much
// in the browser.

impl<'de> Deserialize<'de> for Naming {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Self::read(value).ok_or_else(|| Error::custom(UNREADABLE))
    }
}

impl<'de> Deserialize<'de> for HouseNaming {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Self::read(value).ok_or_else(|| Error::custom(UNREADABLE))
    }
}

const UNREADABLE: &str = "naming takes the texts begins, ends and characters and the lists of texts blocked, blockedWords \
and reserved";

impl Naming {
    fn read(value: Value) -> Option<Self> {
        let Value::Object(members) = value else {
            return None;
        };
        let mut naming = Self::default();
        for (name, value) in members {
            match (name.as_str(), value) {
                ("begins", Value::String(text)) => naming.begins = text,
                ("ends", Value::String(text)) => naming.ends = text,
                ("characters", Value::String(text)) => naming.characters = text,
                ("blocked", Value::Array(words)) => naming.blocked = texts(&words)?,
                ("blockedWords", Value::Array(words)) => naming.blocked_words = texts(&words)?,
                ("reserved", Value::Array(words)) => naming.reserved = texts(&words)?,
                _ => return None,
            }
        }
        Some(naming)
    }
}

fn texts(words: &[Value]) -> Option<Vec<String>> {
    let text = |word: &Value| word.as_str().map(str::to_owned);
    words.iter().map(text).collect()
}

impl HouseNaming {
    fn read(value: Value) -> Option<Self> {
        let Value::Object(members) = value else {
            return None;
        };
        let mut house = Self::default();
        for (name, value) in members {
            let part = match name.as_str() {
                "all" => &mut house.all,
                "upn" => &mut house.upn,
                "alias" => &mut house.alias,
                "groupName" => &mut house.group_name,
                _ => return None,
            };
            *part = Naming::read(value)?;
        }
        Some(house)
    }
}

impl HouseNaming {
    /// The rules of a field. An address outside is nobody's to rule.
    fn of<'a>(&'a self, field: &'a Field) -> impl Iterator<Item = &'a Naming> {
        let of_kind = match field.availability {
            Some(Availability::Upn) => Some(&self.upn),
            Some(Availability::Alias) => Some(&self.alias),
            Some(Availability::GroupName) => Some(&self.group_name),
            Some(Availability::Address) | None => None,
        };
        let is_name = of_kind.is_some() || field.naming.is_some();
        let all = is_name.then_some(&self.all);
        all.into_iter().chain(of_kind).chain(&field.naming)
    }
}

/// Whether the answer is a name that may be given.
pub(crate) fn judge(
    field: &Field,
    value: Option<&Value>,
    facts: &dyn Facts,
    context: &Context,
) -> Result<(), Complaint> {
    let Some(name) = value.and_then(Value::as_str) else {
        return Ok(());
    };
    let mut rules = context.naming.of(field);
    rules.try_for_each(|rules| rules.judge(name, facts))
}

/// The fields that a pattern names.
pub(crate) fn placeholders(pattern: &str) -> impl Iterator<Item = &str> {
    let rest = pattern.split('{').skip(1);
    rest.map(|rest| rest.split_once('}').map_or("", |(name, _)| name))
}

impl Naming {
    fn judge(&self, name: &str, facts: &dyn Facts) -> Result<(), Complaint> {
        let [begins, ends] = [&self.begins, &self.ends].map(|pattern| filled(pattern, facts));
        let [folded, first, last] = [name, &begins, &ends].map(|text| fold(text, Folding::Ascii));
        let rest = folded.strip_prefix(&*first).map(|rest| rest.strip_suffix(&*last));
        match rest {
            // Nothing but what frames it is no name of its own.
            Some(Some("")) if begins.is_empty() => return broken(Code::NameEnds, &ends),
            None | Some(Some("")) => return broken(Code::NameBegins, &begins),
            Some(None) => return broken(Code::NameEnds, &ends),
            Some(Some(_)) => {}
        }
        self.judge_characters(name)?;
        self.judge_words(&key(name))
    }

    fn judge_characters(&self, name: &str) -> Result<(), Complaint> {
        let strange = name.chars().find(|c| !is_among(*c, &self.characters));
        match strange.filter(|_| !self.characters.is_empty()) {
            Some(strange) => broken(Code::NameCharacters, &format!("{strange} ({})", self.characters)),
            None => Ok(()),
        }
    }

    fn judge_words(&self, name: &[char]) -> Result<(), Complaint> {
        let has = |word: &&String| stands_in(name, &key(word), false);
        let has_word = |word: &&String| stands_in(name, &key(word), true);
        let blocked = self.blocked.iter().find(has);
        if let Some(word) = blocked.or_else(|| self.blocked_words.iter().find(has_word)) {
            return broken(Code::NameBlocked, word);
        }
        match self.reserved.iter().find(|reserved| key(reserved) == name) {
            Some(name) => broken(Code::NameReserved, name),
            None => Ok(()),
        }
    }
}

fn broken(code: Code, text: &str) -> Result<(), Complaint> {
    Err(Complaint::about(code, "text", text))
}

/// An answer that is not there leaves nothing.
fn filled(pattern: &str, facts: &dyn Facts) -> String {
    let mut parts = pattern.split('{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (field, rest) = part.split_once('}').unwrap_or((part, ""));
        let name = FieldName::new(field).name();
        match facts.value(name.root(), name.key()) {
            Fact::Text(answer) => text.push_str(&answer),
            Fact::Number(answer) => text.push_str(&answer.to_string()),
            _ => {}
        }
        text.push_str(rest);
    }
    text
}

fn is_among(c: char, set: &str) -> bool {
    let set: Vec<char> = set.chars().collect();
    let mut at = 0;
    while let Some(&first) = set.get(at) {
        let last = set.get(at + 2).filter(|_| set[at + 1] == '-');
        if (first..=*last.unwrap_or(&first)).contains(&c) {
            return true;
        }
        at += if last.is_some() { 3 } else { 1 };
    }
    false
}

/// By which words are compared: no widths, no capital letters, no hiragana, no letters in circles.
fn key(text: &str) -> Vec<char> {
    let plain: String = text.chars().map(plain).collect();
    let folded = fold(&fold(&plain, Folding::Ascii), Folding::Katakana);
    folded.to_lowercase().chars().collect()
}

/// Letters and digits in circles and in mathematical faces (Unicode, "Mathematical Alphanumeric Symbols": thirteen
/// alphabets of 52 letters from U+1D400 on, five rows of digits from U+1D7CE on).
fn plain(c: char) -> char {
    let (first, at) = match c as u32 {
        at @ 0x1_D400..=0x1_D6A3 if (at - 0x1_D400) % 52 < 26 => ('A', (at - 0x1_D400) % 52),
        at @ 0x1_D400..=0x1_D6A3 => ('a', (at - 0x1_D400) % 52 - 26),
        at @ 0x1_D7CE..=0x1_D7FF => ('0', (at - 0x1_D7CE) % 10),
        at @ 0x24B6..=0x24CF => ('A', at - 0x24B6),
        at @ 0x24D0..=0x24E9 => ('a', at - 0x24D0),
        at @ 0x2460..=0x2468 => ('1', at - 0x2460),
        _ => return c,
    };
    char::from_u32(first as u32 + at).unwrap_or(c)
}

/// Whether it stands there; as a whole word: between characters of another script, signs or ends.
fn stands_in(name: &[char], word: &[char], whole: bool) -> bool {
    let is_there = |at: usize| {
        let end = at + word.len();
        let is_whole = |at: usize| !joins(at.checked_sub(1).and_then(|at| name.get(at)), name.get(at));
        name[at..].starts_with(word) && (!whole || (is_whole(at) && is_whole(end)))
    };
    !word.is_empty() && (0..name.len()).any(is_there)
}

fn joins(one: Option<&char>, other: Option<&char>) -> bool {
    let script = |c: &char| match *c {
        c if c.is_ascii_alphanumeric() => 1,
        'ァ'..='ヺ' | 'ー' => 2,
        '々' | '\u{3400}'..='\u{9FFF}' => 3,
        c if c.is_ascii() || ('\u{2000}'..='\u{30FF}').contains(&c) => 0,
        _ => 4,
    };
    let scripts = [one, other].map(|c| c.map_or(0, script));
    scripts[0] == scripts[1] && scripts[0] != 0
}
