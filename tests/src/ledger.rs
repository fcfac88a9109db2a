//! The tenant's ledger: what must have happened once did so once.

use std::collections::{BTreeMap, BTreeSet};

use dev_tenant::ledger::Operation;
use uuid::Uuid;

use crate::house::House;
use crate::normal::Normal;

/// Effects that may not be repeated: each makes or sends something, or gives what was asked for.
const ONCE: [&str; 8] = [
    "graph:create:",
    "graph:send:",
    "graph:set-manager:",
    "graph:assign-license:",
    "graph:add-member:",
    "sharepoint:create-item:Lists/PFApplications",
    "sharepoint:create-item:Lists/PFHistory",
    "sharepoint:create-item:Lists/PFFiles",
];

const DRAFT: &str = "graph:create:message:";
const DELETED_DRAFT: &str = "graph:purge:draft:";

/// Every operation of the product, reading included, while the tenant keeps them; oldest first.
pub fn operations(house: &House) -> Vec<Operation> {
    let tenant = house.world().tenant();
    let operations = tenant.ledger.operations.iter();
    operations
        .filter(|operation| operation.who == house.us)
        .cloned()
        .collect()
}

/// How often each effect happened that may happen only once, by the tenant's own keys.
pub fn once(house: &House) -> BTreeMap<String, usize> {
    counted(house, ToOwned::to_owned)
}

/// The same by keys that can be compared with another run's of one application.
pub fn once_normal(house: &House) -> BTreeMap<String, usize> {
    let normal = Normal::of(house);
    counted(house, |key| normal.text(key))
}

/// A draft that was deleted before it was sent was none.
fn counted(house: &House, name: impl Fn(&str) -> String) -> BTreeMap<String, usize> {
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for effect in house.effects() {
        if ONCE.iter().any(|prefix| effect.key.starts_with(prefix)) {
            *counted.entry(name(&effect.key)).or_default() += 1;
        }
        if let Some(draft) = effect.key.strip_prefix(DELETED_DRAFT)
            && let Some(count) = counted.get_mut(&name(&format!("{DRAFT}{draft}")))
        {
            *count = count.saturating_sub(1);
        }
    }
    counted
}

/// One prefix for each kind of write from the effect of this number on: that of the first effect of its request,
/// since the others share their answer with it.
pub fn kinds(house: &House, from: usize) -> BTreeSet<String> {
    let mut requests: BTreeSet<Uuid> = BTreeSet::new();
    let effects = house.effects().into_iter().skip(from);
    effects
        .filter(|effect| requests.insert(effect.request_id))
        .map(|effect| kind(&effect.key))
        .collect()
}

/// `graph:create:user`, `sharepoint:update-item:Lists/PFInbox`.
pub(crate) fn kind(key: &str) -> String {
    let mut parts = key.splitn(4, ':');
    let (service, verb) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let object = parts.next().unwrap_or_default();
    let list: Vec<_> = object.split('/').take(2).collect();
    format!("{service}:{verb}:{}", list.join("/"))
}
