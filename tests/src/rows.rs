//! What the tenant's lists hold, read without asking anybody.

use dev_tenant::sharepoint::state::field_value::FieldValue;
use dev_tenant::sharepoint::state::ids::ItemId;
use dev_tenant::sharepoint::state::item::Item;
use dev_tenant::sharepoint::state::list::List;
use dev_tenant::sharepoint::state::site::Site;
use dev_tenant::world::Tenant;

pub const INBOX: &str = "PFInbox";
pub const APPLICATIONS: &str = "PFApplications";
pub const DEFINITIONS: &str = "PFDefinitions";

/// The workflow site.
pub fn site(tenant: &Tenant) -> &Site {
    let mut sites = tenant.sharepoint.sites.iter();
    let site = sites.find(|site| site.path == dev_tenant::seed::SITE);
    site.expect("the workflow site")
}

/// A list by the last part of its address; `None` before `setup`.
pub fn list<'a>(tenant: &'a Tenant, name: &str) -> Option<&'a List> {
    let address = format!("{}/Lists/{name}", dev_tenant::seed::SITE);
    site(tenant).list_by_url(&address)
}

/// Every list of applications, by the last part of its address, the oldest first; none before `setup`.
pub fn shards(tenant: &Tenant) -> Vec<String> {
    let lists = site(tenant).lists.values();
    let names = lists.filter_map(|list| list.root_folder.rsplit('/').next());
    let ours = names.filter(|name| name.starts_with(APPLICATIONS));
    let mut shards: Vec<_> = ours.map(str::to_owned).collect();
    shards.sort_by_key(|name| (name.len(), name.clone()));
    shards
}

/// Number of the newest row of a list.
pub fn newest(tenant: &Tenant, name: &str) -> Option<u64> {
    let newest = list(tenant, name)?.items.keys().next_back()?;
    Some(u64::from(newest.0))
}

pub fn items<'a>(tenant: &'a Tenant, name: &str) -> impl Iterator<Item = &'a Item> {
    list(tenant, name)
        .into_iter()
        .flat_map(|list| list.items.values())
}

/// Licences, and five kinds of groups. Mailboxes and contacts come with Exchange.
const MASTERS: usize = 6;

/// Whether the forms can offer choices.
pub fn has_masters(tenant: &Tenant) -> bool {
    let is_master = |item: &&Item| item.value("PFKind") == Some(&FieldValue::Text("master".to_owned()));
    items(tenant, DEFINITIONS).filter(is_master).count() >= MASTERS
}

/// A column of a row, as text; empty when the row or the value is not there.
pub fn text(tenant: &Tenant, name: &str, item: i64, column: &str) -> String {
    let number = u32::try_from(item).map(ItemId).ok();
    let item = list(tenant, name).and_then(|list| list.items.get(&number?));
    match item.and_then(|item| item.value(column)) {
        Some(FieldValue::Text(text)) => text.clone(),
        _ => String::new(),
    }
}
