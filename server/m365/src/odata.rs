//! Everything that is written into an address: the one place that escapes for OData and URLs.

use std::fmt::Write as _;

use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use uuid::Uuid;

/// RFC 3986's unreserved characters stay as they are.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Any text as one path segment or query value.
pub(crate) fn escape(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

/// A string literal for a path: quotes doubled, then escaped.
pub(crate) fn literal(text: &str) -> String {
    escape(&quoted(text))
}

/// A string literal, not yet escaped for an address.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A condition on items or directory objects. Only this type writes `$filter`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter(String);

impl Filter {
    /// `field eq 'text'`
    pub fn text(field: &'static str, text: &str) -> Self {
        Self(format!("{field} eq {}", quoted(text)))
    }

    /// `field eq number`
    pub fn number(field: &'static str, number: i64) -> Self {
        Self(format!("{field} eq {number}"))
    }

    /// `field eq guid'…'` as SharePoint writes it.
    pub fn guid(field: &'static str, id: Uuid) -> Self {
        Self(format!("{field} eq guid'{id}'"))
    }

    /// `field eq true`
    pub fn flag(field: &'static str, flag: bool) -> Self {
        Self(format!("{field} eq {flag}"))
    }

    /// `field gt number`
    pub fn above(field: &'static str, number: i64) -> Self {
        Self(format!("{field} gt {number}"))
    }

    /// `field le number`
    pub fn up_to(field: &'static str, number: i64) -> Self {
        Self(format!("{field} le {number}"))
    }

    /// `field ge datetime'…'` as SharePoint writes it.
    pub fn since(field: &'static str, moment: Timestamp) -> Self {
        let second = Timestamp::from_second(moment.as_second()).unwrap_or(moment);
        Self(format!("{field} ge datetime'{second}'"))
    }

    /// Both conditions.
    #[must_use]
    pub fn and(self, other: &Self) -> Self {
        Self(format!("({}) and ({})", self.0, other.0))
    }

    /// Either condition.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        Self(format!("({}) or ({})", self.0, other.0))
    }

    /// The condition as OData text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Graph's condition on a single-value extended property of a message.
pub(crate) fn has_extended_property(property: &str, value: &str) -> String {
    let (property, value) = (quoted(property), quoted(value));
    format!("singleValueExtendedProperties/Any(ep: ep/id eq {property} and ep/value eq {value})")
}

/// Graph's condition on an address among a user's `proxyAddresses`, of which the comparison ignores case.
pub(crate) fn has_mail_address(address: &str) -> String {
    format!(
        "proxyAddresses/any(p: p eq {})",
        quoted(&format!("smtp:{address}"))
    )
}

/// Query options of an address.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options(String);

impl Options {
    /// Adds `name=value`; the name is a constant of ours.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        let mark = if self.0.is_empty() { '?' } else { '&' };
        write!(self.0, "{mark}{name}={}", escape(value)).expect("text takes text");
        self
    }

    /// Adds `name=a,b`, or nothing for no names.
    pub(crate) fn list(self, name: &'static str, values: &[&str]) -> Self {
        if values.is_empty() {
            self
        } else {
            self.with(name, &values.join(","))
        }
    }
}

impl std::fmt::Display for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use url::Url;

    use super::*;

    #[test]
    fn a_quote_in_a_name_stays_inside_the_literal() {
        assert_eq!(
            literal("O'Neil & 高橋/x"),
            "%27O%27%27Neil%20%26%20%E9%AB%98%E6%A9%8B%2Fx%27"
        );
        assert_eq!(
            Filter::text("Title", "a' or 'x' eq 'x").as_str(),
            "Title eq 'a'' or ''x'' eq ''x'"
        );
    }

    /// What a server reads as one literal: everything up to a quote that is not doubled.
    fn read_literal(text: &str) -> Option<String> {
        let inner = text.strip_prefix('\'')?.strip_suffix('\'')?;
        let plain = inner.replace("''", "\u{0}");
        (!plain.contains('\'')).then(|| inner.replace("''", "'"))
    }

    proptest! {
        #[test]
        fn any_text_comes_back_as_one_literal(text in "[^\u{0}]*") {
            let url = Url::parse(&format!("https://h/_api/getlist({})/x", literal(&text))).unwrap();
            let path = url.path().strip_prefix("/_api/getlist(").unwrap().strip_suffix(")/x").unwrap();
            let decoded = percent_encoding::percent_decode_str(path).decode_utf8().unwrap();
            prop_assert_eq!(read_literal(&decoded), Some(text));
        }

        #[test]
        fn any_value_stays_in_its_query_option(text in ".*") {
            let url = Url::parse(&format!("https://h/x{}", Options::default().with("$filter", &text))).unwrap();
            let pairs: Vec<_> = url.query_pairs().collect();
            prop_assert_eq!(pairs.len(), 1);
            prop_assert_eq!(&*pairs[0].1, &text);
        }
    }
}
