//! A person asks Graph by a command line: the token carries what was consented to, his roles say how far it reaches.

use std::collections::BTreeSet;

use http::Method;
use serde_json::json;
use uuid::Uuid;

use super::browser::Browser;
use super::client::{redemption, request};
use super::fixture::{bear, call};
use super::people::{HANAKO, TARO, peopled};
use super::registration::object;
use crate::directory::ObjectId;
use crate::entra::{Audience, GRAPH_COMMAND_LINE};
use crate::graph;
use crate::registration::AppObject;
use crate::world::World;

const SCOPE: &str = "https://graph.microsoft.com/.default";
const CLOUD_APPLICATION_ADMINISTRATOR: Uuid = Uuid::from_u128(0x158c_047a_c907_4556_b7ef_4465_51a6_b5f7);

/// He signs in, and makes `owner` an owner of the app's registration; Graph's status.
fn make_owner(world: &World, person: ObjectId, owner: ObjectId) -> u16 {
    let client = GRAPH_COMMAND_LINE.0.to_string();
    let own = [
        ("client_id", client.as_str()),
        ("redirect_uri", "http://localhost"),
    ];
    let mut browser = Browser::new(world);
    let back = browser.sign_in(&request(SCOPE, &own), person);
    let (_, tokens) = browser.token(&redemption(&back["code"], &own), None);
    let caller = bear(world, tokens["access_token"].as_str().unwrap(), Audience::Graph).unwrap();
    let path = format!("/v1.0/applications/{}/owners/$ref", object());
    let body = json!({"@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{}", owner.0)});
    let call = call(Method::POST, "graph.microsoft.com", &path, body.to_string());
    graph::answer_as(world, &caller, &call).status
}

fn owners(world: &World) -> BTreeSet<ObjectId> {
    let tenant = world.tenant();
    let app = tenant
        .directory
        .apps
        .values()
        .find(|app| app.display_name == "Flow");
    let owners = &app.unwrap().registration.owners;
    owners.get(&AppObject::Application).cloned().unwrap_or_default()
}

#[test]
fn an_app_is_changed_by_its_administrators_and_owners_alone_whatever_the_token_carries() {
    let world = peopled().world;
    assert_eq!(make_owner(&world, TARO, TARO), 403);
    assert_eq!(owners(&world), BTreeSet::new());
    let role = BTreeSet::from([CLOUD_APPLICATION_ADMINISTRATOR]);
    world.tenant().directory.roles.insert(HANAKO, role);
    assert_eq!(make_owner(&world, HANAKO, TARO), 204);
    world.tenant().directory.roles.remove(&HANAKO);
    assert_eq!(make_owner(&world, HANAKO, HANAKO), 403);
    assert_eq!(make_owner(&world, TARO, HANAKO), 204, "he owns it");
    assert_eq!(owners(&world), BTreeSet::from([HANAKO, TARO]));
}
