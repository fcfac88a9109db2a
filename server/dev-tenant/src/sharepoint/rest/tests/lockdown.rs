//! The limited-access lockdown of a site.

use serde_json::json;

use super::harness::{DECIDE, MORI, app, house, person};
use crate::switches::Switches;

const LIST: &str = "web/lists/getbytitle('PFApplications')";

#[test]
fn under_lockdown_limited_access_opens_no_remote_interface() {
    let house = house();
    house.list("PFApplications");
    let (level, mori) = (house.level("PF-Decide", DECIDE), house.ensure(MORI));
    house.post(&app(), &format!("{LIST}/items"), &json!({"Title": "one"}));
    house.post(
        &app(),
        &format!("{LIST}/items(1)/breakroleinheritance(false,true)"),
        &json!({}),
    );
    house.give(&format!("{LIST}/items(1)"), mori, level);
    let reads = || house.get(&person(MORI), &format!("{LIST}/items(1)")).status;
    assert_eq!(reads(), 200);
    house.world.tenant().switches = Switches {
        limited_access_lockdown: true,
        ..Switches::default()
    };
    assert_eq!(reads(), 403);
    house.give("web", mori, level);
    assert_eq!(reads(), 200);
}

#[test]
fn the_lockdown_is_a_feature_of_the_site_that_can_be_read() {
    let house = house();
    let features = || {
        let body = house
            .get(&app(), "site/features?$select=DefinitionId,DisplayName")
            .json;
        body["value"].as_array().unwrap().clone()
    };
    let one = "site/features('7c637b23-06c4-472d-9a9a-7c175762c5c4')";
    assert!(features().is_empty());
    assert_eq!(
        house.get(&app(), one).json["DefinitionId"],
        serde_json::Value::Null
    );
    house.world.tenant().switches.limited_access_lockdown = true;
    let found = features();
    assert_eq!(found[0]["DefinitionId"], "7c637b23-06c4-472d-9a9a-7c175762c5c4");
    assert_eq!(found[0]["DisplayName"], "ViewFormPagesLockDown");
    let by_id = "site/features/getbyid(guid'7c637b23-06c4-472d-9a9a-7c175762c5c4')";
    for path in [one, by_id] {
        assert_eq!(
            house.get(&app(), path).json["DefinitionId"],
            found[0]["DefinitionId"],
            "{path}"
        );
    }
}
