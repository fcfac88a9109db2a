use serde_json::Value;

use super::world::{call, user, world};
use crate::seed::with_farm;
use crate::sharepoint::farm::accounts::sid;

#[test]
fn whoever_came_from_active_directory_is_found_by_his_security_identifier_alone() {
    let world = world(0);
    let hanako = user(&world, "hanako");
    user(&world, "taro");
    let now = world.clock.now();
    let world = with_farm(world, "sharepoint.contoso.local", now);
    let later = user(&world, "jiro");
    let find = |identifier: &str| {
        let filter = format!("onPremisesSecurityIdentifier%20eq%20'{identifier}'");
        let line = format!("GET /users?$select=id,onPremisesSamAccountName&$filter={filter}");
        let (status, body) = call(&world, &line, &Value::Null);
        assert_eq!(status, 200, "{body}");
        body["value"].as_array().unwrap().clone()
    };
    let sid_of = |id: &str| {
        let tenant = world.tenant();
        let mut users = tenant.directory.users.keys();
        let id = users.find(|known| known.0.to_string() == id).unwrap();
        sid(*id).to_uppercase()
    };
    let found = find(&sid_of(&hanako));
    assert_eq!(
        (
            found.len(),
            &found[0]["id"],
            &found[0]["onPremisesSamAccountName"]
        ),
        (1, &Value::from(hanako), &Value::from("hanako"))
    );
    assert!(find(&sid_of(&later)).is_empty(), "made in the cloud");
}
