//! What an administrator is asked to consent to, and where his browser goes afterwards.

use std::collections::BTreeSet;

use url::form_urlencoded::Serializer;
use uuid::Uuid;

use crate::call::Reply;
use crate::directory::AppId;
use crate::entra::audience::Audience;
use crate::entra::client;
use crate::entra::fault::Fault;
use crate::entra::parameters::Parameters;
use crate::world::World;

pub(super) struct Asked {
    pub(super) app: AppId,
    pub(super) name: String,
    pub(super) scope: String,
    /// Application id of the service whose permissions are meant.
    pub(super) resource: Uuid,
    /// What the registration asks for of that service. Whether Entra gives what it asks for of others at once is not
    /// documented: a client must not count on it.
    pub(super) permissions: BTreeSet<String>,
    redirect_uri: String,
    state: Option<String>,
}

impl Asked {
    pub(super) fn read(world: &World, parameters: &Parameters) -> Result<Self, Fault> {
        let client = client::find(world, parameters.need("client_id")?)?;
        let redirect_uri = parameters.need("redirect_uri")?;
        client.redirects_to(redirect_uri)?;
        let scope = parameters.need("scope")?;
        let resource = resource(world, scope)?.app_id();
        let registration = client.app.map(|app| app.registration).unwrap_or_default();
        Ok(Self {
            app: client.id,
            name: client.name,
            scope: scope.to_owned(),
            resource,
            permissions: registration.asks.get(&resource).cloned().unwrap_or_default(),
            redirect_uri: redirect_uri.to_owned(),
            state: parameters.owned("state"),
        })
    }

    pub(super) fn send_back(&self, answer: &[(&str, &str)]) -> Reply {
        let mut text = Serializer::new(String::new());
        text.extend_pairs(answer);
        text.extend_pairs(self.state.iter().map(|state| ("state", state)));
        let sign = if self.redirect_uri.contains('?') { '&' } else { '?' };
        Reply::empty(302)
            .with(
                "Location",
                format!("{}{sign}{}", self.redirect_uri, text.finish()),
            )
            .with("Cache-Control", "no-store, no-cache")
    }
}

/// Application permissions cannot be named one by one: `/.default` means those of the registration, for one service.
fn resource(world: &World, scope: &str) -> Result<Audience, Fault> {
    let named = scope.strip_suffix("/.default").filter(|name| !name.contains(' '));
    let name = named.ok_or_else(|| {
        let text = format!(
            "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid."
        );
        Fault::new(400, "invalid_scope", 70011, text)
    })?;
    let mut known = Audience::ALL.into_iter();
    known
        .find(|audience| audience.accepts(&world.names, name))
        .ok_or_else(|| Fault::unknown_resource(name))
}
