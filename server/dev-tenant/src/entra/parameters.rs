//! The parameters of a request: query and form body as one map.

use std::collections::BTreeMap;

use http::Method;
use url::form_urlencoded;

use super::fault::Fault;
use crate::call::Call;

#[derive(Debug, Default)]
pub(crate) struct Parameters(BTreeMap<String, String>);

impl Parameters {
    /// Names are kept as sent; a form body is read for POST alone and wins over the query.
    pub(crate) fn of(call: &Call) -> Self {
        let mut all: BTreeMap<_, _> = form_urlencoded::parse(call.query.as_bytes())
            .into_owned()
            .collect();
        if call.method == Method::POST {
            all.extend(form_urlencoded::parse(&call.body).into_owned());
        }
        Self(all)
    }

    pub(crate) fn of_query(query: &str) -> Self {
        Self(form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }

    /// An empty value counts as none.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let value = self.0.get(name).map(String::as_str);
        value.filter(|value| !value.is_empty())
    }

    /// As [`Parameters::get`], whatever the case of the name: `Source` of SharePoint's pages.
    pub(crate) fn get_any_case(&self, name: &str) -> Option<&str> {
        let mut all = self.0.iter();
        let found = all.find(|(own, value)| own.eq_ignore_ascii_case(name) && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn need(&self, name: &str) -> Result<&str, Fault> {
        self.get(name).ok_or_else(|| Fault::missing(name))
    }

    /// Sets what the request said elsewhere than in query and body.
    pub(crate) fn put(&mut self, name: &str, value: String) {
        self.0.insert(name.to_owned(), value);
    }

    pub(crate) fn of_body(call: &Call) -> Self {
        Self(form_urlencoded::parse(&call.body).into_owned().collect())
    }

    pub(crate) fn owned(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }

    /// As a query string.
    pub(crate) fn encode(&self) -> String {
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.extend_pairs(&self.0);
        text.finish()
    }
}
