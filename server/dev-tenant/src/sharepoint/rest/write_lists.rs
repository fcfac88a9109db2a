//! Writes on lists, columns, views and subscriptions.

use serde_json::{Map, Value, json};

use super::body;
use super::changes;
use super::list_body;
use super::outcome::Outcome;
use super::path::Segment;
use super::resource::Resource;
use super::write::{Verb, Write, not_allowed};
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::lists::{self, NewList};
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::operations::subscriptions::{self, NewSubscription};
use crate::sharepoint::operations::{field_schema, fields, list_settings, view_fields, views};
use crate::sharepoint::state::ids::{ListId, ViewId};

pub(super) fn function(
    session: &mut Session<'_>,
    target: &Resource,
    asked: &Segment,
    write: &Write<'_>,
) -> Result<Option<Outcome>, Fault> {
    let outcome = match (target, asked.name.as_str()) {
        (Resource::List(list), "recycle") => {
            Outcome::Value("Recycle".to_owned(), json!(lists::recycle(session, *list)?))
        }
        (Resource::List(list), "deleteobject") => {
            lists::delete(session, *list)?;
            Outcome::Done
        }
        (Resource::List(list), "getchanges") => changes::answer(session, Some(*list), &write.body()?)?,
        (Resource::Fields(list), "createfieldasxml") => {
            let parameters = body::inner(&write.body()?, "parameters");
            let options = body::whole(&parameters, "Options").unwrap_or(0);
            let fresh = session.tenant.ids.uuid();
            let field = field_schema::parse(&body::text(&parameters, "SchemaXml")?, options, fresh)?;
            let in_view = options & field_schema::TO_DEFAULT_VIEW != 0;
            let id = fields::create(session, *list, field, in_view)?;
            Outcome::Found(Resource::Field(*list, id))
        }
        (Resource::Fields(list), "addfield") => {
            let parameters = body::inner(&write.body()?, "parameters");
            create_field(session, *list, &parameters)?
        }
        (Resource::Views(list), "add") => {
            let parameters = body::inner(&write.body()?, "parameters");
            Outcome::Found(list_body::create_view(session, *list, &parameters)?)
        }
        (Resource::ViewFields(list, view), _) => {
            let known = view_fields_function(session, (*list, *view), asked, write)?;
            return Ok(known.then(|| Outcome::Void(asked.original.clone())));
        }
        _ => return Ok(None),
    };
    Ok(Some(outcome))
}

