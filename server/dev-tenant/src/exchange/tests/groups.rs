use serde_json::{Value, json};

use super::world::{effects, failure, graph, list, names, rows, run, world};
use crate::world::World;

fn member(group: &str, member: &str) -> Value {
    json!({"Identity": group, "Member": member, "BypassSecurityGroupManagerCheck": true, "Confirm": false})
}

fn members(world: &World, group: &str) -> Vec<String> {
    let found = rows(
        world,
        "Get-DistributionGroupMember",
        &json!({"Identity": group, "ResultSize": "Unlimited"}),
    );
    let mut found: Vec<String> = names(&found, "Alias").into_iter().map(str::to_owned).collect();
    found.sort();
    found
}

#[test]
fn a_group_of_exchange_shows_in_the_directory_and_graph_cannot_change_it() {
    for (kind, secure) in [("Distribution", false), ("Security", true)] {
        let world = world();
        let new = json!({"Name": "Sales", "DisplayName": "営業", "Type": kind, "ManagedBy": ["hanako@contoso.onmicrosoft.com"], "Members": ["taro"]});
        let made = &rows(&world, "New-DistributionGroup", &new)[0];
        assert_eq!(made["PrimarySmtpAddress"], "Sales@contoso.onmicrosoft.com");
        let id = made["ExternalDirectoryObjectId"].as_str().unwrap();
        let (_, shown) = graph(&world, &format!("GET /groups/{id}"), &Value::Null);
        assert_eq!(
            (
                &shown["displayName"],
                &shown["securityEnabled"],
                &shown["mailEnabled"]
            ),
            (&json!("営業"), &json!(secure), &json!(true))
        );
        let (_, members) = graph(&world, &format!("GET /groups/{id}/members"), &Value::Null);
        assert_eq!(members["value"][0]["displayName"], "taro");
        for (line, body) in [
            (format!("PATCH /groups/{id}"), json!({"displayName": "x"})),
            (format!("DELETE /groups/{id}"), Value::Null),
        ] {
            let (status, refused) = graph(&world, &line, &body);
            let text = "Cannot Update a mail-enabled security groups and or distribution list.";
            assert_eq!(
                (status, &refused["error"]["message"]),
                (400, &json!(text)),
                "{line}"
            );
        }
    }
}

#[test]
fn an_app_names_an_owner_and_passes_the_check_of_owners() {
    let world = world();
    assert_eq!(
        failure(&world, "New-DistributionGroup", &json!({"Name": "sales"})).1,
        "ManagedByRequiredException"
    );
    rows(&world, "New-DistributionGroup", &list("sales"));
    let mut change = json!({"Identity": "sales", "DisplayName": "Sales"});
    assert_eq!(
        failure(&world, "Set-DistributionGroup", &change).1,
        "OperationRequiresGroupManagerException"
    );
    change["BypassSecurityGroupManagerCheck"] = json!(true);
    rows(&world, "Set-DistributionGroup", &change);
    let nobody = json!({"Identity": "sales", "ManagedBy": [], "BypassSecurityGroupManagerCheck": true});
    assert_eq!(
        failure(&world, "Set-DistributionGroup", &nobody).1,
        "DataValidationException"
    );
    let other = json!({"Identity": "sales", "ManagedBy": {"@odata.type": "#Exchange.GenericHashTable", "Add": ["taro"], "remove": ["hanako"]}, "BypassSecurityGroupManagerCheck": true});
    rows(&world, "Set-DistributionGroup", &other);
    assert_eq!(
        rows(&world, "Get-DistributionGroup", &json!({"Identity": "sales"}))[0]["ManagedBy"],
        json!(["taro"])
    );
}

#[test]
fn members_come_and_go_once() {
    let world = world();
    rows(&world, "New-DistributionGroup", &list("sales"));
    rows(
        &world,
        "Add-DistributionGroupMember",
        &member("sales", "taro@contoso.onmicrosoft.com"),
    );
    assert_eq!(
        failure(&world, "Add-DistributionGroupMember", &member("sales", "taro")),
        (400, "MemberAlreadyExistsException".to_owned())
    );
    assert_eq!(members(&world, "sales"), ["taro"]);
    rows(&world, "Remove-DistributionGroupMember", &member("sales", "taro"));
    assert_eq!(
        failure(&world, "Remove-DistributionGroupMember", &member("sales", "taro")).1,
        "MemberNotFoundException"
    );
    assert_eq!(
        failure(&world, "Add-DistributionGroupMember", &member("sales", "nobody")).0,
        404
    );
    assert_eq!(effects(&world, "exchange:add-member:group:"), 1);
}

