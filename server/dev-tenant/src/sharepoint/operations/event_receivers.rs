//! Remote event receivers of a list.

use uuid::Uuid;

use super::fault::Fault;
use super::session::Session;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::event_receiver::EventReceiver;
use crate::sharepoint::state::ids::ListId;

pub fn find<'a>(session: &'a Session<'_>, list: ListId, id: Uuid) -> Result<&'a EventReceiver, Fault> {
    let mut all = session.list(list)?.event_receivers.iter();
    all.find(|receiver| receiver.id == id)
        .ok_or_else(Fault::file_not_found)
}

/// Registers a receiver; `receiver.id` is given here.
///
/// # Errors
/// 403 without ManageLists, 400 for an address that is not https.
pub fn create(session: &mut Session<'_>, list: ListId, receiver: EventReceiver) -> Result<Uuid, Fault> {
    session.require_list(session.list(list)?, BasePermissions::MANAGE_LISTS)?;
    if !url::Url::parse(&receiver.url).is_ok_and(|url| url.scheme() == "https") {
        return Err(Fault::argument("ReceiverUrl must be an https address."));
    }
    let id = session.tenant.ids.uuid();
    let effect = format!(
        "create-event-receiver:{}:{}",
        session.list(list)?.name(),
        receiver.name
    );
    let receiver = EventReceiver { id, ..receiver };
    session.list_mut(list)?.event_receivers.push(receiver);
    session.record(&effect);
    Ok(id)
}

pub fn delete(session: &mut Session<'_>, list: ListId, id: Uuid) -> Result<(), Fault> {
    session.require_list(session.list(list)?, BasePermissions::MANAGE_LISTS)?;
    let name = find(session, list, id)?.name.clone();
    let effect = format!("delete-event-receiver:{}:{name}", session.list(list)?.name());
    session
        .list_mut(list)?
        .event_receivers
        .retain(|receiver| receiver.id != id);
    session.record(&effect);
    Ok(())
}
