//! Who administers the workflow in a test.

use std::collections::BTreeSet;

use dev_tenant::seed::ADMINISTRATORS;

use crate::house::House;

/// Makes one person the only administrator, so that nobody of a story plays two parts.
pub fn appoint(house: &House, local: &str) {
    let upn = format!("{local}@{}", house.world().names.domain);
    let mut tenant = house.world().tenant();
    let directory = &mut tenant.directory;
    let mut users = directory.users.values();
    let person = users.find(|user| user.user_principal_name == upn);
    let person = person.expect("somebody of this name").id;
    let mut groups = directory.groups.values_mut();
    let group = groups.find(|group| group.display_name == ADMINISTRATORS);
    group.expect("the administrators").members = BTreeSet::from([person]);
}
