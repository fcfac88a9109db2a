use serde_json::{Value, json};

use super::teams::{call, made, member};
use super::world::{send, unlimited, user};
use crate::world::World;

fn memberships(world: &World, team: &str) -> Vec<(String, String, Value)> {
    let (status, body) = call(world, &format!("GET /teams/{team}/members"), &Value::Null);
    assert_eq!(status, 200, "{body}");
    let all = body["value"].as_array().unwrap().iter();
    all.map(|one| {
        (
            one["displayName"].as_str().unwrap().to_owned(),
            one["id"].as_str().unwrap().to_owned(),
            one["roles"].clone(),
        )
    })
    .collect()
}

#[test]
fn members_join_once_change_roles_and_the_last_owner_stays() {
    let world = unlimited();
    let (a, b) = (user(&world, "a"), user(&world, "b"));
    let id = made(&world, &a);
    let add =
        |who: &str, roles: &Value| call(&world, &format!("POST /teams/{id}/members"), &member(who, roles));
    let (status, joined) = add(&b, &json!([]));
    assert_eq!((status, &joined["roles"]), (201, &json!([])));
    assert_ne!(joined["id"], json!(b));
    assert_eq!(add(&b, &json!([])).0, 400);
    let all = memberships(&world, &id);
    let membership = |name: &str| all.iter().find(|(known, ..)| known == name).unwrap().1.clone();
    let of = |name: &str| format!("/teams/{id}/members/{}", percent(&membership(name)));
    assert_eq!(
        call(&world, &format!("DELETE {}", of("a")), &Value::Null).0,
        400,
        "the last owner"
    );
    let owner = json!({"@odata.type": "#microsoft.graph.aadUserConversationMember", "roles": ["owner"]});
    assert_eq!(call(&world, &format!("PATCH {}", of("b")), &owner).0, 200);
    assert_eq!(call(&world, &format!("DELETE {}", of("a")), &Value::Null).0, 204);
    let (_, owners) = call(&world, &format!("GET /groups/{id}/owners"), &Value::Null);
    assert_eq!(owners["value"].as_array().unwrap().len(), 1);
    let plain = json!({"@odata.type": "#microsoft.graph.aadUserConversationMember", "roles": []});
    assert_eq!(call(&world, &format!("PATCH {}", of("b")), &plain).0, 400);
}

fn percent(id: &str) -> String {
    id.replace('=', "%3D").replace('+', "%2B").replace('/', "%2F")
}

#[test]
fn the_narrow_permission_reaches_no_owner() {
    let world = unlimited();
    let (a, b) = (user(&world, "a"), user(&world, "b"));
    let id = made(&world, &a);
    let narrow = &["TeamMember.ReadWriteNonOwnerRole.All"];
    let line = format!("POST /teams/{id}/members");
    assert_eq!(
        send(&world, narrow, &line, &[], &member(&b, &json!(["owner"]))).0,
        403
    );
    assert_eq!(send(&world, narrow, &line, &[], &member(&b, &json!([]))).0, 201);
    let owner = &memberships(&world, &id)[usize::from(memberships(&world, &id)[0].0 != "a")];
    let remove = format!("DELETE /teams/{id}/members/{}", percent(&owner.1));
    assert_eq!(send(&world, narrow, &remove, &[], &Value::Null).0, 403);
    let bulk = json!({"values": [member(&b, &json!([]))]});
    assert_eq!(
        send(
            &world,
            narrow,
            &format!("POST /teams/{id}/members/remove"),
            &[],
            &bulk
        )
        .0,
        403
    );
}

#[test]
fn many_members_at_once_go_well_each_by_itself() {
    let world = unlimited();
    let (a, b, c) = (user(&world, "a"), user(&world, "b"), user(&world, "c"));
    let id = made(&world, &a);
    let body =
        |ids: &[&str]| json!({"values": ids.iter().map(|id| member(id, &json!([]))).collect::<Vec<_>>()});
    let line = format!("POST /teams/{id}/members/add");
    assert_eq!(call(&world, &line, &body(&[&b])).0, 200);
    let (status, told) = call(
        &world,
        &line,
        &body(&[&c, "00000000-0000-0000-0000-0000000000ff"]),
    );
    let errors: Vec<bool> = told["value"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["error"].is_null())
        .collect();
    assert_eq!((status, errors), (207, vec![true, false]));
    assert_eq!(memberships(&world, &id).len(), 3);
    let remove = format!("POST /teams/{id}/members/remove");
    assert_eq!(
        call(&world, &remove, &body(&[&b, &a])).0,
        207,
        "the last owner stays"
    );
    assert_eq!(memberships(&world, &id).len(), 2);
}
