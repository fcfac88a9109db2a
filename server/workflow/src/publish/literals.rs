//! Values that the text of a condition compares something with.

use forms::Date;

use crate::condition::Condition;

/// The word of conditions.
const CONTAINS: &str = "contains";

/// Everything that stands in a condition as a value.
#[derive(Debug, Default)]
pub(super) struct Literals {
    pub(super) texts: Vec<String>,
    pub(super) numbers: Vec<i64>,
    pub(super) dates: Vec<Date>,
    /// Whether a text or a list is asked for what it contains.
    pub(super) asks_for_parts: bool,
}

impl Literals {
    pub(super) fn of(condition: &Condition) -> Self {
        let text = condition.to_string();
        let mut literals = Self::default();
        let mut rest = text.as_str();
        while let Some(begin) = rest.find('"') {
            literals.plain(&rest[..begin]);
            let (quoted, behind) = quoted(&rest[begin + 1..]);
            literals.texts.push(quoted);
            rest = behind;
        }
        literals.plain(rest);
        literals
    }

    /// Numbers and dates of a text without quotes.
    fn plain(&mut self, text: &str) {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '.');
        for word in words {
            self.asks_for_parts |= word == CONTAINS;
            let date = word.parse::<Date>();
            if date.is_err() {
                self.numbers.extend(word.parse::<i64>());
            }
            self.dates.extend(date);
        }
    }
}

/// The text up to the closing quote, and what is behind it.
fn quoted(text: &str) -> (String, &str) {
    let mut found = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (found, &text[at + 1..]),
            '\\' => found.extend(characters.next().map(|(_, escaped)| escaped)),
            plain => found.push(plain),
        }
    }
    (found, "")
}
