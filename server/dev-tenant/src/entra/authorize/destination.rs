//! Where the answer goes, and in which form.

use super::pages;
use crate::call::{Call, Reply};
use crate::entra::client::{self, Client};
use crate::entra::fault::{Fault, address, description};
use crate::entra::parameters::Parameters;
use crate::world::World;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Query,
    Fragment,
    FormPost,
}

/// A registered address: from here on even refusals go there.
#[derive(Debug)]
pub(crate) struct Destination {
    pub(crate) client: Client,
    pub(crate) redirect_uri: String,
    mode: Mode,
    state: Option<String>,
}

impl Destination {
    pub(crate) fn read(world: &World, parameters: &Parameters) -> Result<Self, Fault> {
        let client = client::find(world, parameters.need("client_id")?)?;
        let redirect_uri = parameters.need("redirect_uri")?.to_owned();
        client.redirects_to(&redirect_uri)?;
        Ok(Self {
            client,
            redirect_uri,
            mode: mode(parameters)?,
            state: parameters.owned("state"),
        })
    }

    pub(crate) fn refuse(&self, world: &World, call: &Call, fault: &Fault) -> Reply {
        let answer = vec![
            ("error", fault.error.to_owned()),
            ("error_description", description(world, call, fault)),
            ("error_uri", address(fault)),
        ];
        self.deliver(call, answer)
    }

    pub(crate) fn deliver(&self, call: &Call, mut answer: Vec<(&'static str, String)>) -> Reply {
        answer.extend(self.state.clone().map(|state| ("state", state)));
        if self.mode == Mode::FormPost {
            return pages::form_post(call, &self.redirect_uri, &answer);
        }
        let mut text = url::form_urlencoded::Serializer::new(String::new());
        let text = text.extend_pairs(&answer).finish();
        let sign = match self.mode {
            Mode::Fragment => '#',
            _ if self.redirect_uri.contains('?') => '&',
            _ => '?',
        };
        Reply::empty(302)
            .with("Location", format!("{}{sign}{text}", self.redirect_uri))
            .with("Cache-Control", "no-store, no-cache")
    }
}

/// Tokens never travel in a query; without a wish a code does, and tokens in a fragment.
fn mode(parameters: &Parameters) -> Result<Mode, Fault> {
    let response_type = parameters.get("response_type").unwrap_or_default();
    let tokens = response_type.split(' ').any(|kind| kind != "code");
    match parameters.get("response_mode") {
        Some("fragment") => Ok(Mode::Fragment),
        Some("form_post") => Ok(Mode::FormPost),
        None if tokens => Ok(Mode::Fragment),
        Some("query") if tokens => Err(Fault::new(
            400,
            "invalid_request",
            70007,
            "'query' is not a supported value of 'response_mode' when requesting a token.",
        )),
        None | Some("query") => Ok(Mode::Query),
        Some(other) => {
            let text = format!("'{other}' is not a supported value of 'response_mode'.");
            Err(Fault::new(400, "invalid_request", 70007, text))
        }
    }
}
