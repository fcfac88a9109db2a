//! What happens to items, as event receivers hear of it.

use uuid::Uuid;

use super::asking::asking;
use super::receiver::{EventType, Receiver};
use super::soap::Verdict;
use crate::sharepoint::operations::fault::{Fault, SP_EXCEPTION};
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::change::{ChangeType, Changed};
use crate::sharepoint::state::ids::{ItemId, ListId, PrincipalId};
use crate::sharepoint::state::item::Values;

/// One event, with the person who causes it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Occurrence {
    pub(crate) event: EventType,
    pub(crate) list: ListId,
    pub(crate) list_title: String,
    /// 0 for an item that is not there yet.
    pub(crate) item: ItemId,
    pub(crate) before: Values,
    pub(crate) after: Values,
    pub(crate) web_url: String,
    pub(crate) language: u32,
    pub(crate) user: PrincipalId,
    pub(crate) user_login: String,
    pub(crate) user_name: String,
    pub(crate) correlation: Uuid,
}

/// "The request was cancelled by an event receiver" (0x81020089); number and status are not documented.
fn cancelled(message: &str) -> Fault {
    Fault::new(500, -2_130_575_223, SP_EXCEPTION, message)
}

impl Session<'_> {
    /// Asks the receivers of a list before something happens to an item; `after` are the values it is to have.
    ///
    /// # Errors
    /// The first time that the request must wait for their answer, afterwards their veto.
    pub(crate) fn consent(
        &mut self,
        event: EventType,
        list: ListId,
        item: Option<ItemId>,
        after: &Values,
    ) -> Result<(), Fault> {
        if self.receivers(event, list).is_empty() {
            return Ok(());
        }
        let occurrence = self.occurrence(event, list, item.unwrap_or(ItemId(0)), after.clone())?;
        let request = self.request_id;
        let Some(farm) = &mut self.site_mut().farm else {
            return Ok(());
        };
        match farm.answered.remove(&request) {
            Some((asked, verdict)) if asked == occurrence => match verdict {
                Verdict::Continue => Ok(()),
                Verdict::Cancel(message) => Err(cancelled(&message)),
            },
            _ => {
                farm.asking.insert(request, occurrence);
                Err(asking())
            }
        }
    }

    /// Notes for the receivers of a list what has happened to an item.
    pub(crate) fn tell(&mut self, change: ChangeType, changed: &Changed) {
        let event = match change {
            ChangeType::Add => EventType::ItemAdded,
            ChangeType::Update | ChangeType::SystemUpdate => EventType::ItemUpdated,
            ChangeType::Delete => EventType::ItemDeleted,
            _ => return,
        };
        let Changed::Item { list, item, .. } = *changed else {
            return;
        };
        let receivers = self.receivers(event, list);
        if receivers.is_empty() {
            return;
        }
        let found = self
            .site()
            .lists
            .get(&list)
            .and_then(|list| list.items.get(&item));
        let after = found
            .map(|item| item.current().values.clone())
            .unwrap_or_default();
        let Ok(occurrence) = self.occurrence(event, list, item, after) else {
            return;
        };
        if let Some(farm) = &mut self.site_mut().farm {
            farm.due.extend(
                receivers
                    .into_iter()
                    .map(|receiver| (receiver.url, occurrence.clone())),
            );
        }
    }

    /// The receivers of an event, in their order.
    fn receivers(&self, event: EventType, list: ListId) -> Vec<Receiver> {
        let Some(farm) = &self.site().farm else {
            return Vec::new();
        };
        let all = farm.receivers.values();
        let mut found: Vec<Receiver> = all
            .filter(|one| one.event == event && one.list == list)
            .cloned()
            .collect();
        found.sort_by_key(|receiver| receiver.sequence);
        found
    }

    fn occurrence(
        &self,
        event: EventType,
        list: ListId,
        item: ItemId,
        after: Values,
    ) -> Result<Occurrence, Fault> {
        let site = self.site();
        let target = site.lists.get(&list).ok_or_else(Fault::list_id_not_found)?;
        let user = site.users.get(&self.author());
        let past = target.items.get(&item).and_then(|item| {
            let back = if event.is_before() { 1 } else { 2 };
            item.versions.iter().rev().nth(back - 1)
        });
        Ok(Occurrence {
            event,
            list,
            list_title: target.title.clone(),
            item,
            before: past.map(|version| version.values.clone()).unwrap_or_default(),
            after,
            web_url: self.web_url(),
            language: site.language,
            user: self.author(),
            user_login: user.map(|user| user.login_name.clone()).unwrap_or_default(),
            user_name: user.map(|user| user.title.clone()).unwrap_or_default(),
            correlation: self.request_id,
        })
    }
}
