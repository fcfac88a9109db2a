//! Writing the change log, and waking the subscriptions of a list.

use super::session::Session;
use crate::sharepoint::state::change::{Change, ChangeType, Changed};
use crate::sharepoint::state::ids::ListId;
use crate::sharepoint::state::item::Item;

impl Changed {
    pub fn item(list: ListId, item: &Item) -> Self {
        Self::Item {
            list,
            item: item.id,
            unique_id: item.unique_id,
        }
    }
}

impl Session<'_> {
    /// Appends to the change log. Item content changes also start the webhooks of the list.
    pub(crate) fn log(&mut self, change_type: ChangeType, changed: Changed) {
        self.tell(change_type, &changed);
        let at = self.at;
        self.tenant.sharepoint.last_event += 1;
        let event = self.tenant.sharepoint.last_event;
        let notified = change_type.is_content() && matches!(changed, Changed::Item { .. });
        let list = changed.list();
        let site = self.site_mut();
        site.changes.push(Change {
            event,
            at,
            change_type,
            changed,
        });
        for subscription in site.subscriptions.values_mut() {
            if notified && list == Some(subscription.list) {
                subscription.pending_since.get_or_insert(at);
            }
        }
    }
}

impl ChangeType {
    /// Whether the change is one of those that webhooks tell: adding, updating, deleting, restoring.
    pub fn is_content(self) -> bool {
        matches!(
            self,
            Self::Add | Self::Update | Self::Delete | Self::Restore | Self::SystemUpdate
        )
    }
}
