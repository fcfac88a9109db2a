//! Items of one list of the tenant, made after one that the product sealed there.

use dev_tenant::sharepoint::state::field_value::FieldValue;
use dev_tenant::sharepoint::state::ids::{ItemId, ListId, ScopeId};
use dev_tenant::sharepoint::state::item;
use e2e::house::House;
use e2e::rows;
use jiff::Timestamp;
use workflow::Application;

use super::tale::uuid_of;

/// An item to be made.
pub(crate) struct Item<'a> {
    pub(crate) tale: &'a Application,
    pub(crate) begun: Timestamp,
    /// The folder whose scope it shares.
    pub(crate) fold: Option<&'a str>,
}

pub(crate) struct Ground<'a> {
    house: &'a House,
    list: ListId,
    /// One that the product sealed, with permissions of its own.
    sealed: item::Item,
    folders: Vec<(String, ItemId)>,
}

impl<'a> Ground<'a> {
    /// `list`: address relative to the site. Something was sealed in the list, or in the site's first one.
    pub(crate) fn of(house: &'a House, list: &str) -> Self {
        let name = list.rsplit('/').next().unwrap_or_default();
        let tenant = house.world().tenant();
        let found = rows::list(&tenant, name).expect("a list");
        let mut sealed = rows::items(&tenant, name).chain(rows::items(&tenant, rows::APPLICATIONS));
        let sealed = sealed.find(|item| !item.is_folder && item.scope.is_some());
        let mut sealed = sealed.expect("a sealed item").clone();
        sealed.versions.drain(..sealed.versions.len() - 1);
        let folders = rows::items(&tenant, name).filter(|item| item.is_folder);
        let folders = folders.map(|folder| (folder.leaf.clone(), folder.id)).collect();
        Self {
            list: found.id,
            sealed,
            folders,
            house,
        }
    }

    /// A folder with a scope of its own, made when it is not there; its item.
    pub(crate) fn fold(&mut self, name: &str) -> i64 {
        if let Some((_, id)) = self.folders.iter().find(|(known, _)| known == name) {
            return i64::from(id.0);
        }
        let folder = {
            let tenant = self.house.world().tenant();
            let mut folders = rows::items(&tenant, rows::APPLICATIONS).filter(|item| item.is_folder);
            folders.next().expect("a folder that the product made").clone()
        };
        let id = self.insert(item::Item {
            leaf: name.to_owned(),
            ..folder
        });
        self.folders.push((name.to_owned(), id));
        i64::from(id.0)
    }

    /// Its item.
    pub(crate) fn plant(&mut self, wanted: &Item) -> i64 {
        let mut item = self.sealed.clone();
        item.created = wanted.begun;
        let version = item
            .versions
            .last_mut()
            .expect("an item has a version from birth");
        version.number = 1;
        version.at = wanted.begun;
        let source = wanted.tale.source.to_string();
        for (column, value) in [("PFNumber", &wanted.tale.number), ("PFSource", &source)] {
            version
                .values
                .insert(column.to_owned(), FieldValue::Text(value.clone()));
        }
        let status = FieldValue::Text(wanted.tale.code().as_str().to_owned());
        version.values.insert("PFStatus".to_owned(), status);
        if let Some(fold) = wanted.fold {
            let mut folders = self.folders.iter();
            item.folder = folders.find(|(name, _)| name == fold).map(|(_, id)| *id);
            assert!(item.folder.is_some(), "{fold}");
            item.scope = None;
        }
        i64::from(self.insert(item).0)
    }

    /// Under the list's next number, with identifiers of its own.
    fn insert(&self, mut item: item::Item) -> ItemId {
        let mut tenant = self.house.world().tenant();
        let mut sites = tenant.sharepoint.sites.iter_mut();
        let site = sites.find(|site| site.path == dev_tenant::seed::SITE);
        let list = site.and_then(|site| site.lists.get_mut(&self.list));
        let list = list.expect("the list");
        list.last_item_id += 1;
        item.id = ItemId(list.last_item_id);
        let unique = |what: &str| uuid_of(&format!("{what} {} {}", self.list, item.id));
        (item.unique_id, item.guid) = (unique("item"), unique("guid"));
        if let Some(scope) = &mut item.scope {
            scope.id = ScopeId(unique("scope"));
        }
        if !item.is_folder {
            item.leaf = format!("{}_.000", item.id);
        }
        let id = item.id;
        list.items.insert(item);
        id
    }
}
