//! The applications people sign in to: registered ones, and Microsoft's own that need no registration.

use url::Url;
use uuid::Uuid;

use super::audience::Audience;
use super::fault::Fault;
use crate::directory::{App, AppId};
use crate::world::World;

/// "SharePoint Online Web Client Extensibility", by whose token the SPFx runtime starts.
pub const WEB_CLIENT_EXTENSIBILITY: AppId = AppId(Uuid::from_u128(0x08e1_8876_6177_487e_b8b5_cf95_0c1e_598c));

/// "Microsoft Graph Command Line Tools", by which administrators' own command lines ask Graph as whoever signs in to it.
pub const GRAPH_COMMAND_LINE: AppId = AppId(Uuid::from_u128(0x14d8_2eec_204b_4c2f_b7e8_296a_70da_b67e));

#[derive(Debug, Clone)]
pub(crate) struct Client {
    pub(crate) id: AppId,
    pub(crate) name: String,
    redirects: Vec<String>,
    /// The registration; `None` for Microsoft's own.
    pub(crate) app: Option<App>,
}

pub(crate) fn find(world: &World, id: &str) -> Result<Client, Fault> {
    let parsed = id.parse().ok().map(AppId);
    let found = parsed.and_then(|id| own(world, id).or_else(|| registered(world, id)));
    found.ok_or_else(|| Fault::unknown_client(world, id))
}

fn own(world: &World, id: AppId) -> Option<Client> {
    if id == GRAPH_COMMAND_LINE {
        return Some(Client {
            id,
            name: "Microsoft Graph Command Line Tools".to_owned(),
            redirects: vec!["http://localhost".to_owned()],
            app: None,
        });
    }
    let (name, page) = if id == WEB_CLIENT_EXTENSIBILITY {
        (
            "SharePoint Online Web Client Extensibility",
            "spfxsinglesignon.aspx",
        )
    } else if id.0 == Audience::SharePoint.app_id() {
        ("Office 365 SharePoint Online", "default.aspx")
    } else {
        return None;
    };
    let tenant = &world.names.name;
    let hosts = [tenant.clone(), format!("{tenant}-admin")];
    Some(Client {
        id,
        name: name.to_owned(),
        redirects: hosts
            .iter()
            .map(|host| format!("https://{host}.sharepoint.com/_forms/{page}"))
            .collect(),
        app: None,
    })
}

fn registered(world: &World, id: AppId) -> Option<Client> {
    let app = world.tenant().directory.apps.get(&id).cloned()?;
    Some(Client {
        id,
        name: app.display_name.clone(),
        redirects: app.redirect_uris.clone(),
        app: Some(app),
    })
}

impl Client {
    /// Refuses an address that is not registered.
    pub(crate) fn redirects_to(&self, uri: &str) -> Result<(), Fault> {
        if self
            .redirects
            .iter()
            .any(|own| own == uri || same_but_port(own, uri))
        {
            return Ok(());
        }
        let id = self.id.0;
        let text = format!(
            "The redirect URI '{uri}' specified in the request does not match the redirect URIs configured for the application '{id}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal."
        );
        Err(Fault::new(400, "invalid_request", 50011, text))
    }

    /// Whether a page of `origin` may read answers meant for this client.
    pub(crate) fn lives_at(&self, origin: &str) -> bool {
        let mut own = self.redirects.iter().filter_map(|uri| Url::parse(uri).ok());
        own.any(|uri| uri.origin().ascii_serialization() == origin)
    }
}

/// Native programs listen on any free port of the machine (RFC 8252, 7.3).
fn same_but_port(own: &str, uri: &str) -> bool {
    let (Ok(mut own), Ok(mut uri)) = (Url::parse(own), Url::parse(uri)) else {
        return false;
    };
    let local = own.scheme() == "http" && own.host_str() == Some("localhost");
    local && own.set_port(None).is_ok() && uri.set_port(None).is_ok() && own == uri
}
