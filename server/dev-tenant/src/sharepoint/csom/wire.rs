//! JSON as the client service writes it: dates, GUIDs and slashes escaped in its own way, keys in order.

use std::fmt::Write as _;

use jiff::Timestamp;
use uuid::Uuid;

/// A value in an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Wire {
    Null,
    Boolean(bool),
    Integer(i64),
    Double(f64),
    Text(String),
    /// `"\/Date(ms)\/"`.
    Date(Timestamp),
    /// `"\/Guid(…)\/"`.
    Guid(Uuid),
    Array(Vec<Wire>),
    Object(Vec<(String, Wire)>),
}

impl Wire {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub fn optional(text: Option<&str>) -> Self {
        text.map_or(Self::Null, Self::text)
    }

    /// A value object with its `_ObjectType_`.
    pub fn typed(name: &str, members: impl IntoIterator<Item = (&'static str, Self)>) -> Self {
        let mut object = vec![("_ObjectType_".to_owned(), Self::text(name))];
        object.extend(members.into_iter().map(|(key, value)| (key.to_owned(), value)));
        Self::Object(object)
    }

    pub fn render(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Boolean(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Integer(value) => push(out, format_args!("{value}")),
            Self::Double(value) => push(out, format_args!("{value}")),
            Self::Text(text) => quote(out, text),
            Self::Date(at) => push(out, format_args!("\"\\/Date({})\\/\"", at.as_millisecond())),
            Self::Guid(id) => push(out, format_args!("\"\\/Guid({id})\\/\"")),
            Self::Array(items) => {
                out.push('[');
                separated(out, items, |out, item| item.write(out));
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                separated(out, members, |out, (key, value)| {
                    quote(out, key);
                    out.push(':');
                    value.write(out);
                });
                out.push('}');
            }
        }
    }
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing into a String cannot fail.
    let _ = out.write_fmt(text);
}

fn separated<T>(out: &mut String, items: &[T], mut write: impl FnMut(&mut String, &T)) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write(out, item);
    }
}

/// Slashes are escaped, so that a text can never be taken for a date; so is what matters to HTML.
fn quote(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '/' | '<' | '>' | '&' | '\'' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                push(out, format_args!("\\u{:04x}", u32::from(character)));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_guids_have_escaped_slashes() {
        let date = Wire::Date(Timestamp::from_millisecond(1_665_562_096_000).unwrap());
        assert_eq!(date.render(), r#""\/Date(1665562096000)\/""#);
        assert_eq!(
            Wire::Guid(Uuid::nil()).render(),
            r#""\/Guid(00000000-0000-0000-0000-000000000000)\/""#
        );
    }

    #[test]
    fn a_text_is_never_taken_for_a_date_and_reads_back_unchanged() {
        let text = "/Date(1)/ \"<申請>\" \\ \u{1}\n";
        let rendered = Wire::text(text).render();
        assert!(!rendered.contains('/') && !rendered.contains('<'));
        assert_eq!(serde_json::from_str::<String>(&rendered).unwrap(), text);
    }

    #[test]
    fn members_keep_their_order() {
        let object = Wire::typed("SP.Web", [("Title", Wire::text("x")), ("Id", Wire::Integer(-1))]);
        assert_eq!(
            object.render(),
            r#"{"_ObjectType_":"SP.Web","Title":"x","Id":-1}"#
        );
    }
}
