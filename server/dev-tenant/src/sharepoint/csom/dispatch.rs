//! From a member name to what stands behind it.

use super::argument::Arguments;
use super::object::{Object, Outcome, Property};
use super::objects::{
    assignments, attachments, changes, fields, files, item, list, lists, people, roles, versions, views, web,
};
use super::parameter::Value;
use super::refusal::not_modelled;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;

/// Reads a property as the caller.
pub(super) fn property(session: &Session<'_>, object: &Object, name: &str) -> Result<Property, Fault> {
    let found = match object {
        Object::Context => web::context_property(name),
        Object::Site => web::site_property(session, name),
        Object::Web(_) => web::property(session, name)?,
        Object::Folder(list, folder) => files::folder_property(session, *list, *folder, name)?,
        Object::File(list, item) => files::file_property(session, *list, *item, name)?,
        Object::List(list, _) => list::property(session, *list, name)?,
        Object::Items(items) => lists::items_property(items, name),
        Object::Position(position) => lists::position_property(position, name),
        Object::Item(handle) => item::property(session, handle, name)?,
        Object::Version(list, item, id) => versions::property(session, *list, *item, *id, name)?,
        Object::Attachment(list, item, file) => attachments::property(session, *list, *item, file, name)?,
        Object::Field(list, id, pending) => fields::property(session, *list, *id, pending.as_deref(), name)?,
        Object::View(list, id, pending) => views::property(session, *list, *id, pending.as_deref(), name)?,
        Object::ContentType(list, id) => lists::content_type_property(session, *list, id, name)?,
        Object::RoleDefinition(id) => roles::property(session, *id, name)?,
        Object::RoleAssignment(securable, principal, _) => {
            assignments::property(session, *securable, *principal, name)?
        }
        Object::Principal(id) => people::property(session, *id, name)?,
        Object::Change(change) => changes::property(session, change, name),
        _ => None,
    };
    found.ok_or_else(|| not_modelled("property", object.type_name(), name))
}

/// Calls a method as the caller.
pub(super) fn method(
    session: &mut Session<'_>,
    object: &mut Object,
    name: &str,
    arguments: &Arguments,
    version: Option<&str>,
) -> Result<Outcome, Fault> {
    let found = match object {
        Object::Web(pending) => web::method(session, pending, name, arguments)?,
        Object::Lists => lists::method(session, name, arguments)?,
        Object::List(list, pending) => list::method(session, *list, pending, name, arguments)?,
        Object::Items(items) => lists::items_method(items, name, arguments)?,
        Object::Item(handle) => item::method(session, handle, name, arguments, version)?,
        Object::File(list, item) | Object::Folder(list, Some(item)) => {
            files::method(session, *list, *item, name, arguments)?
        }
        Object::Versions(list, item) => versions::method(session, *list, *item, name, arguments)?,
        Object::Version(list, item, id) => versions::version_method(session, *list, *item, *id, name)?,
        Object::Attachments(list, item) => attachments::method(session, *list, *item, name, arguments)?,
        Object::Attachment(list, item, file) => {
            attachments::attachment_method(session, *list, *item, file, name)?
        }
        Object::Fields(list) => fields::method(session, *list, name, arguments)?,
        Object::Field(list, id, pending) => fields::field_method(session, *list, *id, pending, name)?,
        Object::Views(list) => views::method(session, *list, name, arguments)?,
        Object::View(list, id, pending) => views::view_method(session, *list, *id, pending, name)?,
        Object::ViewFields(list, id) => views::view_fields_method(session, *list, *id, name, arguments)?,
        Object::RoleDefinitions => roles::method(session, name, arguments)?,
        Object::RoleDefinition(id) => roles::definition_method(session, *id, name)?,
        Object::Bindings(levels) => roles::bindings_method(levels, name, arguments)?,
        Object::RoleAssignments(securable) => assignments::method(session, *securable, name, arguments)?,
        Object::RoleAssignment(securable, principal, pending) => {
            assignments::assignment_method(session, *securable, *principal, pending, name, arguments)?
        }
        Object::SiteUsers => people::users_method(session, name, arguments)?,
        Object::SiteGroups => people::groups_method(session, name, arguments)?,
        Object::GroupUsers(group) => people::members_method(session, *group, name, arguments)?,
        Object::ContentTypes(list) => lists::content_types_method(session, *list, name, arguments)?,
        _ => None,
    };
    found.ok_or_else(|| not_modelled("method", object.type_name(), name))
}

/// Sets a property; most wait for `Update`.
pub(super) fn set(
    session: &Session<'_>,
    object: &mut Object,
    name: &str,
    value: &Value,
) -> Result<(), Fault> {
    let known = match object {
        Object::Web(pending) => web::set(session, pending, name, value)?,
        Object::List(list, pending) => list::set(session, *list, pending, name, value)?,
        Object::Field(list, id, pending) => fields::set(session, *list, *id, pending, name, value)?,
        Object::View(list, id, pending) => views::set(session, *list, *id, pending, name, value)?,
        _ => false,
    };
    if known {
        Ok(())
    } else {
        Err(not_modelled("settable property", object.type_name(), name))
    }
}
