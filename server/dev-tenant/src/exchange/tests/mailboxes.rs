use serde_json::{Value, json};

use super::world::{effects, failure, graph, licensed, list, names, rows, run, world};
use crate::world::World;

fn shared(world: &World) -> String {
    let new = json!({"Shared": true, "Name": "info", "DisplayName": "受付", "Alias": "info"});
    let made = rows(world, "New-Mailbox", &new);
    assert_eq!(made[0]["RecipientTypeDetails"], "SharedMailbox");
    made[0]["ExternalDirectoryObjectId"].as_str().unwrap().to_owned()
}

fn table(side: &str, values: &[&str]) -> Value {
    json!({"@odata.type": "#Exchange.GenericHashTable", side: values})
}

#[test]
fn a_shared_mailbox_is_a_disabled_account_and_goes_with_it() {
    let world = world();
    let id = shared(&world);
    let (_, user) = graph(
        &world,
        &format!("GET /users/{id}?$select=accountEnabled,mail,displayName"),
        &Value::Null,
    );
    assert_eq!(
        (&user["accountEnabled"], &user["displayName"]),
        (&json!(false), &json!("受付"))
    );
    assert_eq!(user["mail"], "info@contoso.onmicrosoft.com");
    rows(
        &world,
        "Remove-Mailbox",
        &json!({"Identity": "info", "Confirm": false}),
    );
    assert_eq!(graph(&world, &format!("GET /users/{id}"), &Value::Null).0, 404);
    assert_eq!(
        graph(&world, &format!("GET /directory/deletedItems/{id}"), &Value::Null).0,
        200
    );
    let gone = json!({"Identity": id, "PermanentlyDelete": true, "Confirm": false});
    rows(&world, "Remove-Mailbox", &gone);
    assert_eq!(
        graph(&world, &format!("GET /directory/deletedItems/{id}"), &Value::Null).0,
        404
    );
}

#[test]
fn only_what_is_deleted_already_goes_for_good() {
    let world = world();
    shared(&world);
    let at_once = json!({"Identity": "info", "PermanentlyDelete": true, "Confirm": false});
    assert_eq!(failure(&world, "Remove-Mailbox", &at_once).0, 400);
    assert_eq!(rows(&world, "Get-Mailbox", &json!({"Identity": "info"})).len(), 1);
}

#[test]
fn addresses_are_added_removed_and_replaced() {
    let world = world();
    let id = shared(&world);
    let addresses = || rows(&world, "Get-Mailbox", &json!({"Identity": "info"}))[0]["EmailAddresses"].clone();
    let set = |edit: Value| {
        run(
            &world,
            "Set-Mailbox",
            &json!({"Identity": id, "EmailAddresses": edit}),
        )
        .0
    };
    assert_eq!(set(table("Add", &["smtp:help@contoso.onmicrosoft.com"])), 200);
    assert_eq!(
        addresses(),
        json!([
            "SMTP:info@contoso.onmicrosoft.com",
            "smtp:help@contoso.onmicrosoft.com"
        ])
    );
    assert_eq!(
        set(table("remove", &["info@contoso.onmicrosoft.com"])),
        400,
        "the primary one stays"
    );
    assert_eq!(set(json!(["SMTP:help@contoso.onmicrosoft.com"])), 200);
    assert_eq!(addresses(), json!(["SMTP:help@contoso.onmicrosoft.com"]));
    let (_, user) = graph(&world, &format!("GET /users/{id}"), &Value::Null);
    assert_eq!(user["mail"], "help@contoso.onmicrosoft.com");
    assert_eq!(
        set(table("add", &["taro@contoso.onmicrosoft.com"])),
        400,
        "somebody has it"
    );
}

#[test]
fn a_mailbox_is_converted_and_forwards() {
    let world = world();
    let details = || rows(&world, "Get-Mailbox", &json!({"Identity": "taro"}))[0].clone();
    rows(
        &world,
        "Set-Mailbox",
        &json!({"Identity": "taro", "Type": "Shared", "CustomAttribute3": "x"}),
    );
    assert_eq!(
        (&details()["RecipientTypeDetails"], &details()["CustomAttribute3"]),
        (&json!("SharedMailbox"), &json!("x"))
    );
    rows(
        &world,
        "Set-Mailbox",
        &json!({"Identity": "taro", "Type": "Regular", "ForwardingSmtpAddress": "smtp:a@fabrikam.com"}),
    );
    assert_eq!(
        (
            &details()["RecipientTypeDetails"],
            &details()["ForwardingSmtpAddress"]
        ),
        (&json!("UserMailbox"), &json!("smtp:a@fabrikam.com"))
    );
    rows(
        &world,
        "Set-Mailbox",
        &json!({"Identity": "taro", "ForwardingSmtpAddress": null, "HiddenFromAddressListsEnabled": true}),
    );
    assert_eq!(
        (
            &details()["ForwardingSmtpAddress"],
            &details()["HiddenFromAddressListsEnabled"]
        ),
        (&Value::Null, &json!(true))
    );
}

