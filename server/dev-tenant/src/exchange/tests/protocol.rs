use serde_json::{Value, json};

use super::world::{HOST, administrator, failure, header, input, list, names, post, rows, run, send, world};
use crate::call::Reply;
use crate::world::World;

fn reading(world: &World, endpoint: &str, parameters: &Value) -> (Reply, Value) {
    let mut call = post(endpoint, &input("Get-Recipient", parameters));
    header(&mut call, "prefer", "odata.maxpagesize=2");
    let reply = send(world, Some(&administrator()), &call);
    let body = serde_json::from_slice(&reply.body).unwrap();
    (reply, body)
}

#[test]
fn pages_follow_by_post_of_the_same_body_and_no_other() {
    let world = world();
    for name in ["a", "b", "c"] {
        rows(&world, "New-DistributionGroup", &list(name));
    }
    let all = json!({"ResultSize": "Unlimited"});
    let mut found = Vec::new();
    let mut endpoint = "beta/InvokeCommand?$select=Alias,Guid".to_owned();
    let next = loop {
        let (_, body) = reading(&world, &endpoint, &all);
        found.extend(
            names(body["value"].as_array().unwrap(), "Alias")
                .into_iter()
                .map(str::to_owned),
        );
        assert!(body["value"][0].get("Name").is_none(), "only what is selected");
        let Some(next) = body["@odata.nextLink"].as_str() else {
            break endpoint;
        };
        let start = format!("https://{HOST}/adminapi/beta/");
        let (_, rest) = next.strip_prefix(&start).unwrap().split_once('/').unwrap();
        endpoint = format!("beta/{rest}");
    };
    found.sort();
    assert_eq!(found, ["a", "b", "c", "hanako", "taro"]);
    let (reply, _) = reading(&world, &next, &json!({"ResultSize": "100"}));
    assert_eq!(reply.status, 400, "the token belongs to the first body");
}

#[test]
fn a_list_that_does_not_say_unlimited_is_cut_and_says_so() {
    let world = world();
    let (_, body) = run(&world, "Get-Mailbox", &json!({}));
    assert_eq!(body["value"].as_array().unwrap().len(), 1);
    assert!(body["@odata.nextLink"].is_string() && body["@adminapi.warnings"][0].is_string());
    let (_, one) = run(&world, "Get-Mailbox", &json!({"ResultSize": 1}));
    assert!(one.get("@odata.nextLink").is_none() && one["@adminapi.warnings"][0].is_string());
    assert_eq!(
        rows(&world, "Get-Mailbox", &json!({"ResultSize": "Unlimited"})).len(),
        2
    );
    world.tenant().switches.exchange.truncates_lists = false;
    assert_eq!(rows(&world, "Get-Mailbox", &json!({})).len(), 2);
}

#[test]
fn a_refusal_is_told_in_three_parts() {
    let world = world();
    let (status, body) = run(&world, "Get-Recipient", &json!({"Identity": "nobody"}));
    let detail = &body["error"]["details"][0];
    assert_eq!((status, &detail["target"]), (404, &json!("")));
    let message = detail["message"].as_str().unwrap();
    assert!(
        message.starts_with(
            "Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|"
        )
    );
    world.tenant().switches.exchange.not_found_is_500 = true;
    assert_eq!(
        run(&world, "Get-Recipient", &json!({"Identity": "nobody"})).0,
        500
    );
    let unread = post("beta/InvokeCommand", &json!({"CmdletName": "Get-Mailbox"}));
    assert_eq!(send(&world, Some(&administrator()), &unread).status, 400);
}

#[test]
fn rows_tell_the_types_that_json_hides_and_headers_what_is_left() {
    let world = world();
    let (reply, body) = reading(&world, "beta/InvokeCommand", &json!({"Identity": "hanako"}));
    let row = &body["value"][0];
    assert_eq!(row["EmailAddresses@odata.type"], "#Collection(String)");
    assert_eq!(
        (&row["Guid@data.type"], &row["Guid@odata.type"]),
        (&json!("System.Guid"), &json!("#Guid"))
    );
    let header = |name: &str| {
        reply
            .headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    };
    assert_eq!(header("Rate-Limit-Limit"), Some("30000"));
    assert_eq!(header("Rate-Limit-Remaining"), Some("29999"));
}

#[test]
fn a_batch_runs_each_part_by_itself() {
    let world = world();
    let url =
        "https://outlook.office365.com/adminapi/beta/00000000-0000-0000-0000-000000000001/InvokeCommand";
    let part = |id: &str, url: &str, cmdlet: &str, parameters: Value| json!({"id": id, "method": "POST", "url": url, "headers": {}, "body": input(cmdlet, &parameters)});
    let batch = post(
        "beta/$batch",
        &json!({"requests": [
            part("1", url, "New-DistributionGroup", list("sales")),
            part("2", url, "Get-Recipient", json!({"Identity": "nobody"})),
            part("3", "https://elsewhere.example/adminapi", "Get-Mailbox", json!({})),
        ]}),
    );
    let reply = send(&world, Some(&administrator()), &batch);
    let body: Value = serde_json::from_slice(&reply.body).unwrap();
    let statuses: Vec<_> = body["responses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| part["status"].as_u64())
        .collect();
    assert_eq!(statuses, [Some(200), Some(404), Some(400)]);
    assert_eq!(
        rows(&world, "Get-DistributionGroup", &json!({"Identity": "sales"})).len(),
        1
    );
}

#[test]
fn what_asks_for_confirmation_needs_it() {
    let world = world();
    rows(&world, "New-DistributionGroup", &list("sales"));
    let mut remove = json!({"Identity": "sales", "BypassSecurityGroupManagerCheck": true});
    assert_eq!(
        failure(&world, "Remove-DistributionGroup", &remove),
        (400, "PSInvalidOperationException".to_owned())
    );
    remove["Confirm"] = json!(false);
    rows(&world, "Remove-DistributionGroup", &remove);
    assert_eq!(
        run(&world, "Get-DistributionGroup", &json!({"Identity": "sales"})).0,
        404
    );
}

#[test]
fn the_module_file_and_the_domains_are_there_to_read() {
    let world = world();
    let mut call = post("v1.0/EXOModuleFile?Version=3.5.0", &Value::Null);
    call.method = http::Method::GET;
    let reply = send(&world, Some(&administrator()), &call);
    let body: Value = serde_json::from_slice(&reply.body).unwrap();
    let exported = body["value"][0]["exportedCmdlets"].as_array().unwrap();
    assert!(exported.contains(&json!("New-DistributionGroup")), "{body}");
    assert_eq!(
        rows(&world, "Get-AcceptedDomain", &json!({}))[0]["DomainName"],
        "contoso.onmicrosoft.com"
    );
}
