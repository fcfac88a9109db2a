//! Resources as OData entities.

mod content_type;
mod definition;
mod file;
mod item;
mod list;
mod people;
mod site;

use serde_json::{Map, Value, json};

use super::resource::Resource;
use super::shape::Entity;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::operations::site_features;
use crate::sharepoint::state::base_permissions::BasePermissions;

pub(super) use item::{as_text as values_as_text, property_name};
pub(super) use list::entity_type_name;

/// The entity with its default properties.
pub(super) fn entity(session: &Session<'_>, resource: &Resource) -> Result<Entity, Fault> {
    match resource {
        Resource::Site => Ok(site::site(session)),
        Resource::Web => Ok(site::web(session)),
        Resource::Feature(id) => site::feature(session, *id),
        Resource::SiteContentType(id) => content_type::of_site(id),
        Resource::Recycled(id) => site::recycled(session, *id),
        Resource::List(id) => list::list(session, *id),
        Resource::Folder(list, folder) => file::folder(session, *list, *folder),
        Resource::ItemFile(list, id) => file::item_file(session, *list, *id),
        Resource::Field(list, id) => definition::field(session, *list, *id),
        Resource::View(list, id) => definition::view(session, *list, *id),
        Resource::ViewFields(list, id) => definition::view_fields(session, *list, *id),
        Resource::ContentType(list, id) => content_type::of_list(session, *list, id),
        Resource::EventReceiver(list, id) => definition::event_receiver(session, *list, *id),
        Resource::Subscription(list, id) => definition::subscription(session, *list, *id),
        Resource::Item(list, id) => item::item(session, *list, *id),
        Resource::Version(list, item, id) => item::version(session, *list, *item, *id),
        Resource::Attachment(list, item, name) => item::attachment(session, *list, *item, name),
        Resource::User(id) => people::user(session, *id),
        Resource::Group(id) => people::group(session, *id),
        Resource::RoleDefinition(id) => people::role(session, *id),
        Resource::RoleAssignment(securable, id) => people::assignment(session, *securable, *id),
        _ => Err(Fault::argument("The resource has no properties.")),
    }
}

/// A property that is only given when it is asked for by name.
pub(super) fn on_request(session: &Session<'_>, resource: &Resource, name: &str) -> Option<Value> {
    let securable = resource.securable();
    match (name, securable, resource) {
        ("HasUniqueRoleAssignments", Some(securable), _) => session
            .has_unique_assignments(securable)
            .ok()
            .map(|unique| json!(unique)),
        ("EffectiveBasePermissions", Some(securable), _) => session.permissions(securable).ok().map(mask),
        ("DisplayName", _, Resource::Feature(id)) => {
            let mut active = site_features::active(session.tenant);
            active
                .find(|feature| feature.id == *id)
                .map(|feature| json!(feature.name))
        }
        (_, _, Resource::Item(list, id)) => item::on_request(session, *list, *id, name),
        (_, _, Resource::List(list)) => list::on_request(session, *list, name),
        _ => None,
    }
}

/// One property as a resource of its own (`web/title`), by name without regard to case.
pub(super) fn scalar_property(session: &Session<'_>, resource: &Resource, name: &str) -> Option<Resource> {
    let properties = entity(session, resource).ok()?.properties;
    let (name, value) = properties
        .into_iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(name))?;
    Some(Resource::Scalar(name, value))
}

pub(super) fn mask(permissions: BasePermissions) -> Value {
    json!({"High": permissions.high().to_string(), "Low": permissions.low().to_string()})
}

fn map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// Seconds precision with `Z`, as SharePoint writes times.
pub(in crate::sharepoint::rest) fn time(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
