//! The change log of a site, found by event number without reading it all.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::change::Change;
use super::ids::ListId;

/// Changes in the order of their event numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChangeLog {
    all: Vec<Change>,
    /// Places in `all` of what concerns each list.
    of_list: BTreeMap<ListId, Vec<usize>>,
}

impl Serialize for ChangeLog {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.all.serialize(serializer)
    }
}

impl ChangeLog {
    /// Appends; events grow over all sites of the tenant.
    pub fn push(&mut self, change: Change) {
        if let Some(list) = change.changed.list() {
            self.of_list.entry(list).or_default().push(self.all.len());
        }
        self.all.push(change);
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Change> {
        self.all.iter()
    }

    /// Changes of the site, or of one list, from an event number on.
    pub fn from<'a>(
        &'a self,
        list: Option<ListId>,
        event: i64,
    ) -> Box<dyn DoubleEndedIterator<Item = &'a Change> + 'a> {
        let Some(list) = list else {
            let start = self.all.partition_point(|change| change.event < event);
            return Box::new(self.all[start..].iter());
        };
        let places = self.of_list.get(&list).map_or(&[][..], Vec::as_slice);
        let start = places.partition_point(|place| self.all[*place].event < event);
        Box::new(places[start..].iter().map(|place| &self.all[*place]))
    }
}
