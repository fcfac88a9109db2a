//! Rounds of change tracking.

use serde_json::{Value, json};

use super::world::{call, user, world};
use crate::graph::model;
use crate::switches::Switches;
use crate::world::World;

pub(super) const BASE: &str = "https://graph.microsoft.com/v1.0";

/// Follows a round from `url` to its end: entries, and the delta link.
pub(super) fn round(world: &World, url: &str) -> (Vec<Value>, String) {
    let (mut entries, mut url) = (Vec::new(), url.to_owned());
    for _ in 0..200 {
        let (status, body) = call(world, &format!("GET {}", url.replace(BASE, "")), &Value::Null);
        assert_eq!(status, 200, "{body}");
        entries.extend(body["value"].as_array().unwrap().clone());
        if let Some(end) = body["@odata.deltaLink"].as_str() {
            assert!(end.contains("$deltatoken="), "{end}");
            return (entries, end.to_owned());
        }
        body["@odata.nextLink"].as_str().unwrap().clone_into(&mut url);
        assert!(url.contains("$skiptoken="), "{url}");
    }
    panic!("the round does not end");
}

pub(super) fn ids(entries: &[Value]) -> Vec<&str> {
    let mut all: Vec<&str> = entries
        .iter()
        .map(|entry| entry["id"].as_str().unwrap())
        .collect();
    all.sort_unstable();
    all
}

pub(super) fn set(world: &World, change: impl FnOnce(&mut Switches)) {
    change(&mut world.tenant().switches);
}

pub(super) fn patch(world: &World, id: &str, body: &Value) {
    assert_eq!(call(world, &format!("PATCH /users/{id}"), body).0, 204);
}

fn group(world: &World, name: &str, kinds: &Value) -> String {
    let mail = !kinds.as_array().unwrap().is_empty();
    let body = json!({"displayName": name, "mailNickname": name, "mailEnabled": mail, "securityEnabled": !mail, "groupTypes": kinds});
    let (status, body) = call(world, "POST /groups", &body);
    assert_eq!(status, 201, "{body}");
    body["id"].as_str().unwrap().to_owned()
}

fn join(world: &World, group: &str, member: &str) {
    let body = json!({"@odata.id": format!("{BASE}/directoryObjects/{member}")});
    assert_eq!(
        call(world, &format!("POST /groups/{group}/members/$ref"), &body).0,
        204
    );
}

#[test]
fn a_first_round_tells_everybody_in_pages_and_the_next_one_only_what_changed() {
    let world = world(0);
    set(&world, |switches| switches.delta_page_size = 3);
    let mut people: Vec<String> = (0..7).map(|n| user(&world, &format!("user{n}"))).collect();
    let (all, link) = round(&world, "/users/delta?$select=displayName,department");
    people.sort();
    assert_eq!(ids(&all), people);
    for entry in &all {
        let names: Vec<&String> = entry.as_object().unwrap().keys().collect();
        assert_eq!(names, ["displayName", "id"], "what was never set is left out");
    }
    let (none, link) = round(&world, &link);
    assert_eq!(none, Vec::<Value>::new());
    patch(&world, &people[2], &json!({"department": "営業部"}));
    patch(&world, &people[3], &json!({"jobTitle": "課長"}));
    let fresh = user(&world, "fresh");
    let (changed, link) = round(&world, &link);
    let of = |id: &str| changed.iter().find(|entry| entry["id"] == id).cloned();
    assert_eq!(
        changed.len(),
        2,
        "what is not selected does not count: {changed:?}"
    );
    assert_eq!(
        of(&people[2]),
        Some(json!({"id": people[2], "department": "営業部"}))
    );
    assert_eq!(of(&fresh), Some(json!({"id": fresh, "displayName": "fresh"})));
    patch(&world, &people[2], &json!({"department": null}));
    assert_eq!(
        round(&world, &link).0,
        [json!({"id": people[2], "department": null})]
    );
}

#[test]
fn every_spelling_of_the_function_answers_and_no_select_means_the_default_properties() {
    let world = world(0);
    user(&world, "a");
    for path in [
        "/users/delta",
        "/users/delta()",
        "/users/microsoft.graph.delta",
        "/users/microsoft.graph.delta()",
    ] {
        let (entries, _) = round(&world, path);
        assert_eq!(entries.len(), 1, "{path}");
        assert!(entries[0]["userPrincipalName"].is_string());
        assert!(
            entries[0].get("accountEnabled").is_none(),
            "not in the default set"
        );
        for name in entries[0].as_object().unwrap().keys() {
            assert!(model::property("user", name).is_some(), "{name}");
        }
    }
    assert_eq!(round(&world, "/groups/delta()").0, Vec::<Value>::new());
}

#[test]
fn latest_begins_now_and_a_filter_follows_the_named_alone() {
    let world = world(0);
    let (a, b) = (user(&world, "a"), user(&world, "b"));
    let (none, latest) = round(&world, "/users/delta?$deltatoken=latest");
    assert_eq!(none, Vec::<Value>::new());
    let named = format!(
        "/users/delta?$filter=id%20eq%20'{a}'%20or%20id%20eq%20'{}'",
        uuid::Uuid::nil()
    );
    let (entries, only_a) = round(&world, &named);
    assert_eq!(ids(&entries), [a.as_str()]);
    patch(&world, &b, &json!({"displayName": "B"}));
    assert_eq!(ids(&round(&world, &latest).0), [b.as_str()]);
    assert_eq!(round(&world, &only_a).0, Vec::<Value>::new());
}

