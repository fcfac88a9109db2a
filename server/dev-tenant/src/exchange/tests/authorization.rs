//! An app that Exchange lets into some mailboxes, without a permission of Entra.

use serde_json::{Value, json};
use uuid::Uuid;

use super::world::{failure, post, rows, run, send, wait, world};
use crate::caller::{AppCaller, Caller};
use crate::directory::{App, AppId, ObjectId};
use crate::exchange::writes;
use crate::graph::answer_as;
use crate::registration::Registration;
use crate::world::World;

const APP: AppId = AppId(Uuid::from_u128(0x30));
const PRINCIPAL: ObjectId = ObjectId(Uuid::from_u128(0x31));
const SPREAD: i64 = 7200;

fn registered() -> World {
    let world = world();
    let app = App {
        app_id: APP,
        principal: PRINCIPAL,
        display_name: "Post".to_owned(),
        roles: std::collections::BTreeMap::new(),
        exposed_scopes: std::collections::BTreeSet::new(),
        identifier_uris: Vec::new(),
        redirect_uris: Vec::new(),
        certificates: Vec::new(),
        secrets: Vec::new(),
        access_token_version: 1,
        registration: Registration::default(),
    };
    world.tenant().directory.apps.insert(APP, app);
    world
}

/// The status of a mail that the app sends as this person; it holds nothing of Entra.
fn mail_as(world: &World, name: &str) -> u16 {
    let message = json!({"message": {"subject": "s", "body": {"contentType": "text", "content": "c"},
        "toRecipients": [{"emailAddress": {"address": "hanako@contoso.onmicrosoft.com"}}]}});
    let mut call = post("beta/x", &message);
    call.host = "graph.microsoft.com".to_owned();
    call.path = format!("/v1.0/users/{name}@contoso.onmicrosoft.com/sendMail");
    let caller = Caller::App(AppCaller {
        app_id: APP,
        principal: PRINCIPAL,
        display_name: "Post".to_owned(),
        roles: Vec::new(),
        wids: Vec::new(),
        by_certificate: true,
    });
    answer_as(world, &caller, &call).status
}

fn told(world: &World) {
    let principal = json!({"AppId": APP, "ObjectId": PRINCIPAL, "DisplayName": "Post"});
    rows(world, "New-ServicePrincipal", &principal);
    let scope = json!({"Name": "Sender", "RecipientRestrictionFilter": "Alias -eq 'taro'"});
    rows(world, "New-ManagementScope", &scope);
}

#[test]
fn an_app_sends_as_the_mailboxes_of_its_scope_once_that_has_spread_and_as_no_other() {
    let world = registered();
    told(&world);
    assert_eq!(mail_as(&world, "taro"), 403);
    let assignment =
        json!({"App": APP, "Role": "Application Mail.Send", "CustomResourceScope": "Sender", "Name": "post"});
    rows(&world, "New-ManagementRoleAssignment", &assignment);
    assert_eq!(mail_as(&world, "taro"), 403, "it has not spread");
    let test = json!({"Identity": "Post", "Resource": "taro"});
    let tested = rows(&world, "Test-ServicePrincipalAuthorization", &test);
    assert_eq!(
        (&tested[0]["GrantedPermissions"], &tested[0]["InScope"]),
        (&json!("Mail.Send"), &json!(true))
    );
    wait(&world, SPREAD);
    assert_eq!(mail_as(&world, "taro"), 202);
    assert_eq!(mail_as(&world, "hanako"), 403, "out of scope");
    rows(
        &world,
        "Remove-ManagementRoleAssignment",
        &json!({"Identity": "post", "Confirm": false}),
    );
    assert_eq!(mail_as(&world, "taro"), 403);
}

#[test]
fn what_is_not_there_is_doubled_or_in_use_is_refused() {
    let world = registered();
    let registration = json!({"AppId": APP, "ObjectId": APP.application()});
    assert_eq!(
        failure(&world, "New-ServicePrincipal", &registration).0,
        404,
        "the principal's id is meant"
    );
    told(&world);
    let again = json!({"AppId": APP, "ObjectId": PRINCIPAL});
    assert_eq!(
        failure(&world, "New-ServicePrincipal", &again).1,
        "ADObjectAlreadyExistsException"
    );
    let wrong = json!({"App": APP, "Role": "Application Mail.Send", "CustomResourceScope": "Nowhere"});
    assert_eq!(failure(&world, "New-ManagementRoleAssignment", &wrong).0, 404);
    let other = json!({"App": APP, "Role": "Mail Recipients"});
    assert_eq!(run(&world, "New-ManagementRoleAssignment", &other).0, 501);
    let held = json!({"App": "Post", "Role": "Application Mail.Send", "CustomResourceScope": "Sender"});
    rows(&world, "New-ManagementRoleAssignment", &held);
    let gone = json!({"Identity": "Sender", "Confirm": false});
    assert_eq!(
        failure(&world, "Remove-ManagementScope", &gone).1,
        "ManagementObjectInUseException"
    );
    rows(
        &world,
        "Remove-ServicePrincipal",
        &json!({"Identity": "Post", "Confirm": false}),
    );
    rows(&world, "Remove-ManagementScope", &gone);
    let all = rows(
        &world,
        "Get-ManagementRoleAssignment",
        &json!({"ResultSize": "Unlimited"}),
    );
    assert!(all.is_empty(), "{all:?}");
}

#[test]
fn a_test_reads_and_a_recipient_administrator_gives_no_roles() {
    let world = registered();
    let test = super::world::input("Test-ServicePrincipalAuthorization", &json!({"Identity": "Post"}));
    assert!(!writes(&post("beta/InvokeCommand", &test)));
    let caller = super::world::app("Exchange.ManageAsApp", &["31392ffb-586c-42d1-9346-e59415a2cc4e"]);
    let scope = json!({"Name": "Sender", "RecipientRestrictionFilter": "Alias -eq 'taro'"});
    let call = post(
        "beta/InvokeCommand",
        &super::world::input("New-ManagementScope", &scope),
    );
    assert_eq!(send(&world, Some(&caller), &call).status, 403);
    let empty: Value = json!([]);
    assert_eq!(json!(rows(&world, "Get-ManagementScope", &json!({}))), empty);
}
