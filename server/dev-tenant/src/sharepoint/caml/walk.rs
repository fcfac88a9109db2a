//! A page in the order of item numbers: it is walked to, not cut out of all rows.

use super::page::Page;
use super::position::Position;
use crate::sharepoint::state::ids::ItemId;
use crate::sharepoint::state::part::Part;

pub(super) struct Walk {
    pub(super) descending: bool,
    pub(super) limit: usize,
    pub(super) position: Option<Position>,
}

impl Walk {
    /// `rows` gives up to one row more than the limit, from the part, downwards or upwards.
    pub(super) fn page(&self, part: &Part, rows: impl FnOnce(&Part, bool) -> Vec<ItemId>) -> Page {
        let backwards = self.position.as_ref().is_some_and(|position| position.backwards);
        let down = self.descending != backwards;
        let mut items = rows(&part.clone().and(self.beyond(down)), down);
        let more = items.len() > self.limit;
        items.truncate(self.limit);
        if backwards {
            items.reverse();
        }
        let first_row = self.position.as_ref().and_then(|position| position.first_row);
        let last = items.last().filter(|_| more || backwards);
        Page {
            next: last.map(|last| format!("Paged=TRUE&p_ID={last}")),
            before: first_row.unwrap_or(1).saturating_sub(1),
            items,
        }
    }

    /// What lies behind the position in the direction of the walk.
    fn beyond(&self, down: bool) -> Part {
        match &self.position {
            None => Part::ALL,
            Some(position) if down => match position.id.checked_sub(1) {
                Some(last) => Part::Range(0, last),
                None => Part::Range(1, 0),
            },
            Some(position) => Part::Range(position.id.saturating_add(1), u32::MAX),
        }
    }
}
