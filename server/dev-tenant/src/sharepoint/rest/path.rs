//! The path behind `/_api/`: segments with key or function arguments.

use percent_encoding::percent_decode_str;
use uuid::Uuid;

use super::query::Query;
use crate::sharepoint::operations::fault::Fault;

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Segment {
    /// In lower case: SharePoint's paths do not care.
    pub(crate) name: String,
    pub(crate) original: String,
    pub(crate) arguments: Vec<Argument>,
}

/// `name=value`, or a bare value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Argument {
    pub(crate) name: Option<String>,
    /// Without quotes; `guid'…'` and the like are reduced to what stands between the quotes.
    pub(crate) value: String,
}

impl Segment {
    /// The argument of that name, or the bare one at that position.
    pub(crate) fn argument(&self, name: &str, position: usize) -> Option<&str> {
        let named = self
            .arguments
            .iter()
            .find(|argument| argument.name.as_deref() == Some(name));
        let bare = || {
            self.arguments
                .get(position)
                .filter(|argument| argument.name.is_none())
        };
        named.or_else(bare).map(|argument| argument.value.as_str())
    }

    pub(crate) fn required(&self, name: &str, position: usize) -> Result<&str, Fault> {
        self.argument(name, position).ok_or_else(|| {
            Fault::invalid_query(format!("The parameter {name} of {} is missing.", self.original))
        })
    }

    pub(crate) fn number(&self, name: &str, position: usize) -> Result<u32, Fault> {
        let text = self.required(name, position)?;
        text.trim()
            .parse()
            .map_err(|_| Fault::invalid_query(format!("The expression \"{text}\" is not valid.")))
    }

    pub(crate) fn guid(&self, name: &str, position: usize) -> Result<Uuid, Fault> {
        let text = self.required(name, position)?;
        Uuid::parse_str(text.trim_matches(['{', '}'])).map_err(|_| {
            Fault::argument(
                "Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).",
            )
        })
    }

    pub(crate) fn truth(&self, name: &str, position: usize) -> bool {
        self.argument(name, position)
            .is_some_and(|value| value.trim().eq_ignore_ascii_case("true"))
    }
}

/// Splits a percent-encoded path into segments; aliases (`@u`) take their values from the query.
///
/// # Errors
/// 400 for brackets or quotes that do not close.
pub(crate) fn parse(path: &str, query: &Query) -> Result<Vec<Segment>, Fault> {
    let decoded = percent_decode_str(path).decode_utf8_lossy().into_owned();
    split(&decoded, '/')
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(|part| segment(&part, query))
        .collect()
}

fn segment(part: &str, query: &Query) -> Result<Segment, Fault> {
    let (name, inside) = match part.split_once('(') {
        None => (part, None),
        Some((name, rest)) => (name, Some(rest.strip_suffix(')').ok_or_else(|| unclosed(part))?)),
    };
    let arguments = inside.map(|inside| split(inside, ',')).unwrap_or_default();
    Ok(Segment {
        name: name.to_ascii_lowercase(),
        original: name.to_owned(),
        arguments: arguments
            .iter()
            .filter(|text| !text.trim().is_empty())
            .map(|text| argument(text.trim(), query))
            .collect(),
    })
}

fn unclosed(part: &str) -> Fault {
    Fault::invalid_query(format!("The expression \"{part}\" is not valid."))
}

fn argument(text: &str, query: &Query) -> Argument {
    let named = text.split_once('=').filter(|(name, _)| {
        !name.is_empty() && name.trim().chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    });
    let (name, value) = match named {
        Some((name, value)) => (Some(name.trim().to_ascii_lowercase()), value.trim()),
        None => (None, text),
    };
    let value = match value.strip_prefix('@') {
        Some(_) => query.alias(value).unwrap_or_default(),
        None => value,
    };
    Argument {
        name,
        value: unquote(value),
    }
}

/// What stands between the quotes of `'…'`, `guid'…'`, `datetime'…'`; doubled quotes become one.
pub(crate) fn unquote(text: &str) -> String {
    let text = text.trim();
    match text.split_once('\'') {
        Some((prefix, rest)) if prefix.chars().all(char::is_alphabetic) => {
            rest.strip_suffix('\'').unwrap_or(rest).replace("''", "'")
        }
        _ => text.to_owned(),
    }
}

/// Splits at a separator outside of quotes and brackets.
fn split(text: &str, separator: char) -> Vec<String> {
    let (mut parts, mut part) = (Vec::new(), String::new());
    let (mut quoted, mut depth) = (false, 0_u32);
    for character in text.chars() {
        match character {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        if character == separator && !quoted && depth == 0 {
            parts.push(std::mem::take(&mut part));
        } else {
            part.push(character);
        }
    }
    parts.push(part);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(path: &str, query: &str) -> Vec<Segment> {
        parse(path, &Query::parse(query)).unwrap()
    }

    #[test]
    fn every_spelling_of_a_call_gives_the_same_arguments() {
        for spelling in [
            "roleassignments/addroleassignment(principalid=11,roledefid=1073741827)",
            "roleassignments/addroleassignment(principalid=11,%20roledefid=1073741827)",
            "roleassignments/AddRoleAssignment(principalid='11',roledefid='1073741827')",
        ] {
            let segment = parsed(spelling, "").pop().unwrap();
            assert_eq!(segment.name, "addroleassignment");
            assert_eq!(segment.number("principalid", 0).unwrap(), 11);
            assert_eq!(segment.number("roledefid", 1).unwrap(), 1_073_741_827);
        }
    }

    #[test]
    fn slashes_and_doubled_quotes_within_quotes_belong_to_the_value() {
        let segments = parsed("web/getlist('%2Fsites%2Fa/Lists/O''Neil')/items(5)", "");
        assert_eq!(
            segments[1].required("listurl", 0).unwrap(),
            "/sites/a/Lists/O'Neil"
        );
        assert_eq!(segments[2].number("id", 0).unwrap(), 5);
    }

    #[test]
    fn aliases_take_their_value_from_the_query() {
        let segments = parsed(
            "web/GetList(@a1)/items",
            "@a1=%27%2Fsites%2Fflow%2FLists%2FX%27&$top=1",
        );
        assert_eq!(segments[1].required("listurl", 0).unwrap(), "/sites/flow/Lists/X");
    }
}
