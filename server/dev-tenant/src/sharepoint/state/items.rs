//! The items of a list, with what finds them without looking at all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Bound, Index, RangeInclusive};

use serde::{Serialize, Serializer};

use super::field_key::{self, FieldKey};
use super::ids::ItemId;
use super::item::Item;

type ColumnIndex = BTreeMap<FieldKey, BTreeSet<ItemId>>;

/// Items change only through [`Items::change`], so that every index is right at any moment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Items {
    by_id: BTreeMap<ItemId, Item>,
    /// Folder and name in lower case.
    by_name: BTreeMap<(Option<ItemId>, String), ItemId>,
    by_column: BTreeMap<String, ColumnIndex>,
    unique_scopes: usize,
}

/// Items in the order of their numbers; indexes are not shown.
impl Serialize for Items {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.by_id.serialize(serializer)
    }
}

impl Index<&ItemId> for Items {
    type Output = Item;

    fn index(&self, id: &ItemId) -> &Item {
        &self.by_id[id]
    }
}

impl Items {
    pub fn get(&self, id: &ItemId) -> Option<&Item> {
        self.by_id.get(id)
    }

    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &ItemId> {
        self.by_id.keys()
    }

    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Item> {
        self.by_id.values()
    }

    pub fn range(&self, ids: RangeInclusive<ItemId>) -> impl DoubleEndedIterator<Item = &Item> {
        // An empty range is no range for a map.
        let some = ids.start() <= ids.end();
        let range = some.then(|| self.by_id.range(ids));
        range.into_iter().flatten().map(|(_, item)| item)
    }

    /// Items with permissions of their own: so many distinct scopes lie in the list.
    pub fn unique_scopes(&self) -> usize {
        self.unique_scopes
    }

    /// What lies in a folder (`None` = the root), folders included, by name.
    pub fn children(&self, folder: Option<ItemId>) -> impl Iterator<Item = ItemId> {
        let all = self.by_name.range((folder, String::new())..);
        all.take_while(move |((parent, _), _)| *parent == folder)
            .map(|(_, id)| *id)
    }

    /// The item or folder of a name in a folder, without regard to case.
    pub fn named(&self, folder: Option<ItemId>, leaf: &str) -> Option<&Item> {
        let id = self.by_name.get(&(folder, leaf.to_lowercase()))?;
        self.by_id.get(id)
    }

    /// The items whose indexed column holds a key; `None` = there is no such index.
    pub fn equal(&self, column: &str, key: &FieldKey) -> Option<&BTreeSet<ItemId>> {
        static NONE: BTreeSet<ItemId> = BTreeSet::new();
        let index = self.by_column.get(column)?;
        Some(index.get(key).unwrap_or(&NONE))
    }

    /// The items whose indexed column lies between two keys; `None` = there is no such index.
    pub fn between(
        &self,
        column: &str,
        low: Bound<FieldKey>,
        high: Bound<FieldKey>,
    ) -> Option<BTreeSet<ItemId>> {
        let index = self.by_column.get(column)?;
        let found = index.range((low, high)).flat_map(|(_, ids)| ids);
        Some(found.copied().collect())
    }

    pub fn insert(&mut self, item: Item) {
        self.remove(&item.id);
        self.enter(&item);
        self.by_id.insert(item.id, item);
    }

    pub fn remove(&mut self, id: &ItemId) -> Option<Item> {
        let item = self.by_id.remove(id)?;
        self.leave(&item);
        Some(item)
    }

    /// Changes an item; `None` when it is not there.
    pub fn change<T>(&mut self, id: ItemId, act: impl FnOnce(&mut Item) -> T) -> Option<T> {
        let mut item = self.remove(&id)?;
        let done = act(&mut item);
        self.insert(item);
        Some(done)
    }

    /// Changes every item.
    pub fn change_all(&mut self, mut act: impl FnMut(&mut Item)) {
        let ids: Vec<ItemId> = self.by_id.keys().copied().collect();
        for id in ids {
            self.change(id, &mut act);
        }
    }

    /// Keeps an index of these columns and of no others.
    pub fn index_columns(&mut self, wanted: &BTreeSet<String>) {
        self.by_column.retain(|column, _| wanted.contains(column));
        for column in wanted {
            if self.by_column.contains_key(column) {
                continue;
            }
            let mut index = ColumnIndex::new();
            for item in self.by_id.values() {
                for key in field_key::keys(item, column) {
                    index.entry(key).or_default().insert(item.id);
                }
            }
            self.by_column.insert(column.clone(), index);
        }
    }

    fn enter(&mut self, item: &Item) {
        self.by_name
            .insert((item.folder, item.leaf.to_lowercase()), item.id);
        self.unique_scopes += usize::from(item.scope.is_some());
        for (column, index) in &mut self.by_column {
            for key in field_key::keys(item, column) {
                index.entry(key).or_default().insert(item.id);
            }
        }
    }

    fn leave(&mut self, item: &Item) {
        let name = (item.folder, item.leaf.to_lowercase());
        if self.by_name.get(&name) == Some(&item.id) {
            self.by_name.remove(&name);
        }
        self.unique_scopes -= usize::from(item.scope.is_some());
        for (column, index) in &mut self.by_column {
            for key in field_key::keys(item, column) {
                let Some(ids) = index.get_mut(&key) else { continue };
                ids.remove(&item.id);
                if ids.is_empty() {
                    index.remove(&key);
                }
            }
        }
    }
}
