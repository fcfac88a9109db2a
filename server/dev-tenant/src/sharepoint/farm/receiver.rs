//! Remote event receivers of a list: making, finding, taking away.

use serde::Serialize;
use url::Url;
use uuid::Uuid;

use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::ids::ListId;

/// `SP.EventReceiverType`, those of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum EventType {
    ItemAdding = 1,
    ItemUpdating = 2,
    ItemDeleting = 3,
    ItemAdded = 10001,
    ItemUpdated = 10002,
    ItemDeleted = 10003,
}

impl EventType {
    const ALL: [Self; 6] = [
        Self::ItemAdding,
        Self::ItemUpdating,
        Self::ItemDeleting,
        Self::ItemAdded,
        Self::ItemUpdated,
        Self::ItemDeleted,
    ];

    pub fn numbered(number: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|event| *event as u32 == number)
    }

    /// Asked before it happens; the others are told afterwards.
    pub fn is_before(self) -> bool {
        matches!(self, Self::ItemAdding | Self::ItemUpdating | Self::ItemDeleting)
    }
}

/// `EventReceiverSynchronization`: 1 = synchronous, 2 = asynchronous.
pub(crate) const SYNCHRONOUS: u32 = 1;
pub(crate) const ASYNCHRONOUS: u32 = 2;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receiver {
    pub id: Uuid,
    pub list: ListId,
    pub event: EventType,
    pub name: String,
    pub url: String,
    pub sequence: u32,
}

impl Receiver {
    pub(crate) fn synchronization(&self) -> u32 {
        if self.event.is_before() {
            SYNCHRONOUS
        } else {
            ASYNCHRONOUS
        }
    }
}

/// What a client asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewReceiver {
    pub(crate) event: u32,
    pub(crate) name: String,
    pub(crate) url: String,
    pub(crate) sequence: u32,
    pub(crate) synchronization: Option<u32>,
}

/// # Errors
/// 403 without the right to manage the list, 400 for an event or address that cannot be, 501 for what is not modelled.
pub(crate) fn create(session: &mut Session<'_>, list: ListId, new: NewReceiver) -> Result<Uuid, Fault> {
    require(session, list)?;
    let Some(event) = EventType::numbered(new.event) else {
        return Err(not_modelled(&format!(
            "event receivers of the type {}",
            new.event
        )));
    };
    let natural = if event.is_before() {
        SYNCHRONOUS
    } else {
        ASYNCHRONOUS
    };
    if new
        .synchronization
        .is_some_and(|asked| asked != 0 && asked != natural)
    {
        return Err(not_modelled(&format!(
            "{event:?} with another Synchronization than {natural}"
        )));
    }
    let url = Url::parse(&new.url)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"));
    if url.is_none_or(|url| url.host().is_none()) {
        return Err(Fault::argument("The ReceiverUrl is no absolute address."));
    }
    let id = session.tenant.ids.uuid();
    let effect = format!(
        "create-event-receiver:{}:{}",
        session.list(list)?.name(),
        new.name
    );
    let receiver = Receiver {
        id,
        list,
        event,
        name: new.name,
        url: new.url,
        sequence: new.sequence,
    };
    if let Some(farm) = &mut session.site_mut().farm {
        farm.receivers.insert(id, receiver);
    }
    session.record(&effect);
    Ok(id)
}

pub(crate) fn delete(session: &mut Session<'_>, list: ListId, id: Uuid) -> Result<(), Fault> {
    find(session, list, id)?;
    if let Some(farm) = &mut session.site_mut().farm {
        farm.receivers.remove(&id);
    }
    let effect = format!("delete-event-receiver:{}:{id}", session.list(list)?.name());
    session.record(&effect);
    Ok(())
}

pub(crate) fn of_list<'a>(session: &'a Session<'_>, list: ListId) -> Result<Vec<&'a Receiver>, Fault> {
    require(session, list)?;
    let all = session
        .site()
        .farm
        .iter()
        .flat_map(|farm| farm.receivers.values());
    Ok(all.filter(|receiver| receiver.list == list).collect())
}

pub(crate) fn find<'a>(session: &'a Session<'_>, list: ListId, id: Uuid) -> Result<&'a Receiver, Fault> {
    let found = of_list(session, list)?
        .into_iter()
        .find(|receiver| receiver.id == id);
    found.ok_or_else(|| {
        Fault::new(
            404,
            -1,
            crate::sharepoint::operations::fault::ARGUMENT,
            "Event receiver not found.",
        )
    })
}

fn require(session: &Session<'_>, list: ListId) -> Result<(), Fault> {
    session.require_list(session.list(list)?, BasePermissions::MANAGE_LISTS)
}

fn not_modelled(what: &str) -> Fault {
    Fault::new(
        501,
        -1,
        "NotModelled",
        format!("The dev tenant does not model {what}."),
    )
}
