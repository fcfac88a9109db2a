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
