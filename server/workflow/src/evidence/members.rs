//! Where a member stands in canonical JSON text.

use std::ops::Range;

use serde_json::Value;

use crate::hash::canonical;

/// The bytes of the member that a JSON pointer names, in the canonical text of `value`; the whole text if there is
/// none.
pub(super) fn place(value: &Value, pointer: &str) -> Range<usize> {
    let mut start = 0;
    let mut here = value;
    for name in pointer.split('/').skip(1) {
        let Some((before, inner)) = step(here, name) else {
            break;
        };
        start += before;
        here = inner;
    }
    start..start + canonical(here).len()
}

/// How many bytes stand before a member inside its parent's text.
fn step<'a>(parent: &'a Value, name: &str) -> Option<(usize, &'a Value)> {
    match parent {
        Value::Array(items) => {
            let at: usize = name.parse().ok()?;
            let before = items.iter().take(at).map(|item| canonical(item).len() + 1);
            Some((1 + before.sum::<usize>(), items.get(at)?))
        }
        Value::Object(members) => {
            let text = |name: &str| Value::from(name).to_string().len() + 1;
            let earlier = members.iter().filter(|(other, _)| other.as_str() < name);
            let before = earlier.map(|(other, value)| text(other) + canonical(value).len() + 1);
            Some((1 + before.sum::<usize>() + text(name), members.get(name)?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_member_is_found_where_it_stands() {
        let value = json!({ "b": [1, { "名": "x\"y" }], "a": "zz", "c": null });
        let text = canonical(&value);
        for (pointer, said) in [
            ("/a", "\"zz\""),
            ("/b/0", "1"),
            ("/b/1/名", "\"x\\\"y\""),
            ("/c", "null"),
            ("", text.as_str()),
        ] {
            assert_eq!(&text[place(&value, pointer)], said, "{pointer}");
        }
    }
}
