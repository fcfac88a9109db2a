//! Reading users.

use serde_json::{Value, json};

use super::show::{DEFAULT, show, show_where};
use crate::directory::{Directory, User};
use crate::graph::fault::Fault;
use crate::graph::filter::{self, Filter};
use crate::graph::groups;
use crate::graph::model::Entity;
use crate::graph::options::Options;
use crate::graph::page::{self, Collection};
use crate::graph::permission::{READ_MEMBER_OF, READ_TRANSITIVE_MEMBER_OF, READ_USERS};
use crate::graph::request::{Outcome, Request, entity};

pub(crate) const USERS: Collection<'static> = Collection {
    resource: "user",
    context: "users",
    default: DEFAULT,
};

pub(crate) fn list(request: &Request) -> Outcome {
    request.may(READ_USERS)?;
    let tenant = request.world.tenant();
    let wanted = page::request_filter(request)?;
    let entities = tenant
        .directory
        .users
        .values()
        .filter(|user| user.is_seen(request.now) && wanted.as_ref().is_none_or(|filter| holds(filter, user)))
        .map(|user| expanded(request, &tenant.directory, user))
        .collect::<Result<Vec<_>, _>>()?;
    page::directory(request, USERS, entities)
}

/// Whoever looks for one person of many does not have all the others written out.
fn holds(filter: &Filter, user: &User) -> bool {
    let asked = show_where(user, |name| filter.names(name));
    filter::holds(filter, &Value::Object(asked))
}

pub(crate) fn one(request: &Request, key: &str) -> Outcome {
    let tenant = request.world.tenant();
    let found = super::find(&tenant.directory, request.now, key);
    match &found {
        Ok(user) => request.may_read_user(user.id, READ_USERS)?,
        Err(_) => request.may(READ_USERS)?,
    }
    let user = found?;
    let full = expanded(request, &tenant.directory, user)?;
    let shown = page::select(&full, "user", &request.options.select, DEFAULT)?;
    Ok(entity(
        200,
        "users/$entity",
        page::with_expanded(request, &full, shown),
    ))
}

/// The user with his manager when `$expand` asks for him.
fn expanded(request: &Request, directory: &Directory, user: &User) -> Result<Entity, Fault> {
    let mut full = show(user);
    if let Some(unknown) = request
        .options
        .expand
        .iter()
        .find(|expand| expand.name != "manager")
    {
        return Err(Fault::NotModelled(format!("$expand={} of users", unknown.name)));
    }
    let Some(expand) = request.options.expansion("manager") else {
        return Ok(full);
    };
    let inner = Options::parse(&expand.inner.replace(';', "&"))?;
    let manager = user
        .manager
        .and_then(|id| directory.users.get(&id))
        .filter(|manager| manager.deleted.is_none());
    if let Some(manager) = manager {
        let mut shown = page::select(&show(manager), "user", &inner.select, DEFAULT)?;
        shown.insert("@odata.type".to_owned(), "#microsoft.graph.user".into());
        full.insert("manager".to_owned(), Value::Object(shown));
    }
    Ok(full)
}

pub(crate) fn member_of(request: &Request, key: &str, transitive: bool) -> Outcome {
    let tenant = request.world.tenant();
    request.may(if transitive {
        READ_TRANSITIVE_MEMBER_OF
    } else {
        READ_MEMBER_OF
    })?;
    let user = super::find(&tenant.directory, request.now, key)?;
    let entities = groups::containing(&tenant.directory, user.id, transitive)
        .into_iter()
        .map(|group| {
            let mut shown = groups::show::show(group);
            shown.insert("@odata.type".to_owned(), json!("#microsoft.graph.group"));
            shown
        })
        .collect();
    let collection = Collection {
        resource: "group",
        context: "directoryObjects",
        default: &[],
    };
    page::directory(request, collection, entities)
}
