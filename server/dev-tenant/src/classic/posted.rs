//! A form as the browser posts it.

use crate::call::Call;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::rest::digest;

#[derive(Debug)]
pub(super) struct Posted(Vec<(String, String)>);

impl Posted {
    /// Reads the form and checks that it came from a page of this person.
    ///
    /// # Errors
    /// 403 without a form digest of his own that is still good.
    pub(super) fn read(session: &Session<'_>, call: &Call) -> Result<Self, Fault> {
        let fields = url::form_urlencoded::parse(&call.body).into_owned();
        let posted = Self(fields.collect());
        digest::check_shown(session, posted.text("__REQUESTDIGEST"))?;
        Ok(posted)
    }

    /// The first value of that name; empty when there is none.
    pub(super) fn text(&self, name: &str) -> &str {
        self.all(name).first().copied().unwrap_or_default()
    }

    pub(super) fn all(&self, name: &str) -> Vec<&str> {
        let named = self.0.iter().filter(|(key, _)| key == name);
        named.map(|(_, value)| value.as_str()).collect()
    }
}