/// Answers whether it is a function of a view's columns.
fn view_fields_function(
    session: &mut Session<'_>,
    (list, view): (ListId, ViewId),
    asked: &Segment,
    write: &Write<'_>,
) -> Result<bool, Fault> {
    match asked.name.as_str() {
        "addviewfield" => view_fields::add(session, list, view, asked.required("strfield", 0)?)?,
        "removeviewfield" => view_fields::remove(session, list, view, asked.required("strfield", 0)?)?,
        "removeallviewfields" => view_fields::remove_all(session, list, view)?,
        "moveviewfieldto" => {
            let body = write.body()?;
            let index = body::whole(&body, "index").unwrap_or(0);
            let index = usize::try_from(index).unwrap_or(usize::MAX);
            view_fields::move_to(session, list, view, &body::text(&body, "field")?, index)?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

pub(super) fn plain(
    session: &mut Session<'_>,
    target: &Resource,
    write: &Write<'_>,
) -> Result<Outcome, Fault> {
    match (target, write.verb) {
        (Resource::Lists, Verb::Post) => create_list(session, &write.body()?),
        (Resource::List(list), Verb::Merge | Verb::Put) => {
            let face = list_body::face(list_settings::current(session.list(*list)?), &write.body()?)?;
            list_settings::update(session, *list, face)?;
            let revision = session.list(*list).map(|list| format!("\"{}\"", list.revision));
            Ok(Outcome::Changed(revision.ok()))
        }
        (Resource::List(list), Verb::Delete) => {
            lists::delete(session, *list)?;
            Ok(Outcome::Done)
        }
        (Resource::Fields(list), Verb::Post) => create_field(session, *list, &write.body()?),
        (Resource::Field(list, id), Verb::Merge | Verb::Put) => {
            let field = session
                .list(*list)?
                .fields
                .iter()
                .find(|field| field.id == *id)
                .cloned();
            let field = field.ok_or_else(|| Fault::field_not_found(&id.to_string()))?;
            fields::update(session, *list, list_body::field(field, &write.body()?)?)?;
            Ok(Outcome::Changed(None))
        }
        (Resource::Field(list, id), Verb::Delete) => {
            fields::delete(session, *list, *id)?;
            Ok(Outcome::Done)
        }
        (Resource::Views(list), Verb::Post) => Ok(Outcome::Created(list_body::create_view(
            session,
            *list,
            &write.body()?,
        )?)),
        (Resource::View(list, id), Verb::Merge) => {
            list_body::update_view(session, *list, *id, &write.body()?)?;
            Ok(Outcome::Changed(None))
        }
        (Resource::View(list, id), Verb::Delete) => {
            views::delete(session, *list, *id)?;
            Ok(Outcome::Done)
        }
        _ => plain_subscription(session, target, write),
    }
}

fn plain_subscription(
    session: &mut Session<'_>,
    target: &Resource,
    write: &Write<'_>,
) -> Result<Outcome, Fault> {
    match (target, write.verb) {
        (Resource::Subscriptions(list), Verb::Post) => {
            let new = subscription(&write.body()?, None)?;
            let id = subscriptions::create(session, *list, new)?;
            Ok(Outcome::Created(Resource::Subscription(*list, id)))
        }
        (Resource::Subscription(list, id), Verb::Merge) => {
            let present = subscriptions::find(session, *list, *id)?.clone();
            let present = NewSubscription {
                notification_url: present.notification_url,
                client_state: present.client_state,
                expires: Some(present.expires),
            };
            subscriptions::update(session, *list, *id, subscription(&write.body()?, Some(present))?)?;
            Ok(Outcome::Changed(None))
        }
        (Resource::Subscription(list, id), Verb::Delete) => {
            subscriptions::delete(session, *list, *id)?;
            Ok(Outcome::Changed(None))
        }
        _ => Err(not_allowed()),
    }
}

fn create_list(session: &mut Session<'_>, body: &Map<String, Value>) -> Result<Outcome, Fault> {
    let new = NewList {
        title: body::text(body, "Title")?,
        description: body::optional_text(body, "Description").unwrap_or_default(),
        base_template: body::whole(body, "BaseTemplate").unwrap_or(100),
        url: None,
    };
    let id = lists::create(session, new)?;
    let face = list_body::face(list_settings::current(session.list(id)?), body)?;
    if face != list_settings::current(session.list(id)?) {
        list_settings::update(session, id, face)?;
    }
    Ok(Outcome::Created(Resource::List(id)))
}

fn create_field(
    session: &mut Session<'_>,
    list: ListId,
    body: &Map<String, Value>,
) -> Result<Outcome, Fault> {
    let field = list_body::new_field(session.tenant.ids.uuid(), body)?;
    let id = fields::create(session, list, field, false)?;
    Ok(Outcome::Created(Resource::Field(list, id)))
}

fn subscription(
    body: &Map<String, Value>,
    present: Option<NewSubscription>,
) -> Result<NewSubscription, Fault> {
    let expires = body::optional_text(body, "expirationDateTime");
    let expires = expires
        .map(|text| text.parse().or_else(|_| format!("{text}Z").parse()))
        .transpose()
        .map_err(|_| Fault::argument("The expirationDateTime is no date."))?;
    let url = body::optional_text(body, "notificationUrl");
    let url = url.or_else(|| present.as_ref().map(|present| present.notification_url.clone()));
    Ok(NewSubscription {
        notification_url: url.ok_or_else(|| Fault::argument("The parameter notificationUrl is missing."))?,
        client_state: body::optional_text(body, "clientState")
            .or_else(|| present.as_ref().and_then(|present| present.client_state.clone())),
        expires: expires.or_else(|| present.and_then(|present| present.expires)),
    })
}
