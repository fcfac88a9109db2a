//! OData query options of a call.

use super::fault::Fault;

/// Microsoft Graph, "List users": page sizes from 1 to 999, 100 when not said.
pub(crate) const LARGEST_PAGE: usize = 999;

#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    pub(crate) select: Vec<String>,
    pub(crate) filter: Option<String>,
    pub(crate) expand: Vec<Expand>,
    pub(crate) order_by: Option<String>,
    pub(crate) top: Option<usize>,
    pub(crate) skip: usize,
    pub(crate) skip_token: Option<String>,
    pub(crate) delta_token: Option<String>,
    pub(crate) count: bool,
    pairs: Vec<(String, String)>,
}

/// `$expand=name($select=a,b;$filter=…)`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Expand {
    pub(crate) name: String,
    pub(crate) inner: String,
}

impl Options {
    pub(crate) fn parse(query: &str) -> Result<Self, Fault> {
        let mut options = Self::default();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            options.take(name.trim_start_matches('$'), value.trim())?;
            options.pairs.push((name.into_owned(), value.into_owned()));
        }
        Ok(options)
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), Fault> {
        match name.to_ascii_lowercase().as_str() {
            "select" => self.select = list(value),
            "filter" => self.filter = Some(value.to_owned()),
            "expand" => self.expand = expansions(value),
            "orderby" => self.order_by = Some(value.to_owned()),
            "top" => self.top = Some(page_size(value)?),
            "skip" => self.skip = number("skip", value)?,
            "skiptoken" => self.skip_token = Some(value.to_owned()),
            "deltatoken" => self.delta_token = Some(value.to_owned()),
            "count" => self.count = value.eq_ignore_ascii_case("true"),
            "search" | "apply" | "format" => {
                return Err(Fault::NotModelled(format!("the query option ${name}")));
            }
            _ => {}
        }
        Ok(())
    }

    /// The query of the next page: the same options with `name` replaced.
    pub(crate) fn continued(&self, name: &str, value: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (key, old) in self.pairs.iter().filter(|(key, _)| key != name) {
            query.append_pair(key, old);
        }
        query.append_pair(name, value);
        query.finish().replace("%24", "$")
    }

    pub(crate) fn expansion(&self, name: &str) -> Option<&Expand> {
        self.expand
            .iter()
            .find(|expand| expand.name.eq_ignore_ascii_case(name))
    }
}

fn list(value: &str) -> Vec<String> {
    value
        .split(',')
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

fn number(name: &str, value: &str) -> Result<usize, Fault> {
    value.parse().map_err(|_| {
        Fault::refused(
            400,
            "BadRequest",
            format!("Invalid value '{value}' for ${name} query option found."),
        )
    })
}

fn page_size(value: &str) -> Result<usize, Fault> {
    let size = number("top", value)?;
    if (1..=LARGEST_PAGE).contains(&size) {
        return Ok(size);
    }
    Err(Fault::refused(
        400,
        "Request_UnsupportedQuery",
        format!("Invalid page size specified: '{size}'. Must be between 1 and {LARGEST_PAGE} inclusive."),
    ))
}

/// Splits at commas that stand outside parentheses.
fn expansions(value: &str) -> Vec<Expand> {
    let mut depth = 0_i32;
    value
        .split(|c: char| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            c == ',' && depth == 0
        })
        .map(|part| match part.trim().split_once('(') {
            Some((name, inner)) => Expand {
                name: name.to_owned(),
                inner: inner.strip_suffix(')').unwrap_or(inner).to_owned(),
            },
            None => Expand {
                name: part.trim().to_owned(),
                inner: String::new(),
            },
        })
        .collect()
}