#[test]
fn deleted_restored_and_purged_users_are_told_apart() {
    let world = world(0);
    let (a, b) = (user(&world, "a"), user(&world, "b"));
    let (_, link) = round(&world, "/users/delta");
    for id in [&a, &b] {
        assert_eq!(call(&world, &format!("DELETE /users/{id}"), &Value::Null).0, 204);
    }
    let (gone, link) = round(&world, &link);
    let removed = |id: &str, reason: &str| json!({"id": id, "@removed": {"reason": reason}});
    assert!(
        gone.contains(&removed(&a, "changed")) && gone.contains(&removed(&b, "changed")),
        "{gone:?}"
    );
    assert_eq!(
        call(
            &world,
            &format!("POST /directory/deletedItems/{a}/restore"),
            &Value::Null
        )
        .0,
        200
    );
    assert_eq!(
        call(
            &world,
            &format!("DELETE /directory/deletedItems/{b}"),
            &Value::Null
        )
        .0,
        204
    );
    let (back, _) = round(&world, &link);
    assert!(back.contains(&removed(&b, "deleted")), "{back:?}");
    let again = back.iter().find(|entry| entry["id"] == a.as_str()).unwrap();
    assert_eq!(again["displayName"], "a", "a restored user is told in full");
    let (first, _) = round(&world, "/users/delta");
    assert_eq!(
        ids(&first),
        [a.as_str()],
        "a first round tells nothing of who is gone"
    );
}

#[test]
fn members_come_and_go_and_a_large_group_comes_in_parts() {
    let world = world(0);
    let (small, large) = (
        group(&world, "small", &json!([])),
        group(&world, "large", &json!(["Unified"])),
    );
    let people: Vec<String> = (0..101).map(|n| user(&world, &format!("user{n}"))).collect();
    for id in &people {
        join(&world, &large, id);
    }
    join(&world, &small, &people[0]);
    let (all, next) = round(&world, "/groups/delta?$select=displayName,members");
    let parts: Vec<usize> = all
        .iter()
        .filter(|entry| entry["id"] == large.as_str())
        .map(|entry| entry["members@delta"].as_array().unwrap().len())
        .collect();
    assert_eq!(parts, [100, 1]);
    join(&world, &small, &people[1]);
    let line = format!("DELETE /groups/{small}/members/{}/$ref", people[0]);
    assert_eq!(call(&world, &line, &Value::Null).0, 204);
    let (changed, next) = round(&world, &next);
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert!(changed[0].get("displayName").is_none());
    let members = changed[0]["members@delta"].as_array().unwrap();
    let kind = "#microsoft.graph.user";
    let came = json!({"@odata.type": kind, "id": people[1]});
    let went = json!({"@odata.type": kind, "id": people[0], "@removed": {"reason": "deleted"}});
    assert!(
        members.len() == 2 && members.contains(&came) && members.contains(&went),
        "{members:?}"
    );
    for id in [&small, &large] {
        assert_eq!(call(&world, &format!("DELETE /groups/{id}"), &Value::Null).0, 204);
    }
    let (gone, _) = round(&world, &next);
    let reason =
        |id: &str| gone.iter().find(|entry| entry["id"] == id).unwrap()["@removed"]["reason"].clone();
    assert_eq!(
        (reason(&small), reason(&large)),
        (json!("deleted"), json!("changed"))
    );
}

#[test]
fn a_manager_is_followed_only_where_he_is_selected() {
    let world = world(0);
    let (boss, next_boss, staff) = (user(&world, "boss"), user(&world, "next"), user(&world, "staff"));
    let lead = |id: &str| {
        let body = json!({"@odata.id": format!("{BASE}/users/{id}")});
        assert_eq!(
            call(&world, &format!("PUT /users/{staff}/manager/$ref"), &body).0,
            204
        );
    };
    lead(&boss);
    let (first, with) = round(&world, "/users/delta?$select=displayName,manager");
    let (_, without) = round(&world, "/users/delta?$select=displayName");
    let entry = first.iter().find(|entry| entry["id"] == staff.as_str()).unwrap();
    assert_eq!(
        entry["manager@delta"],
        json!([{"@odata.type": "#microsoft.graph.user", "id": boss}])
    );
    lead(&next_boss);
    let (changed, _) = round(&world, &with);
    let ends = changed[0]["manager@delta"].as_array().unwrap();
    assert!(
        ends.iter()
            .any(|end| end["id"] == boss.as_str() && end["@removed"]["reason"] == "deleted")
    );
    assert!(
        ends.iter()
            .any(|end| end["id"] == next_boss.as_str() && end.get("@removed").is_none())
    );
    assert_eq!(round(&world, &without).0, Vec::<Value>::new());
}

#[test]
fn a_member_who_is_deleted_leaves_the_group_and_comes_back_with_his_restoration() {
    let world = world(0);
    let (team, member) = (group(&world, "team", &json!([])), user(&world, "a"));
    join(&world, &team, &member);
    let (_, link) = round(&world, "/groups/delta");
    assert_eq!(
        call(&world, &format!("DELETE /users/{member}"), &Value::Null).0,
        204
    );
    let (changed, link) = round(&world, &link);
    assert_eq!(
        changed[0]["members@delta"][0]["@removed"]["reason"], "deleted",
        "{changed:?}"
    );
    let path = format!("POST /directory/deletedItems/{member}/restore");
    assert_eq!(call(&world, &path, &Value::Null).0, 200);
    let (back, _) = round(&world, &link);
    let kind = "#microsoft.graph.user";
    assert_eq!(
        back[0]["members@delta"],
        json!([{"@odata.type": kind, "id": member}])
    );
}
