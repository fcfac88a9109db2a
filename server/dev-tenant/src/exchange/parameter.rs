//! What each parameter of a cmdlet may hold (reference: Exchange PowerShell, "Type", "Accept wildcard characters").

use serde_json::Value;

use super::fault::Fault;

#[derive(Debug, Clone, Copy)]
pub(super) struct Parameter {
    /// `Name#` stands for `Name1` to `Name15`.
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) required: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// So many UTF-16 units at most.
    Text(usize),
    Alias,
    /// An SMTP address.
    Address,
    /// An SMTP address with its kind before it, or without.
    Proxy,
    Flag,
    Choice(&'static [&'static str]),
    /// One text or several, so many at most.
    List(usize),
    /// A list, or a table of what to add and to remove.
    Multi,
    /// A number or `Unlimited`.
    Size,
}

/// Longest name and alias.
pub(super) const NAME: usize = 64;
pub(super) const DISPLAY_NAME: usize = 256;
/// How far custom attributes go: CustomAttribute1 to 15.
const NUMBERED: std::ops::RangeInclusive<u32> = 1..=15;
/// What every identity and free text may have at most; Exchange names no smaller limit for them.
pub(super) const LONG: usize = 1024;

pub(super) const fn need(name: &'static str, kind: Kind) -> Parameter {
    Parameter {
        name,
        kind,
        required: true,
    }
}

pub(super) const fn may(name: &'static str, kind: Kind) -> Parameter {
    Parameter {
        name,
        kind,
        required: false,
    }
}

impl Parameter {
    /// The name as Exchange spells it, when `asked` means this parameter.
    pub(super) fn spelled(&self, asked: &str) -> Option<String> {
        let Some(stem) = self.name.strip_suffix('#') else {
            return self
                .name
                .eq_ignore_ascii_case(asked)
                .then(|| self.name.to_owned());
        };
        let number = asked.get(stem.len()..)?;
        let head = asked.get(..stem.len())?;
        let is_one = head.eq_ignore_ascii_case(stem) && number.parse().is_ok_and(|n| NUMBERED.contains(&n));
        is_one.then(|| format!("{stem}{number}"))
    }

    pub(super) fn check(&self, name: &str, value: &Value) -> Result<(), Fault> {
        if value.is_null() && !self.required {
            return Ok(());
        }
        let why = match self.kind {
            Kind::Text(most) => text(value, most),
            Kind::Alias => alias(value),
            Kind::Address => address(value.as_str()),
            Kind::Proxy => address(value.as_str().map(bare)),
            Kind::Flag => fail(!value.is_boolean(), "it must be true or false"),
            Kind::Choice(words) => fail(
                !is_one_of(value, words),
                "it is none of the values that are allowed",
            ),
            Kind::List(most) => list(value, most),
            Kind::Multi => multi(value),
            Kind::Size => fail(!is_size(value), "it must be a number or Unlimited"),
        };
        why.map_or(Ok(()), |why| Err(Fault::invalid(name, &why)))
    }
}

fn fail(is_bad: bool, why: &str) -> Option<String> {
    is_bad.then(|| why.to_owned())
}

fn text(value: &Value, most: usize) -> Option<String> {
    match value.as_str() {
        None => Some("it must be a text".to_owned()),
        Some(text) if text.encode_utf16().count() > most => {
            Some(format!("the length must not be more than {most} characters"))
        }
        Some(_) => None,
    }
}

/// Letters, digits, some signs, and dots inside.
fn alias(value: &Value) -> Option<String> {
    let too_long = text(value, NAME);
    let alias = value.as_str().unwrap_or_default();
    let allowed = |c: char| c.is_ascii_alphanumeric() || "!#%*+-/=?^_~.".contains(c);
    let dots = alias.starts_with('.') || alias.ends_with('.') || alias.contains("..");
    too_long.or_else(|| {
        fail(
            alias.is_empty() || dots || !alias.chars().all(allowed),
            "an alias has letters, digits, !#%*+-/=?^_~ and inner dots",
        )
    })
}

