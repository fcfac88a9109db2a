//! The items of all lists of applications, by what they say of themselves.

use std::collections::HashMap;

use m365::sharepoint::{Item, ItemQuery};
use store::{ApplicationId, Ordinal, SealedItem};

use crate::service::Service;
use crate::shards;

#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) at: SealedItem,
    pub(super) number: String,
    /// The row of the inbox that it was made from.
    pub(super) inbox_row: Option<i64>,
    correlation: String,
    taken: bool,
}

#[derive(Debug, Default)]
pub(super) struct Items {
    all: Vec<Found>,
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
            let query = ItemQuery::select(&["PFCorrelation", "PFSource", "PFNumber"]);
            for item in service.list_at(&address).items(&query).await? {
                items.add(Found::of(&address, &item));
            }
        }
        Ok(items)
    }

    fn add(&mut self, found: Found) {
        let at = self.all.len();
        self.by_application.entry(found.correlation.clone()).or_insert(at);
        if let Some(row) = found.inbox_row {
            self.by_inbox_row.entry(row).or_insert(at);
        }
        self.all.push(found);
    }

    /// The application's item. Whoever may edit it may have altered one of its marks.
    pub(super) fn take(&mut self, id: &ApplicationId, inbox_row: Option<i64>) -> Option<SealedItem> {
        let by_row = inbox_row.and_then(|row| self.by_inbox_row.get(&row));
        let marks = [self.by_application.get(id.as_str()), by_row];
        let free = marks.into_iter().flatten().find(|at| !self.all[**at].taken);
        let found = &mut self.all[*free?];
        found.taken = true;
        Some(found.at.clone())
    }

    /// Those that belong to no application of the history.
    pub(super) fn left(&self) -> impl Iterator<Item = &Found> {
        self.all.iter().filter(|found| !found.taken)
    }
}

impl Found {
    fn of(list: &str, item: &Item) -> Self {
        let text = |name| item.text(name).unwrap_or_default();
        let row = text("PFSource").split_once('.').map(|(row, _)| row);
        Self {
            at: SealedItem {
                list: list.to_owned(),
                item: i64::from(item.id.0),
            },
            number: text("PFNumber").to_owned(),
            inbox_row: row.and_then(|row| row.parse().ok()),
            correlation: text("PFCorrelation").to_owned(),
            taken: false,
        }
    }
}
