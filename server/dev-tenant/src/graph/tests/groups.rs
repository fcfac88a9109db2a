use serde_json::{Value, json};

use super::world::{ALL, call, send, user, world};
use crate::world::World;

fn group(name: &str) -> Value {
    json!({"displayName": name, "mailNickname": name, "mailEnabled": false, "securityEnabled": true, "groupTypes": []})
}

fn create(world: &World, name: &str) -> String {
    let (status, body) = call(world, "POST /groups", &group(name));
    assert_eq!(status, 201, "{body}");
    body["id"].as_str().unwrap().to_owned()
}

fn reference(id: &str) -> Value {
    json!({"@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{id}")})
}

#[test]
fn a_unique_name_creates_once_and_updates_afterwards() {
    let world = world(0);
    let line = "PATCH /groups(uniqueName='pf-1')";
    let prefer = [("prefer", "create-if-missing")];
    assert_eq!(call(&world, line, &group("one")).0, 404);
    assert_eq!(send(&world, ALL, line, &prefer, &group("one")).0, 201);
    assert_eq!(send(&world, ALL, line, &prefer, &group("two")).0, 204);
    let tenant = world.tenant();
    let names: Vec<_> = tenant
        .directory
        .groups
        .values()
        .map(|group| &group.display_name)
        .collect();
    assert_eq!(names, ["two"]);
}

#[test]
fn adding_or_removing_twice_is_refused_in_graphs_words() {
    let world = world(0);
    let (id, member) = (create(&world, "g"), user(&world, "a"));
    let add = format!("POST /groups/{id}/members/$ref");
    let remove = format!("DELETE /groups/{id}/members/{member}/$ref");
    assert_eq!(call(&world, &add, &reference(&member)).0, 204);
    let (status, body) = call(&world, &add, &reference(&member));
    assert_eq!(status, 400);
    assert_eq!(
        body["error"]["message"],
        "One or more added object references already exist for the following modified properties: 'members'."
    );
    assert_eq!(call(&world, &remove, &Value::Null).0, 204);
    assert_eq!(call(&world, &remove, &Value::Null).0, 400);
}

#[test]
fn members_of_members_are_transitive_even_in_a_ring() {
    let world = world(0);
    let (a, b, member) = (create(&world, "a"), create(&world, "b"), user(&world, "m"));
    for (group, added) in [(&a, &b), (&b, &a), (&b, &member)] {
        assert_eq!(
            call(
                &world,
                &format!("POST /groups/{group}/members/$ref"),
                &reference(added)
            )
            .0,
            204
        );
    }
    let count = |what: &str| {
        let (_, body) = call(&world, &format!("GET /groups/{a}/{what}"), &Value::Null);
        body["value"].as_array().unwrap().len()
    };
    assert_eq!((count("members"), count("transitiveMembers")), (1, 3));
}

#[test]
fn groups_of_exchange_and_of_the_premises_are_not_changed_by_graph() {
    for (property, value) in [
        ("mailEnabled", json!(true)),
        ("onPremisesSyncEnabled", json!(true)),
        ("groupTypes", json!(["DynamicMembership"])),
    ] {
        let world = world(0);
        let (id, member) = (create(&world, "g"), user(&world, "a"));
        for group in world.tenant().directory.groups.values_mut() {
            group.properties.insert(property.to_owned(), value.clone());
        }
        let (status, _) = call(
            &world,
            &format!("POST /groups/{id}/members/$ref"),
            &reference(&member),
        );
        assert_eq!(status, 400, "{property}");
    }
}
