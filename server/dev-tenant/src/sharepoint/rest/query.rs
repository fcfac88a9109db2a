//! The query string: OData options and parameter aliases.

use std::borrow::Cow;

/// Decoded pairs, `+` as a space, names of options in lower case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Query {
    pairs: Vec<(String, String)>,
}

impl Query {
    pub(crate) fn parse(text: &str) -> Self {
        let pairs = url::form_urlencoded::parse(text.as_bytes());
        Self {
            pairs: pairs
                .map(|(name, value)| (name.to_ascii_lowercase(), Cow::into_owned(value)))
                .collect(),
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The raw value of an alias, `@` included in its name.
    pub(crate) fn alias(&self, name: &str) -> Option<&str> {
        self.get(&name.to_ascii_lowercase())
    }

    /// A comma-separated option without blanks.
    pub(crate) fn names(&self, option: &str) -> Vec<String> {
        let value = self.get(option).unwrap_or_default();
        let names = value.split(',').map(str::trim).filter(|name| !name.is_empty());
        names.map(str::to_owned).collect()
    }
}
