//! Delegated scopes: what a client asks for, and what it was granted.

use std::collections::BTreeSet;

use super::audience::Audience;
use super::client::{Client, GRAPH_COMMAND_LINE, WEB_CLIENT_EXTENSIBILITY};
use super::fault::Fault;
use super::obo;
use crate::directory::AppId;
use crate::world::World;

/// Scopes of `OpenID` Connect: they belong to no resource.
const OPENID: [&str; 4] = ["openid", "profile", "email", "offline_access"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Resource {
    Service(Audience),
    App(AppId),
}

impl Resource {
    pub(crate) fn app_id(self) -> AppId {
        match self {
            Self::Service(audience) => AppId(audience.app_id()),
            Self::App(id) => id,
        }
    }

    /// The resource of that App ID URI, application id or address.
    pub(crate) fn named(world: &World, name: &str) -> Result<Self, Fault> {
        let mut services = Audience::ALL.into_iter();
        if let Some(service) = services.find(|service| service.accepts(&world.names, name)) {
            return Ok(Self::Service(service));
        }
        let tenant = world.tenant();
        let mut apps = tenant.directory.apps.values();
        let app = apps.find(|app| {
            let id = app.app_id.0.to_string();
            name.eq_ignore_ascii_case(&id) || app.identifier_uris.iter().any(|uri| uri == name)
        });
        app.map(|app| Self::App(app.app_id))
            .ok_or_else(|| Fault::unknown_resource(name))
    }
}

/// A scope parameter taken apart.
#[derive(Debug)]
pub(crate) struct Wish {
    pub(crate) resource: Resource,
    /// The resource as the client wrote it.
    pub(crate) named: String,
    /// `None`: everything granted (`/.default`).
    names: Option<BTreeSet<String>>,
    pub(crate) openid: BTreeSet<String>,
    /// Names without a resource before them are told without one.
    bare: bool,
}

impl Wish {
    /// Without a resource the client means Graph; two at once are refused.
    pub(crate) fn read(world: &World, text: &str) -> Result<Self, Fault> {
        let (openid, others): (Vec<&str>, Vec<&str>) =
            text.split_whitespace().partition(|one| OPENID.contains(one));
        let pairs: Vec<(&str, &str)> = others.into_iter().map(split).collect();
        let named = pairs.first().map_or(GRAPH, |(resource, _)| *resource);
        if pairs.iter().any(|(resource, _)| *resource != named) {
            let text = "Provided value for the input parameter scope is not valid because it contains more than one resource.";
            return Err(Fault::new(400, "invalid_request", 28000, text));
        }
        let all = pairs.iter().any(|(_, name)| *name == ".default");
        Ok(Self {
            resource: Resource::named(world, named)?,
            named: named.to_owned(),
            names: (!all).then(|| pairs.iter().map(|(_, name)| (*name).to_owned()).collect()),
            openid: openid.into_iter().map(str::to_owned).collect(),
            bare: !text.contains(&format!("{named}/")),
        })
    }

    /// `scope` of the answer, in the client's own spelling; `.default` is repeated for clients that cache by it.
    pub(crate) fn told(&self, granted: &BTreeSet<String>) -> String {
        let default = self.names.is_none().then(|| ".default".to_owned());
        let names = granted.iter().chain(&default);
        let names = names.map(|name| {
            if self.bare {
                name.clone()
            } else {
                format!("{}/{name}", self.named)
            }
        });
        let all: Vec<String> = names.chain(self.openid.iter().cloned()).collect();
        all.join(" ")
    }

    pub(crate) fn everything(world: &World, resource: &str) -> Result<Self, Fault> {
        Self::read(world, &format!("{resource}/.default"))
    }
}

const GRAPH: &str = "https://graph.microsoft.com";

/// `https://host//.default` asks for the resource `https://host/`.
fn split(scope: &str) -> (&str, &str) {
    scope.rsplit_once('/').unwrap_or((GRAPH, scope))
}

/// The scopes a token for this wish carries: never more than the administrator granted.
pub(crate) fn granted(world: &World, client: &Client, wish: &Wish) -> Result<BTreeSet<String>, Fault> {
    let held = held(world, client, wish.resource);
    match &wish.names {
        None if held.is_empty() => Err(unconsented(client)),
        None => Ok(held),
        Some(names) => {
            exposed(world, client, wish, names)?;
            if names.is_subset(&held) {
                Ok(names.clone())
            } else {
                Err(unconsented(client))
            }
        }
    }
}

fn held(world: &World, client: &Client, resource: Resource) -> BTreeSet<String> {
    if client.app.is_none() {
        return preauthorised(world, client, resource);
    }
    let tenant = world.tenant();
    let apps = &tenant.directory.apps;
    if resource == Resource::App(client.id) {
        return apps
            .get(&client.id)
            .map(|app| app.exposed_scopes.clone())
            .unwrap_or_default();
    }
    let grants = tenant.directory.delegated_grants.iter();
    grants
        .filter(|grant| grant.client == client.id && grant.resource == resource.app_id())
        .flat_map(|grant| grant.scopes.iter().cloned())
        .collect()
}

/// What an administrator consented to for everybody who works by a command line; what each then may is his own roles'.
const BY_COMMAND_LINE: [&str; 3] = ["Application.ReadWrite.All", "Directory.Read.All", "User.Read"];

/// What Microsoft lets the SPFx runtime's own client have: itself to start with, and the principal of the tenant's web
/// parts. The command line has what was consented to.
fn preauthorised(world: &World, client: &Client, resource: Resource) -> BTreeSet<String> {
    let principal = obo::principal(world).map(Resource::App);
    let scope = match resource {
        Resource::Service(Audience::Graph) if client.id == GRAPH_COMMAND_LINE => {
            return BY_COMMAND_LINE.into_iter().map(str::to_owned).collect();
        }
        _ if client.id != WEB_CLIENT_EXTENSIBILITY => return BTreeSet::new(),
        Resource::Service(Audience::Graph) => "User.Read",
        resource if principal == Some(resource) => "user_impersonation",
        _ => return BTreeSet::new(),
    };
    BTreeSet::from([scope.to_owned()])
}

fn exposed(world: &World, client: &Client, wish: &Wish, names: &BTreeSet<String>) -> Result<(), Fault> {
    let Resource::App(id) = wish.resource else {
        return Ok(());
    };
    let tenant = world.tenant();
    let app = tenant.directory.apps.get(&id);
    let missing = app.and_then(|app| names.difference(&app.exposed_scopes).next());
    missing.map_or(Ok(()), |name| {
        let text = format!(
            "The application '{}' asked for scope '{name}' that doesn't exist on the resource '{}'.",
            client.name, wish.named
        );
        Err(Fault::new(400, "invalid_scope", 650_053, text))
    })
}

fn unconsented(client: &Client) -> Fault {
    let (id, name) = (client.id.0, &client.name);
    let text = format!(
        "The user or administrator has not consented to use the application with ID '{id}' named '{name}'. Send an interactive authorization request for this user and resource."
    );
    Fault::grant(65001, text)
}
