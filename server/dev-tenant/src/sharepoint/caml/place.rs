//! Which folders a query looks into.

use super::page::Ask;
use super::view::Reach;
use crate::sharepoint::state::ids::ItemId;
use crate::sharepoint::state::item::Item;
use crate::sharepoint::state::list::List;
use crate::sharepoint::state::part::Part;

#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// `None` = the root folder.
    folder: Option<ItemId>,
    reach: Reach,
}

impl Place {
    /// `None` where there is no such folder.
    pub(super) fn of(list: &List, ask: &Ask) -> Option<Self> {
        let folder = match &ask.folder {
            None => None,
            Some(url) => list.at_url(url)?.map(|folder| folder.id),
        };
        Some(Self {
            folder,
            reach: ask.view.reach,
        })
    }

    /// A folder's own content is found without looking at the rest of the list.
    pub(super) fn part(self, list: &List) -> Part {
        match (self.folder, self.reach) {
            (Some(folder), Reach::Folder | Reach::FilesOnly) => {
                Part::These(list.items.children(Some(folder)).collect())
            }
            _ => Part::ALL,
        }
    }

    pub(super) fn holds(self, list: &List, item: &Item) -> bool {
        let file = !item.is_folder;
        match self.reach {
            Reach::Folder => item.folder == self.folder,
            Reach::FilesOnly => file && item.folder == self.folder,
            Reach::Recursive => file && self.lies_above(list, item),
            Reach::RecursiveAll => self.lies_above(list, item),
        }
    }

    fn lies_above(self, list: &List, item: &Item) -> bool {
        let parent = |id: &ItemId| list.items.get(id).and_then(|folder| folder.folder);
        self.folder.is_none() || std::iter::successors(item.folder, parent).any(|id| Some(id) == self.folder)
    }
}