#[test]
fn full_access_is_granted_once_and_taken() {
    let world = world();
    shared(&world);
    let right = |user: &str| json!({"Identity": "info", "User": user, "AccessRights": ["FullAccess"], "InheritanceType": "All", "AutoMapping": true, "Confirm": false});
    let holders = || {
        let found = rows(
            &world,
            "Get-MailboxPermission",
            &json!({"Identity": "info", "ResultSize": "Unlimited"}),
        );
        names(&found, "User")
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    rows(&world, "Add-MailboxPermission", &right("taro"));
    let (_, again) = run(&world, "Add-MailboxPermission", &right("taro"));
    assert!(again["@adminapi.warnings"][0].is_string(), "{again}");
    assert_eq!(holders(), ["NT AUTHORITY\\SELF", "taro@contoso.onmicrosoft.com"]);
    rows(&world, "Remove-MailboxPermission", &right("taro"));
    assert_eq!(holders(), ["NT AUTHORITY\\SELF"]);
    assert_eq!(effects(&world, "exchange:grant-full-access:mailbox:"), 1);
}

#[test]
fn a_mail_enabled_security_group_holds_rights_and_a_plain_group_does_not() {
    let world = world();
    shared(&world);
    rows(
        &world,
        "New-DistributionGroup",
        &json!({"Name": "desk", "Type": "Security", "ManagedBy": "hanako"}),
    );
    rows(&world, "New-DistributionGroup", &list("everyone"));
    let plain = json!({"displayName": "plain", "mailNickname": "plain", "mailEnabled": false, "securityEnabled": true});
    assert_eq!(graph(&world, "POST /groups", &plain).0, 201);
    let grant = |user: &str| {
        let right = json!({"Identity": "info", "User": user, "AccessRights": ["FullAccess"]});
        run(&world, "Add-MailboxPermission", &right).0
    };
    assert_eq!(
        [grant("desk"), grant("plain"), grant("everyone")],
        [200, 404, 404]
    );
}

#[test]
fn sending_as_and_on_behalf_are_two_rights() {
    let world = world();
    shared(&world);
    let send_as =
        json!({"Identity": "info", "Trustee": "taro", "AccessRights": ["SendAs"], "Confirm": false});
    rows(&world, "Add-RecipientPermission", &send_as);
    let found = rows(
        &world,
        "Get-RecipientPermission",
        &json!({"Identity": "info", "Trustee": "taro"}),
    );
    assert_eq!(names(&found, "Trustee"), ["taro@contoso.onmicrosoft.com"]);
    rows(&world, "Remove-RecipientPermission", &send_as);
    assert_eq!(
        rows(
            &world,
            "Get-RecipientPermission",
            &json!({"Identity": "info", "Trustee": "taro"})
        )
        .len(),
        0
    );
    let behalf = |side: &str| json!({"Identity": "info", "GrantSendOnBehalfTo": table(side, &["hanako"])});
    let on_behalf =
        || rows(&world, "Get-Mailbox", &json!({"Identity": "info"}))[0]["GrantSendOnBehalfTo"].clone();
    rows(&world, "Set-Mailbox", &behalf("add"));
    assert_eq!(on_behalf(), json!(["hanako"]));
    rows(&world, "Set-Mailbox", &behalf("Remove"));
    assert_eq!(on_behalf(), json!([]));
}

#[test]
fn a_mailbox_ends_with_the_licence_unless_it_is_shared() {
    let world = world();
    let id = licensed(&world, "jiro");
    let sku = uuid::Uuid::from_u128(7);
    let take = json!({"addLicenses": [], "removeLicenses": [sku]});
    assert_eq!(
        graph(&world, &format!("POST /users/{id}/assignLicense"), &take).0,
        200
    );
    assert_eq!(run(&world, "Get-Mailbox", &json!({"Identity": "jiro"})).0, 404);
    rows(
        &world,
        "Set-Mailbox",
        &json!({"Identity": "taro", "Type": "Shared"}),
    );
    assert_eq!(
        graph(
            &world,
            "POST /users/taro@contoso.onmicrosoft.com/assignLicense",
            &take
        )
        .0,
        200
    );
    assert_eq!(rows(&world, "Get-Mailbox", &json!({"Identity": "taro"})).len(), 1);
}
