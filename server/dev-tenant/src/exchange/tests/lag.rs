use serde_json::{Value, json};

use super::world::{graph, licensed, list, person, rows, run, wait, world_with};
use crate::switches::{ExchangeSwitches, Switches};

fn lagging() -> Switches {
    Switches {
        exchange: ExchangeSwitches {
            sees_directory_seconds: 60,
            seen_by_directory_seconds: 30,
            sees_itself_seconds: 5,
            mailbox_delay_seconds: 120,
            ..ExchangeSwitches::default()
        },
        ..Switches::default()
    }
}

#[test]
fn exchange_hears_late_of_the_directory_and_the_directory_of_exchange() {
    let world = world_with(lagging());
    wait(&world, 200);
    let made = rows(&world, "New-DistributionGroup", &list("sales"));
    let id = made[0]["ExternalDirectoryObjectId"].as_str().unwrap().to_owned();
    let in_graph = || graph(&world, &format!("GET /groups/{id}"), &Value::Null).0;
    let in_exchange = || run(&world, "Get-DistributionGroup", &json!({"Identity": id})).0;
    assert_eq!((in_graph(), in_exchange()), (404, 404));
    wait(&world, 6);
    assert_eq!((in_graph(), in_exchange()), (404, 200));
    wait(&world, 30);
    assert_eq!((in_graph(), in_exchange()), (200, 200));

    let unified = json!({"displayName": "t", "mailNickname": "team", "mailEnabled": true, "securityEnabled": false, "groupTypes": ["Unified"]});
    assert_eq!(graph(&world, "POST /groups", &unified).0, 201);
    let team = || run(&world, "Get-Recipient", &json!({"Identity": "team"})).0;
    assert_eq!(team(), 404);
    wait(&world, 61);
    assert_eq!(team(), 200);
}

#[test]
fn a_licence_brings_the_mailbox_after_a_while() {
    let world = world_with(lagging());
    let id = licensed(&world, "jiro");
    let exchange = || run(&world, "Get-Mailbox", &json!({"Identity": "jiro"})).0;
    let send = json!({"message": {"subject": "x", "toRecipients": [{"emailAddress": {"address": "taro@contoso.onmicrosoft.com"}}]}});
    let mail = || graph(&world, &format!("POST /users/{id}/sendMail"), &send).0;
    wait(&world, 61);
    assert_eq!((exchange(), mail()), (404, 404));
    wait(&world, 60);
    assert_eq!((exchange(), mail()), (200, 202));
}

#[test]
fn a_name_is_taken_before_anybody_finds_it() {
    let world = world_with(lagging());
    wait(&world, 200);
    rows(&world, "New-DistributionGroup", &list("sales"));
    assert_eq!(run(&world, "New-DistributionGroup", &list("sales")).0, 400);
    assert_eq!(graph(&world, "POST /users", &person("sales")).0, 400);
}
