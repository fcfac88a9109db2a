//! Writes on the web, its people and groups, and the recycle bin.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::body;
use super::changes;
use super::outcome::Outcome;
use super::path::Segment;
use super::resource::Resource;
use super::write::{Verb, Write, not_allowed};
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::operations::{groups, people, recycle_bin, web_settings};
use crate::sharepoint::state::ids::PrincipalId;

pub(super) fn function(
    session: &mut Session<'_>,
    target: &Resource,
    asked: &Segment,
    write: &Write<'_>,
) -> Result<Option<Outcome>, Fault> {
    let outcome = match (target, asked.name.as_str()) {
        (Resource::Web, "ensureuser") => {
            let body = write.body()?;
            let login = asked.argument("logonname", 0).map(str::to_owned);
            let login = login.map_or_else(|| body::text(&body, "logonName"), Ok)?;
            Outcome::Found(Resource::User(people::ensure(session, &login)?))
        }
        (Resource::Web, "ensureuserbyobjectid") => {
            let (object, tenant, kind) = object_asked(asked, &write.body()?)?;
            Outcome::Found(Resource::User(people::ensure_object(
                session, object, tenant, kind,
            )?))
        }
        (Resource::Web, "getchanges") => changes::answer(session, None, &write.body()?)?,
        (Resource::Groups, "removebyid") => {
            groups::delete(session, PrincipalId(asked.number("id", 0)?))?;
            Outcome::Void(asked.original.clone())
        }
        (Resource::GroupUsers(group), "removebyid") => {
            groups::remove_member(session, *group, PrincipalId(asked.number("id", 0)?))?;
            Outcome::Void(asked.original.clone())
        }
        (Resource::GroupUsers(group), "removebyloginname") => {
            let login = asked.required("loginname", 0)?;
            let user = session.site().user_by_login(login).map(|user| user.id);
            groups::remove_member(session, *group, user.ok_or_else(|| Fault::user_not_found(login))?)?;
            Outcome::Void(asked.original.clone())
        }
        (Resource::Recycled(id), "restore") => {
            recycle_bin::restore(session, *id)?;
            Outcome::Void(asked.original.clone())
        }
        (Resource::Recycled(id), "deleteobject") => {
            recycle_bin::purge(session, *id)?;
            Outcome::Void(asked.original.clone())
        }
        _ => return Ok(None),
    };
    Ok(Some(outcome))
}

/// Object id, tenant id and principal type, as arguments or in the body.
fn object_asked(asked: &Segment, body: &Map<String, Value>) -> Result<(Uuid, Uuid, u32), Fault> {
    if !asked.arguments.is_empty() {
        let kind = asked.number("principaltype", 2)?;
        return Ok((asked.guid("objectid", 0)?, asked.guid("tenantid", 1)?, kind));
    }
    let guid = |name: &str| super::navigate::parse_guid(&body::text(body, name)?);
    let kind = body::whole(body, "principalType");
    let kind = kind.ok_or_else(|| Fault::argument("The parameter principalType is missing."))?;
    Ok((guid("objectId")?, guid("tenantId")?, kind))
}

pub(super) fn plain(
    session: &mut Session<'_>,
    target: &Resource,
    write: &Write<'_>,
) -> Result<Outcome, Fault> {
    match (target, write.verb) {
        (Resource::Web, Verb::Merge | Verb::Put) => {
            let (mut face, body) = (web_settings::current(session.site()), write.body()?);
            face.title = body::optional_text(&body, "Title").unwrap_or(face.title);
            face.description = body::optional_text(&body, "Description").unwrap_or(face.description);
            web_settings::update(session, face)?;
            Ok(Outcome::Changed(None))
        }
        (Resource::Groups, Verb::Post) => {
            let body = write.body()?;
            let description = body::optional_text(&body, "Description").unwrap_or_default();
            let id = groups::create(session, &body::text(&body, "Title")?, &description)?;
            Ok(Outcome::Created(Resource::Group(id)))
        }
        (Resource::GroupUsers(group), Verb::Post) => {
            let login = body::text(&write.body()?, "LoginName")?;
            let user = people::ensure(session, &login)?;
            groups::add_member(session, *group, user)?;
            Ok(Outcome::Created(Resource::User(user)))
        }
        _ => Err(not_allowed()),
    }
}
