//! Reading the list, page by page.

use m365::sharepoint::{Item, ItemId, ItemQuery};

use super::pinned::PinnedRow;
use super::row::{COLUMNS, Row, name};
use super::{LIST, piece};
use crate::service::Service;

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Entry {
    Line(Row),
    Pinned(PinnedRow),
    /// None that we write: its name, its number in the list, the column that gives it away.
    Foreign(String, ItemId, &'static str),
}

/// Some rows, in the order in which they were written, and where more follow.
pub(crate) struct Page {
    pub(crate) entries: Vec<Entry>,
    next: Option<String>,
}

impl Page {
    pub(crate) async fn first(service: &Service) -> Result<Self, m365::Error> {
        let query = ItemQuery::select(&COLUMNS);
        let page = service.list_at(LIST).page(&query).await?;
        Self::of(service, page).await
    }

    /// `None`: this was the last.
    pub(crate) async fn next(&self, service: &Service) -> Result<Option<Self>, m365::Error> {
        match &self.next {
            Some(next) => {
                let page = service.list_at(LIST).next_page(next).await?;
                Self::of(service, page).await.map(Some)
            }
            None => Ok(None),
        }
    }

    async fn of(service: &Service, page: m365::sharepoint::Page) -> Result<Self, m365::Error> {
        let mut entries = Vec::with_capacity(page.items.len());
        for mut item in page.items {
            if piece::is_piece(&item) {
                continue;
            }
            piece::complete(service, &mut item).await?;
            entries.push(entry(&item));
        }
        let next = page.next;
        Ok(Self { entries, next })
    }
}

/// Whether nothing was ever written there; so too before setup.
pub(crate) async fn is_empty(service: &Service) -> Result<bool, m365::Error> {
    match service.list_at(LIST).page(&ItemQuery::select(&[]).top(1)).await {
        Ok(page) => Ok(page.items.is_empty()),
        Err(error) if error.is_not_found() => Ok(true),
        Err(error) => Err(error),
    }
}

fn entry(item: &Item) -> Entry {
    if let Some(pinned) = PinnedRow::read(item) {
        return Entry::Pinned(pinned);
    }
    Row::read(item).map_or_else(
        |column| {
            let (name, id) = name(item);
            Entry::Foreign(name, id, column)
        },
        Entry::Line,
    )
}
