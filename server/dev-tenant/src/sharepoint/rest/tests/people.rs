//! Who somebody is, and what he may do.

use serde_json::{Value, json};

use super::harness::{MORI, OWNER, app, house, id_of, person};

#[test]
fn a_person_is_ensured_by_object_id_of_this_tenant_only() {
    let house = house();
    let tenant = house.world.names.id;
    let ensure = |object: &str, tenant: &str, kind: u32| {
        let path =
            format!("web/EnsureUserByObjectId(objectId='{object}',tenantId='{tenant}',principalType={kind})");
        house.post(&app(), &path, &json!({}))
    };
    let mori = id_of(MORI).0.to_string();
    let made = ensure(&mori, &tenant.to_string(), 1);
    assert_eq!(made.status, 200, "{}", made.json);
    assert_eq!(made.json["AadObjectId"]["NameId"], mori);
    assert_eq!(made.json["Id"], house.ensure(MORI));
    assert_eq!(
        ensure(&mori, &uuid::Uuid::from_u128(5).to_string(), 1).status,
        400
    );
    assert_eq!(ensure(&mori, &tenant.to_string(), 4).status, 400);
    assert_eq!(
        ensure(&uuid::Uuid::from_u128(6).to_string(), &tenant.to_string(), 1).status,
        400
    );
}

#[test]
fn a_mask_is_held_whole_or_not_at_all() {
    let house = house();
    let held = |who: &str, mask: &str| {
        let path = format!("web/doesuserhavepermissions(@m)?@m={mask}");
        house.get(&person(who), &path).json["value"].clone()
    };
    assert_eq!(held(OWNER, "{'High':'0','Low':'1'}"), Value::Bool(true));
    assert_eq!(
        held(OWNER, "{\"High\":\"2147483647\",\"Low\":\"4294967295\"}"),
        Value::Bool(true)
    );
    house.give("web", house.ensure(MORI), 1_073_741_826);
    assert_eq!(held(MORI, "{'High':'0','Low':'1'}"), Value::Bool(true));
    assert_eq!(held(MORI, "{'High':'0','Low':'5'}"), Value::Bool(false));
}
