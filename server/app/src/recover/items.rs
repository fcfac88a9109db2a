//! The items of all lists of applications, by what they say of themselves.

use std::collections::HashMap;

use m365::sharepoint::{Item, ItemQuery, List};
use serde_json::Value;
use store::{ApplicationId, Fold, Ordinal, SealedItem};

use super::marks;
use crate::service::Service;
use crate::shards;

/// `FileSystemObjectType` of a folder's own item.
const FOLDER: i64 = 1;
/// Items asked for at once: whether permissions are an item's own is dear, so fewer than SharePoint would give.
const PAGE: u32 = 1_000;

#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) at: SealedItem,
    pub(super) number: String,
    /// The row of the inbox that it was made from.
    pub(super) inbox_row: Option<i64>,
    /// The folder that it lies in, if it has no permissions of its own.
    pub(super) inherits: Option<String>,
    correlation: String,
    taken: bool,
}

#[derive(Debug, Default)]
pub(super) struct Items {
    all: Vec<Found>,
    folds: Vec<Fold>,
    by_application: HashMap<String, usize>,
    by_inbox_row: HashMap<i64, usize>,
}

impl Items {
    /// Every list whose address begins like that of the first one.
    pub(super) async fn find(service: &Service) -> Result<Self, m365::Error> {
        let mut items = Self::default();
        let first = shards::url(Ordinal::FIRST);
        for address in service.site.list_addresses().await? {
            if !address.starts_with(&first) {
                continue;
            }
            let list = service.list_at(&address);
            for item in list.items(&query()).await? {
                match fold(&address, &item) {
                    Some(fold) => items.folds.push(fold),
                    None => items.add(Found::of((&list, &address), &marks::ours(&list, item).await?)?),
                }
            }
        }
        Ok(items)
    }

    /// Our folders of all lists.
    pub(super) fn folds(&self) -> &[Fold] {
        &self.folds
    }

    fn add(&mut self, found: Found) {
        let at = self.all.len();
        self.by_application.entry(found.correlation.clone()).or_insert(at);
        if let Some(row) = found.inbox_row {
            self.by_inbox_row.entry(row).or_insert(at);
        }
        self.all.push(found);
    }

    /// The application's item: the one of which both marks say so, before others of which one does.
    pub(super) fn take(&mut self, id: &ApplicationId, inbox_row: Option<i64>) -> Option<Found> {
        let by_row = inbox_row.and_then(|row| self.by_inbox_row.get(&row));
        let agreed = by_row.filter(|at| self.all[**at].correlation == id.as_str());
        let marks = [agreed, self.by_application.get(id.as_str()), by_row];
        let free = marks.into_iter().flatten().find(|at| !self.all[**at].taken);
        let found = &mut self.all[*free?];
        found.taken = true;
        Some(found.clone())
    }

    /// Those that belong to no application of the history.
    pub(super) fn left(&self) -> impl Iterator<Item = &Found> {
        self.all.iter().filter(|found| !found.taken)
    }
}

fn query() -> ItemQuery {
    ItemQuery::select(&[
        "PFCorrelation",
        "PFSource",
        "PFNumber",
        "FileRef",
        "FileSystemObjectType",
        "HasUniqueRoleAssignments",
        "EditorId",
    ])
    .top(PAGE)
}

/// A folder that somebody else made is told like any item that is not ours.
fn fold(list: &str, item: &Item) -> Option<Fold> {
    let name = item.text("FileRef")?.rsplit('/').next()?;
    let is_ours = item.number("FileSystemObjectType") == Some(FOLDER) && shards::is_fold(name);
    is_ours.then(|| Fold {
        list: list.to_owned(),
        name: name.to_owned(),
        item: i64::from(item.id.0),
    })
}

impl Found {
    /// The list, and its address relative to the site.
    fn of((list, address): (&List, &str), item: &Item) -> Result<Self, m365::Error> {
        let text = |name| item.text(name).unwrap_or_default();
        let is_unique = item.fields.get("HasUniqueRoleAssignments");
        let inherits = match is_unique.and_then(Value::as_bool) {
            Some(false) => list.folder_around(text("FileRef"))?,
            _ => None,
        };
        let row = text("PFSource").split_once('.').map(|(row, _)| row);
        Ok(Self {
            at: SealedItem {
                list: address.to_owned(),
                item: i64::from(item.id.0),
            },
            number: text("PFNumber").to_owned(),
            inbox_row: row.and_then(|row| row.parse().ok()),
            inherits,
            correlation: text("PFCorrelation").to_owned(),
            taken: false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(item: i64, application: &str, inbox_row: i64) -> Found {
        Found {
            at: SealedItem {
                list: "Lists/PFApplications".to_owned(),
                item,
            },
            number: String::new(),
            inbox_row: Some(inbox_row),
            inherits: None,
            correlation: application.to_owned(),
            taken: false,
        }
    }

    #[test]
    fn the_item_on_which_both_marks_agree_goes_before_one_that_borrowed_a_mark() {
        let mut items = Items::default();
        for found in [found(1, "b", 7), found(2, "b", 8), found(3, "", 9)] {
            items.add(found);
        }
        let mut take = |id: &str, row| Some(items.take(&ApplicationId::new(id), Some(row))?.at.item);
        assert_eq!(take("b", 8), Some(2));
        assert_eq!(take("a", 7), Some(1));
        assert_eq!(take("c", 9), Some(3));
        assert_eq!(take("c", 9), None);
    }
}
