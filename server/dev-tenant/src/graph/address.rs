//! The resource path of a call, taken apart: `/v1.0/users('a@b')/manager` becomes `users`, `a@b`, `manager`.

use percent_encoding::percent_decode_str;

use super::fault::Fault;

/// Path segments that begin with `$` by right; every other such segment must be written as a quoted key.
const SYSTEM_SEGMENTS: [&str; 4] = ["$batch", "$ref", "$value", "$count"];

/// Splits a percent-encoded path below `/v1.0`. Parenthesised keys become segments of their own; a named key keeps
/// its name (`groups(uniqueName='x')` gives `groups`, `uniqueName='x'`).
pub(crate) fn segments(path: &str) -> Result<Vec<String>, Fault> {
    let path = path
        .strip_prefix("/v1.0")
        .ok_or_else(|| Fault::NotModelled(path.to_owned()))?;
    let mut found = Vec::new();
    for raw in path.split('/').filter(|raw| !raw.is_empty()) {
        let text = percent_decode_str(raw)
            .decode_utf8()
            .map_err(|_| Fault::refused(400, "BadRequest", "The URL is not valid UTF-8."))?;
        push(&mut found, &text)?;
    }
    Ok(found)
}

fn push(found: &mut Vec<String>, text: &str) -> Result<(), Fault> {
    let Some((name, key)) = text.strip_suffix(')').and_then(|open| open.split_once('(')) else {
        if text.starts_with('$') && !SYSTEM_SEGMENTS.contains(&text) {
            return Err(Fault::bad_request(format!(
                "Resource not found for the segment '{text}'."
            )));
        }
        found.push(text.to_owned());
        return Ok(());
    };
    found.push(name.to_owned());
    if !key.is_empty() {
        found.push(unquote(key).unwrap_or_else(|| key.to_owned()));
    }
    Ok(())
}

/// The text of an OData string literal; two quotes stand for one.
pub(crate) fn unquote(literal: &str) -> Option<String> {
    let inner = literal.strip_prefix('\'')?.strip_suffix('\'')?;
    Some(inner.replace("''", "'"))
}

/// The value of `name='…'` or of `name=…`.
pub(crate) fn named_key(segment: &str, name: &str) -> Option<String> {
    let (found, value) = segment.split_once('=')?;
    found
        .eq_ignore_ascii_case(name)
        .then(|| unquote(value).unwrap_or_else(|| value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_key_leads_to_the_same_user() {
        for path in [
            "/v1.0/users/a@b.c/manager",
            "/v1.0/users('a@b.c')/manager",
            "/v1.0/users/a%40b.c/manager",
        ] {
            assert_eq!(segments(path).unwrap(), ["users", "a@b.c", "manager"], "{path}");
        }
    }

    #[test]
    fn a_name_that_begins_with_a_dollar_must_be_quoted() {
        assert_eq!(segments("/v1.0/users/$x@b.c").unwrap_err().status(), 400);
        assert_eq!(segments("/v1.0/users('$x@b.c')").unwrap(), ["users", "$x@b.c"]);
    }

    #[test]
    fn an_alternate_key_keeps_its_name_and_its_quotes_are_undoubled() {
        let found = segments("/v1.0/groups(uniqueName='o''brien')").unwrap();
        assert_eq!(named_key(&found[1], "uniquename").as_deref(), Some("o'brien"));
    }
}
