//! What a site knows of people whose names change, end and come again.

use jiff::SignedDuration;
use serde_json::{Value, json};
use uuid::Uuid;

use super::harness::{DECIDE, House, MORI, app, browser, house, id_of};
use crate::caller::{Caller, Channel, PersonCaller};
use crate::directory::{ObjectId, User};

const NEW: ObjectId = ObjectId(Uuid::from_u128(0x99));

fn login(name: &str) -> String {
    format!("i:0#.f|membership|{name}@contoso.onmicrosoft.com")
}

fn ensure(house: &House, login: &str) -> (u16, Value) {
    let answer = house.post(&app(), "web/ensureuser", &json!({"logonName": login}));
    (answer.status, answer.json)
}

fn rename(house: &House, name: &str) {
    let now = house.world.clock.now();
    let mut tenant = house.world.tenant();
    let user = tenant.directory.users.get_mut(&id_of(MORI)).unwrap();
    user.user_principal_name = format!("{name}@contoso.onmicrosoft.com");
    user.display_name = name.to_owned();
    user.properties
        .insert("mail".to_owned(), json!(user.user_principal_name));
    tenant.directory.rename(id_of(MORI), now);
}

/// Mori is deleted and somebody new gets the name.
fn recycle(house: &House) -> Caller {
    let now = house.world.clock.now();
    let mut tenant = house.world.tenant();
    let old = tenant.directory.users.get_mut(&id_of(MORI)).unwrap();
    let new = User {
        id: NEW,
        ..old.clone()
    };
    old.deleted = Some(now);
    tenant.directory.users.insert(NEW, new);
    Caller::Person(PersonCaller {
        person: NEW,
        channel: Channel::Cookie,
    })
}

#[test]
fn a_new_name_reaches_the_site_minutes_later_and_the_number_stays() {
    let house = house();
    let number = house.ensure(MORI);
    rename(&house, "mori.sato");
    let shown = || house.get(&app(), &format!("web/getuserbyid({number})")).json;
    assert_eq!(shown()["LoginName"], login(MORI));
    assert_eq!(ensure(&house, &login("mori.sato")).1["Id"], json!(number));
    assert_eq!(ensure(&house, &login(MORI)).0, 400, "nobody has the old name");
    house.world.clock.advance(SignedDuration::from_secs(300));
    let user = shown();
    assert_eq!(user["LoginName"], login("mori.sato"));
    assert_eq!(user["UserPrincipalName"], "mori.sato@contoso.onmicrosoft.com");
    assert_eq!(
        (&user["Title"], &user["Id"]),
        (&json!("mori.sato"), &json!(number))
    );
    assert_eq!(user["AadObjectId"]["NameId"], json!(id_of(MORI)));
}

#[test]
fn who_is_gone_stays_a_site_user_but_cannot_be_ensured() {
    let house = house();
    let number = house.ensure(MORI);
    recycle(&house);
    house.world.tenant().directory.users.remove(&NEW);
    let (status, body) = ensure(&house, &login(MORI));
    assert_eq!(status, 400);
    let message = body["odata.error"]["message"]["value"].as_str().unwrap();
    assert!(message.contains("could not be found"), "{message}");
    let user = house.get(&app(), &format!("web/getuserbyid({number})")).json;
    assert_eq!(user["AadObjectId"]["NameId"], json!(id_of(MORI)));
}

#[test]
fn a_recycled_name_is_taken_for_its_old_bearer_unless_switched_and_until_its_owner_comes() {
    let house = house();
    let number = house.ensure(MORI);
    let old_name_id =
        house.get(&app(), &format!("web/getuserbyid({number})")).json["UserId"]["NameId"].clone();
    let new = recycle(&house);
    let (status, taken) = ensure(&house, &login(MORI));
    assert_eq!((status, &taken["Id"]), (200, &json!(number)));
    assert_eq!(taken["AadObjectId"]["NameId"], json!(id_of(MORI)), "the trap");
    assert_eq!(taken["UserId"]["NameId"], old_name_id);
    house.world.tenant().switches.recycled_upn_gets_new_site_user = true;
    let (_, fresh) = ensure(&house, &login(MORI));
    assert_ne!(fresh["Id"], json!(number));
    assert_eq!(fresh["AadObjectId"]["NameId"], json!(NEW));
    let owner = house.get(&app(), &format!("web/getuserbyid({number})")).json;
    assert_ne!(owner["LoginName"], login(MORI), "no two bear one login name");

    let house = super::harness::house();
    let number = house.ensure(MORI);
    house.give("web", number, 1_073_741_826);
    let everyone = ensure(
        &house,
        &format!("c:0-.f|rolemanager|spo-grid-all-users/{}", house.world.names.id),
    );
    house.give("web", everyone.1["Id"].as_u64().unwrap(), 1_073_741_826);
    recycle(&house);
    let me = house.get(&new, "web/currentuser");
    assert_eq!(me.status, 200, "{}", me.json);
    assert_eq!(me.json["AadObjectId"]["NameId"], json!(NEW));
    assert_eq!(
        ensure(&house, &login(MORI)).1["Id"],
        me.json["Id"],
        "he is known once he has come"
    );
}

#[test]
fn rights_held_by_number_are_the_old_persons_alone() {
    for nasty in [false, true] {
        let house = house();
        house.list("Things");
        let path = "web/lists/getbytitle('Things')/items";
        house.post(&app(), path, &json!({"Title": "secret"}));
        let (level, number) = (house.level("PF-Decide", DECIDE), house.ensure(MORI));
        let everyone = ensure(
            &house,
            &format!("c:0-.f|rolemanager|spo-grid-all-users/{}", house.world.names.id),
        );
        let door = house.level("PF-Door", DECIDE & !0b0110_0101);
        house.give("web", everyone.1["Id"].as_u64().unwrap(), door);
        let item = format!("{path}(1)");
        house.post(&app(), &format!("{item}/breakroleinheritance(false)"), &json!({}));
        house.give(&item, number, level);
        assert_eq!(house.get(&browser(MORI), &item).status, 200);
        let new = recycle(&house);
        house.world.tenant().switches.recycled_upn_inherits_rights = nasty;
        let expected = if nasty { 200 } else { 404 };
        assert_eq!(house.get(&new, &item).status, expected, "nasty: {nasty}");
        assert_eq!(house.get(&new, path).values().len(), usize::from(nasty));
    }
}