#[test]
fn the_whole_list_replaces_the_one_before() {
    let world = world();
    rows(
        &world,
        "New-DistributionGroup",
        &json!({"Name": "sales", "ManagedBy": "hanako", "Members": ["taro"]}),
    );
    let whole = json!({"Identity": "sales", "Members": ["hanako"], "BypassSecurityGroupManagerCheck": true, "Confirm": false});
    rows(&world, "Update-DistributionGroupMember", &whole);
    assert_eq!(members(&world, "sales"), ["hanako"]);
    assert_eq!(
        (
            effects(&world, "exchange:add-member"),
            effects(&world, "exchange:remove-member")
        ),
        (1, 1)
    );
    rows(&world, "Update-DistributionGroupMember", &whole);
    assert_eq!(effects(&world, "exchange:add-member"), 1, "nothing changed");
}

#[test]
fn names_and_addresses_are_unique_over_all_recipients() {
    let world = world();
    rows(&world, "New-DistributionGroup", &list("sales"));
    assert_eq!(
        failure(&world, "New-DistributionGroup", &list("SALES")).1,
        "ADObjectAlreadyExistsException"
    );
    let taken =
        json!({"Name": "s2", "ManagedBy": "hanako", "PrimarySmtpAddress": "taro@contoso.onmicrosoft.com"});
    assert_eq!(
        failure(&world, "New-DistributionGroup", &taken).1,
        "ProxyAddressExistsException"
    );
    let user = super::world::person("sales");
    let (status, body) = graph(&world, "POST /users", &user);
    assert_eq!(
        (status, &body["error"]["details"][0]["target"]),
        (400, &json!("proxyAddresses"))
    );
}

#[test]
fn addresses_move_and_the_two_ways_to_say_so_exclude_each_other() {
    let world = world();
    rows(&world, "New-DistributionGroup", &list("sales"));
    let both = json!({"Identity": "sales", "PrimarySmtpAddress": "s@contoso.onmicrosoft.com", "EmailAddresses": ["SMTP:s@contoso.onmicrosoft.com"], "BypassSecurityGroupManagerCheck": true});
    assert_eq!(
        failure(&world, "Set-DistributionGroup", &both).1,
        "ParameterBindingException"
    );
    let first = json!({"Identity": "sales", "PrimarySmtpAddress": "s@contoso.onmicrosoft.com", "BypassSecurityGroupManagerCheck": true});
    rows(&world, "Set-DistributionGroup", &first);
    let found = &rows(
        &world,
        "Get-Recipient",
        &json!({"Identity": "sales@contoso.onmicrosoft.com"}),
    )[0];
    assert_eq!(found["PrimarySmtpAddress"], "s@contoso.onmicrosoft.com");
    let (_, again) = run(&world, "Set-DistributionGroup", &first);
    assert!(
        again["@adminapi.warnings"][0]
            .as_str()
            .unwrap()
            .contains("no settings"),
        "{again}"
    );
}

#[test]
fn a_security_group_is_closed_and_a_synchronised_one_is_not_ours() {
    let world = world();
    let open =
        json!({"Name": "safe", "Type": "Security", "ManagedBy": "hanako", "MemberJoinRestriction": "Open"});
    assert_eq!(
        failure(&world, "New-DistributionGroup", &open).1,
        "DataValidationException"
    );
    rows(&world, "New-DistributionGroup", &list("sales"));
    for group in world.tenant().directory.groups.values_mut() {
        group
            .properties
            .insert("onPremisesSyncEnabled".to_owned(), json!(true));
    }
    assert_eq!(
        failure(&world, "Add-DistributionGroupMember", &member("sales", "taro")).1,
        "InvalidOperationException"
    );
}
