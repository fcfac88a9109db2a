//! `$filter`: the part of OData that Graph's directory and mail services understand and the product uses.

mod evaluate;
mod lex;
mod parse;

pub(crate) use evaluate::holds;
pub(crate) use parse::parse;

use serde_json::Value;

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Filter {
    And(Box<Filter>, Box<Filter>),
    Or(Box<Filter>, Box<Filter>),
    Not(Box<Filter>),
    Compare(Path, Operator, Value),
    In(Path, Vec<Value>),
    StartsWith(Path, String),
    EndsWith(Path, String),
    /// `collection/any(name: inner)`.
    Any(Path, String, Box<Filter>),
}

/// `employeeOrgData/division`.
pub(crate) type Path = Vec<String>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
}

impl Filter {
    /// Whether it asks for this property of the object itself.
    pub(crate) fn names(&self, property: &str) -> bool {
        let first = |path: &Path| {
            path.first()
                .is_some_and(|name| name.eq_ignore_ascii_case(property))
        };
        match self {
            Self::And(a, b) | Self::Or(a, b) => a.names(property) || b.names(property),
            Self::Not(inner) => inner.names(property),
            Self::Any(path, _, inner) => first(path) || inner.names(property),
            Self::Compare(path, ..)
            | Self::In(path, _)
            | Self::StartsWith(path, _)
            | Self::EndsWith(path, _) => first(path),
        }
    }

    /// Whether the directory answers it only with `ConsistencyLevel: eventual` and `$count=true`
    /// (Microsoft Graph, "Advanced query capabilities on Microsoft Entra ID objects").
    pub(crate) fn is_advanced(&self) -> bool {
        match self {
            Self::And(a, b) | Self::Or(a, b) => a.is_advanced() || b.is_advanced(),
            Self::Not(_) | Self::EndsWith(..) | Self::Compare(_, Operator::Ne, _) => true,
            Self::Any(_, _, inner) => inner.is_advanced(),
            Self::Compare(..) | Self::In(..) | Self::StartsWith(..) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn filters_select_what_they_say() {
        let user = json!({"displayName": "O'Brien", "accountEnabled": true, "mail": null,
            "proxyAddresses": ["SMTP:o@c.d", "smtp:x@c.d"], "employeeOrgData": {"division": "D1"},
            "props": [{"id": "A", "value": "1"}, {"id": "B", "value": "2"}]});
        for (text, expected) in [
            ("displayName eq 'O''BRIEN'", true),
            ("startsWith(displayName,'o''b') and accountEnabled eq true", true),
            ("startswith(displayName, 'x') or mail eq null", true),
            ("not(accountEnabled eq true)", false),
            ("displayName in ('a', 'O''Brien')", true),
            ("proxyAddresses/any(p:p eq 'smtp:x@c.d')", true),
            ("proxyAddresses/any(p:startsWith(p,'smtp:y'))", false),
            ("employeeOrgData/division eq 'D1'", true),
            ("props/Any(ep: ep/id eq 'A' and ep/value eq '1')", true),
            ("props/Any(ep: ep/id eq 'A' and ep/value eq '2')", false),
            ("endsWith(displayName,'ien')", true),
            (
                "proxyAddresses/any(p:p eq 'x') or proxyAddresses/any(p:p eq 'smtp:o@c.d')",
                true,
            ),
            (
                "displayName ne 'a' and (mail eq 'x' or accountEnabled eq true)",
                true,
            ),
        ] {
            assert_eq!(holds(&parse(text).unwrap(), &user), expected, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for text in [
            "",
            "displayName",
            "displayName eq",
            "displayName eq 'a' garbage",
            "a eq 'x",
            "((a eq 1)",
            "a/any(x:a/any(y:y eq 1))",
        ] {
            assert_eq!(parse(text).unwrap_err().status(), 400, "{text}");
        }
    }

    #[test]
    fn a_chain_may_be_as_long_as_it_will() {
        let user = json!({ "id": 1 });
        let chained = |part: &str, last: &str| parse(&(part.repeat(100_000) + last)).unwrap();
        assert!(holds(&chained("id eq 2 or ", "id eq 1"), &user));
        assert!(!holds(&chained("id eq 1 and ", "id eq 2"), &user));
    }
}
