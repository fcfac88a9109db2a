use super::*;

fn born() -> World {
    let folder = tempfile::tempdir().unwrap();
    world(7, folder.path(), Timestamp::UNIX_EPOCH).unwrap()
}

#[test]
fn everyone_but_the_head_of_the_company_has_a_manager_and_three_people_are_in_information_systems() {
    let world = born();
    let tenant = world.tenant();
    let employed: Vec<_> = tenant
        .directory
        .users
        .values()
        .filter(|user| user.properties.contains_key("department"))
        .collect();
    assert_eq!(employed.len(), 30);
    assert_eq!(employed.iter().filter(|user| user.manager.is_none()).count(), 1);
    assert_eq!(members_of(&tenant.directory, "情報システム部").len(), 3);
    assert!(employed.iter().all(|user| user.manager != Some(user.id)));
}

#[test]
fn our_registration_holds_what_the_manifest_asks_for_and_one_site_grant() {
    let world = born();
    let tenant = world.tenant();
    let ours = tenant
        .directory
        .apps
        .values()
        .find(|app| app.display_name == OURS)
        .unwrap();
    let held: usize = ours.roles.values().map(std::collections::BTreeSet::len).sum();
    assert_eq!(held, 13);
    let grants: Vec<_> = tenant.sharepoint.sites[0].grants.values().collect();
    assert_eq!(grants.len(), 1);
    assert_eq!(grants[0].app, ours.app_id);
}

#[test]
fn seats_are_free() {
    let world = born();
    let tenant = world.tenant();
    let used = tenant
        .directory
        .users
        .values()
        .filter(|user| user.licences.contains_key(&SPE_E3))
        .count();
    assert!(used > 0 && used < 40, "{used}");
}

#[test]
fn a_restart_knows_the_same_people_and_certificates() {
    let folder = tempfile::tempdir().unwrap();
    let shown = |world: &World| serde_json::to_string(&world.tenant().directory).unwrap();
    let first = shown(&world(7, folder.path(), Timestamp::UNIX_EPOCH).unwrap());
    assert_eq!(
        first,
        shown(&world(7, folder.path(), Timestamp::UNIX_EPOCH).unwrap())
    );
}
