//! The value of a column as an index keeps it: ordered, text without regard to case.

use jiff::Timestamp;

use super::field_value::FieldValue;
use super::item::Item;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldKey {
    Empty,
    Truth(bool),
    Number(Ordered),
    Moment(Timestamp),
    /// In lower case.
    Text(String),
}

/// A number with a total order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ordered(u64);

impl From<f64> for Ordered {
    fn from(number: f64) -> Self {
        const SIGN: u64 = 1 << 63;
        // Adding zero makes one of the two zeros.
        let bits = (number + 0.0).to_bits();
        Self(if bits & SIGN == 0 { bits | SIGN } else { !bits })
    }
}

impl FieldKey {
    pub fn number(number: f64) -> Self {
        Self::Number(number.into())
    }

    pub fn text(text: &str) -> Self {
        Self::Text(text.to_lowercase())
    }
}

/// The keys of one column of an item; several for a column of several values, never none.
pub(super) fn keys(item: &Item, column: &str) -> Vec<FieldKey> {
    let id = |number: u32| vec![FieldKey::number(f64::from(number))];
    match column {
        "Author" => id(item.author.0),
        "Editor" => id(item.current().editor.0),
        "Created" => vec![FieldKey::Moment(item.created)],
        "Modified" => vec![FieldKey::Moment(item.current().at)],
        "ContentTypeId" => vec![FieldKey::text(&item.content_type)],
        _ => item.value(column).map_or_else(|| vec![FieldKey::Empty], of_value),
    }
}

/// The keys under which a value is found.
pub fn of_value(value: &FieldValue) -> Vec<FieldKey> {
    let numbers = |ids: Vec<u32>| {
        ids.into_iter()
            .map(|id| FieldKey::number(f64::from(id)))
            .collect()
    };
    let keys: Vec<FieldKey> = match value {
        FieldValue::Text(text) => vec![FieldKey::text(text)],
        FieldValue::Number(number) => vec![FieldKey::number(*number)],
        FieldValue::Boolean(yes) => vec![FieldKey::Truth(*yes)],
        FieldValue::DateTime(at) => vec![FieldKey::Moment(*at)],
        FieldValue::Choices(choices) => choices.iter().map(|choice| FieldKey::text(choice)).collect(),
        FieldValue::Users(people) => numbers(people.iter().map(|id| id.0).collect()),
        FieldValue::Lookups(items) => numbers(items.iter().map(|id| id.0).collect()),
        FieldValue::Url { url, .. } => vec![FieldKey::text(url)],
    };
    if keys.is_empty() {
        vec![FieldKey::Empty]
    } else {
        keys
    }
}

#[cfg(test)]
mod tests {
    use super::{FieldKey, Ordered};

    #[test]
    fn numbers_keep_their_order() {
        let numbers = [f64::NEG_INFINITY, -2.5, -1.0, 0.0, 0.5, 3.0, 1e9];
        let keys = numbers.map(Ordered::from);
        assert!(keys.is_sorted_by(|one, two| one < two));
        assert_eq!(Ordered::from(0.0), Ordered::from(-0.0));
        assert_eq!(FieldKey::text("Ａ b"), FieldKey::text("ａ B"));
    }
}