fn address(value: Option<&str>) -> Option<String> {
    let parts = value.and_then(|text| text.split_once('@'));
    let good = parts.is_some_and(|(local, domain)| {
        let clean = |text: &str| {
            text.is_ascii() && !text.contains(|c: char| c.is_control() || " @<>()[],;:\\\"".contains(c))
        };
        let label = |label: &str| !label.is_empty() && !label.starts_with('-');
        !local.is_empty()
            && clean(local)
            && clean(domain)
            && domain.contains('.')
            && domain.split('.').all(label)
    });
    fail(!good, "it is no SMTP address")
}

/// Without the kind of a proxy.
pub(super) fn bare(proxy: &str) -> &str {
    proxy.split_once(':').map_or(proxy, |(_, address)| address)
}

/// Whether mail can go to this text.
pub(super) fn is_address(text: &str) -> bool {
    address(Some(text)).is_none()
}

fn is_one_of(value: &Value, words: &[&str]) -> bool {
    let is = |text: &str| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    match value {
        Value::String(text) => is(text),
        Value::Array(all) => !all.is_empty() && all.iter().all(|one| one.as_str().is_some_and(is)),
        _ => false,
    }
}

fn list(value: &Value, most: usize) -> Option<String> {
    match value {
        Value::String(_) => None,
        Value::Array(all) if !all.iter().all(Value::is_string) => Some("it must hold texts".to_owned()),
        Value::Array(all) => fail(
            all.len() > most,
            &format!("it must not hold more than {most} values"),
        ),
        _ => Some("it must be a list of texts".to_owned()),
    }
}

fn multi(value: &Value) -> Option<String> {
    let Value::Object(table) = value else {
        return list(value, usize::MAX);
    };
    let is_table = table.get("@odata.type").and_then(Value::as_str) == Some("#Exchange.GenericHashTable");
    let mut changes = table.iter().filter(|(name, _)| !name.contains('@'));
    let known = |name: &str| name.eq_ignore_ascii_case("add") || name.eq_ignore_ascii_case("remove");
    let good = changes.all(|(name, value)| known(name) && list(value, usize::MAX).is_none());
    fail(
        !is_table || !good,
        "a table is of the type #Exchange.GenericHashTable and holds add and remove",
    )
}

fn is_size(value: &Value) -> bool {
    match value {
        Value::String(text) => text.eq_ignore_ascii_case("unlimited") || text.parse::<u32>().is_ok(),
        other => other.is_u64(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_parameter_takes_what_it_is_made_for_and_nothing_else() {
        let table = |add: &str| json!({"@odata.type": "#Exchange.GenericHashTable", add: ["x"]});
        for (kind, good, bad) in [
            (Kind::Text(3), json!("abc"), json!("abcd")),
            (Kind::Alias, json!("a.b-c"), json!("a..b")),
            (Kind::Alias, json!("sales"), json!("営業")),
            (Kind::Address, json!("a@b.c"), json!("smtp:a@b.c")),
            (Kind::Proxy, json!("smtp:a@b.c"), json!("smtp:a")),
            (Kind::Flag, json!(true), json!("true")),
            (Kind::Choice(&["Shared"]), json!("shared"), json!("Open")),
            (Kind::List(2), json!("a"), json!(["a", "b", "c"])),
            (Kind::Multi, table("Add"), table("Append")),
            (Kind::Multi, json!(["a"]), json!({"add": ["a"]})),
            (Kind::Size, json!("Unlimited"), json!("all")),
        ] {
            let parameter = need("X", kind);
            assert_eq!(parameter.check("X", &good), Ok(()), "{kind:?} {good}");
            assert!(parameter.check("X", &bad).is_err(), "{kind:?} {bad}");
        }
    }

    #[test]
    fn custom_attributes_end_at_fifteen() {
        let custom = may("CustomAttribute#", Kind::Text(LONG));
        assert_eq!(
            custom.spelled("customattribute15").as_deref(),
            Some("CustomAttribute15")
        );
        assert_eq!(custom.spelled("CustomAttribute16"), None);
        assert_eq!(custom.spelled("CustomAttribute"), None);
    }
}
