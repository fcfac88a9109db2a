//! Items with permissions of their own.

use serde_json::json;

use super::harness::{DECIDE, House, MORI, OWNER, SATO, app, app_by, grant, house, person};
use crate::sharepoint::state::people::GrantRole;

const ITEMS: &str = "web/lists/getbytitle('PFApplications')/items";

fn applications() -> (House, u64) {
    let house = house();
    house.list("PFApplications");
    let level = house.level("PF-Decide", DECIDE);
    assert_eq!(house.post(&app(), ITEMS, &json!({"Title": "sealed"})).status, 201);
    let broken = format!("{ITEMS}(1)/breakroleinheritance(copyroleassignments=false, clearsubscopes=true)");
    assert_eq!(
        house.post(&app(), &broken, &json!({})).json,
        json!({"odata.null": true})
    );
    let mori = house.ensure(MORI);
    house.give(&format!("{ITEMS}(1)"), mori, level);
    (house, mori)
}

#[test]
fn only_who_was_given_a_level_on_the_item_reads_and_edits_it() {
    let (house, _) = applications();
    assert_eq!(house.get(&person(MORI), &format!("{ITEMS}(1)")).status, 200);
    assert_eq!(
        house
            .merge(&person(MORI), &format!("{ITEMS}(1)"), "*", &json!({"Title": "x"}))
            .status,
        204
    );
    assert_eq!(house.get(&person(OWNER), &format!("{ITEMS}(1)")).status, 200);
    // Sato has no right anywhere in the site.
    assert_eq!(house.get(&person(SATO), "web").status, 403);
    assert_eq!(house.get(&person(SATO), &format!("{ITEMS}(1)")).status, 403);
}

#[test]
fn a_level_on_an_item_brings_limited_access_above_but_no_other_item() {
    let (house, mori) = applications();
    house.post(&app(), ITEMS, &json!({"Title": "other"}));
    assert_eq!(house.get(&person(MORI), ITEMS).values().len(), 1);
    assert_eq!(house.get(&person(MORI), &format!("{ITEMS}(2)")).status, 404);
    let above = house.get(
        &app(),
        "web/roleassignments?$expand=Member,RoleDefinitionBindings",
    );
    let row = above
        .values()
        .iter()
        .find(|row| row["PrincipalId"] == mori)
        .unwrap();
    assert_eq!(row["RoleDefinitionBindings"][0]["Name"], "Limited Access");
}

#[test]
fn reading_permissions_back_shows_member_and_levels() {
    let (house, mori) = applications();
    let path = format!("{ITEMS}(1)/roleassignments?$expand=Member,RoleDefinitionBindings");
    let rows = house.get(&app(), &path);
    let row = rows
        .values()
        .iter()
        .find(|row| row["PrincipalId"] == mori)
        .unwrap();
    assert_eq!(
        row["Member"]["LoginName"],
        "i:0#.f|membership|mori@contoso.onmicrosoft.com"
    );
    assert_eq!(row["RoleDefinitionBindings"][0]["Name"], "PF-Decide");
    // The app's own row stays after a break, as the switch says.
    assert!(
        rows.values()
            .iter()
            .any(|row| row["PrincipalId"] == 1_073_741_822)
    );
    let flag = house.get(&app(), &format!("{ITEMS}(1)?$select=Id,HasUniqueRoleAssignments"));
    assert_eq!(
        flag.json,
        json!({"Id": 1, "ID": 1, "HasUniqueRoleAssignments": true})
    );
}

#[test]
fn an_app_may_do_what_its_site_grant_says_and_nothing_without_one() {
    for (role, read, write, permissions) in [
        (GrantRole::Read, 200, 403, 403),
        (GrantRole::Write, 200, 204, 403),
        (GrantRole::Manage, 200, 204, 403),
        (GrantRole::FullControl, 200, 204, 200),
    ] {
        let (house, _) = applications();
        grant(&house, role);
        assert_eq!(house.get(&app(), &format!("{ITEMS}(1)")).status, read, "{role:?}");
        let edit = house.merge(&app(), &format!("{ITEMS}(1)"), "*", &json!({"Title": "x"}));
        assert_eq!(edit.status, write, "{role:?}");
        let reset = house.post(&app(), &format!("{ITEMS}(1)/resetroleinheritance"), &json!({}));
        assert_eq!(reset.status, permissions, "{role:?}");
    }
    let (house, _) = applications();
    house.world.tenant().sharepoint.sites[0].grants.clear();
    let refused = house.get(&app(), "web");
    assert_eq!(
        (refused.status, refused.code()),
        (403, "-2147024891, System.UnauthorizedAccessException")
    );
}

#[test]
fn an_app_with_a_secret_is_refused_with_the_reason_in_the_headers() {
    let (house, _) = applications();
    let refused = house.get(&app_by(false), "web");
    assert_eq!(refused.status, 401);
    assert!(refused.reply.body.is_empty());
    assert!(
        refused
            .header("x-ms-diagnostics")
            .unwrap()
            .contains("Unsupported app only token.")
    );
    assert!(
        refused
            .header("www-authenticate")
            .unwrap()
            .starts_with("Bearer realm=")
    );
    house.world.tenant().switches.empty_401_bodies = false;
    assert_eq!(
        house.get(&app_by(false), "web").json["error_description"],
        "Unsupported app only token."
    );
}

#[test]
fn override_list_behaviors_counts_on_the_item_only_by_switch() {
    for at_item in [false, true] {
        let house = house();
        house.world.tenant().switches.override_list_behaviors_at_item = at_item;
        house.list("PFInbox");
        house.merge(
            &app(),
            "web/lists/getbytitle('PFInbox')",
            "*",
            &json!({"ReadSecurity": 2}),
        );
        let items = "web/lists/getbytitle('PFInbox')/items";
        house.post(&app(), items, &json!({"Title": "x"}));
        house.post(
            &app(),
            &format!("{items}(1)/breakroleinheritance(false)"),
            &json!({}),
        );
        let (mori, level) = (house.ensure(MORI), house.level("All", DECIDE | 1 << 8));
        house.give(&format!("{items}(1)"), mori, level);
        let status = house.get(&person(MORI), &format!("{items}(1)")).status;
        assert_eq!(status, if at_item { 200 } else { 404 });
    }
}

#[test]
fn effective_permissions_are_told_as_two_halves() {
    let (house, _) = applications();
    let own = house.get(&app(), &format!("{ITEMS}(1)/EffectiveBasePermissions"));
    assert_eq!(own.json, json!({"High": "2147483647", "Low": "4294967295"}));
    let login = "'i:0%23.f|membership|mori@contoso.onmicrosoft.com'";
    let path = format!("{ITEMS}(1)/getUserEffectivePermissions(@user)?@user={login}");
    let other = house.get(&app(), &path);
    assert_eq!(
        other.json,
        json!({"High": (DECIDE >> 32).to_string(), "Low": (DECIDE & 0xffff_ffff).to_string()})
    );
}
