//! The harder side of change tracking.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::delta::{BASE, ids, patch, round, set};
use super::world::{ALL, call, send, user, world};

#[test]
fn a_token_lives_seven_days_and_says_then_where_to_begin_anew() {
    let world = world(0);
    user(&world, "a");
    let (_, link) = round(&world, "/users/delta?$select=displayName");
    world.clock.advance(SignedDuration::from_hours(7 * 24 - 1));
    let again = format!("GET {}", link.replace(BASE, ""));
    assert_eq!(call(&world, &again, &Value::Null).0, 200);
    world.clock.advance(SignedDuration::from_hours(1));
    let reply = super::world::reply(&world, ALL, &again);
    let body: Value = serde_json::from_slice(&reply.body).unwrap();
    assert_eq!(
        (reply.status, &body["error"]["code"]),
        (410, &json!("resyncRequired"))
    );
    let (_, location) = reply.headers.iter().find(|(name, _)| name == "Location").unwrap();
    assert!(location.ends_with("$deltatoken="), "{location}");
    let (entries, _) = round(&world, location);
    assert_eq!(entries[0]["displayName"], "a");
    assert!(
        entries[0].get("mail").is_none(),
        "the selection holds: {location}"
    );
    set(&world, |switches| switches.delta_expiry_is_gone = false);
    let (status, body) = call(&world, &again, &Value::Null);
    assert_eq!(
        (status, &body["error"]["code"]),
        (400, &json!("syncStateNotFound"))
    );
}

#[test]
fn the_service_may_forget_what_it_told_at_any_time() {
    let world = world(0);
    let id = user(&world, "a");
    let (_, link) = round(&world, "/users/delta");
    set(&world, |switches| switches.delta_reset_percent = 100);
    let reply = super::world::reply(&world, ALL, &format!("GET {}", link.replace(BASE, "")));
    let (_, location) = reply.headers.iter().find(|(name, _)| name == "Location").unwrap();
    assert_eq!(
        (reply.status, ids(&round(&world, location).0)),
        (410, vec![id.as_str()])
    );
}

#[test]
fn empty_pages_and_replays_lose_nothing() {
    let world = world(0);
    set(&world, |switches| {
        switches.delta_page_size = 1;
        switches.delta_empty_page_percent = 100;
        switches.delta_replay_percent = 100;
    });
    let (a, b) = (user(&world, "a"), user(&world, "b"));
    let (status, first) = call(&world, "GET /users/delta", &Value::Null);
    assert_eq!(
        (status, &first["value"]),
        (200, &json!([])),
        "an empty page though more follow"
    );
    let (entries, link) = round(&world, "/users/delta");
    let mut twice = [a.as_str(), &a, &b, &b];
    twice.sort_unstable();
    assert_eq!(ids(&entries), twice);
    patch(&world, &a, &json!({"displayName": "A"}));
    let (again, _) = round(&world, &link);
    assert!(
        ids(&again).contains(&b.as_str()),
        "the round before is told again"
    );
    assert!(again.iter().any(|entry| entry["displayName"] == "A"));
}

#[test]
fn what_is_switched_on_tells_the_unchanged_too_unless_the_client_prefers_less() {
    let world = world(0);
    set(&world, |switches| switches.delta_tells_unchanged = true);
    let id = user(&world, "a");
    let (_, link) = round(&world, "/users/delta?$select=displayName,department");
    patch(&world, &id, &json!({"department": "D"}));
    let again = format!("GET {}", link.replace(BASE, ""));
    let (_, whole) = call(&world, &again, &Value::Null);
    assert_eq!(whole["value"][0]["displayName"], "a");
    let (_, less) = send(&world, ALL, &again, &[("prefer", "return=minimal")], &Value::Null);
    assert_eq!(less["value"], json!([{"id": id, "department": "D"}]));
}

#[test]
fn who_has_not_replicated_is_told_later() {
    let world = world(30);
    let id = user(&world, "a");
    let (none, link) = round(&world, "/users/delta");
    assert_eq!(none, Vec::<Value>::new());
    world.clock.advance(SignedDuration::from_secs(31));
    assert_eq!(ids(&round(&world, &link).0), [id.as_str()]);
}

#[test]
fn a_change_between_two_pages_is_not_lost() {
    let world = world(0);
    set(&world, |switches| switches.delta_page_size = 1);
    let mut people = [user(&world, "a"), user(&world, "b")];
    people.sort();
    let (_, first) = call(&world, "GET /users/delta", &Value::Null);
    patch(&world, &people[0], &json!({"displayName": "later"}));
    let (_, link) = round(&world, first["@odata.nextLink"].as_str().unwrap());
    assert_eq!(
        round(&world, &link).0,
        [json!({"id": people[0], "displayName": "later"})]
    );
}

#[test]
fn what_change_tracking_does_not_take_is_refused() {
    let world = world(0);
    user(&world, "a");
    for (query, status) in [
        ("$top=5", 400),
        ("$expand=manager", 400),
        ("$orderby=displayName", 400),
        ("$filter=displayName%20eq%20'a'", 400),
        ("$deltatoken=forged", 400),
        ("$skiptoken=forged", 400),
        ("$select=nonsense", 400),
        ("$select=skills", 501),
        ("$select=directReports", 501),
    ] {
        let (found, body) = call(&world, &format!("GET /users/delta?{query}"), &Value::Null);
        assert_eq!(found, status, "{query}: {body}");
    }
    let (_, link) = round(&world, "/users/delta");
    let foreign = link.replace(BASE, "").replace("/users/", "/groups/");
    assert_eq!(call(&world, &format!("GET {foreign}"), &Value::Null).0, 400);
    for (path, short, enough) in [
        ("/users/delta", "User.ReadBasic.All", "User.Read.All"),
        ("/groups/delta", "User.Read.All", "GroupMember.Read.All"),
    ] {
        let again = format!("GET {path}");
        assert_eq!(send(&world, &[short], &again, &[], &Value::Null).0, 403, "{path}");
        assert_eq!(
            send(&world, &[enough], &again, &[], &Value::Null).0,
            200,
            "{path}"
        );
    }
}

#[test]
fn a_manager_who_has_not_replicated_is_told_with_himself() {
    let world = world(0);
    let staff = user(&world, "staff");
    let (_, link) = round(&world, "/users/delta?$select=manager");
    set(&world, |switches| switches.replication_lag_seconds = 30);
    let boss = user(&world, "boss");
    let boss_id = crate::directory::ObjectId(boss.parse().unwrap());
    for person in world.tenant().directory.users.values_mut() {
        person.manager = (person.id != boss_id).then_some(boss_id);
    }
    let (none, link) = round(&world, &link);
    assert_eq!(none, Vec::<Value>::new());
    world.clock.advance(SignedDuration::from_secs(31));
    let (told, _) = round(&world, &link);
    let mut both = [staff.as_str(), &boss];
    both.sort_unstable();
    assert_eq!(ids(&told), both);
}
