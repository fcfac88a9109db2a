use serde_json::{Value, json};

use super::world::{failure, graph, list, rows, run, world};

fn new(name: &str, address: &str) -> Value {
    json!({"Name": name, "ExternalEmailAddress": address, "DisplayName": "取引先", "FirstName": "A", "LastName": "B"})
}

#[test]
fn a_contact_shows_in_the_directory_which_only_reads_it() {
    let world = world();
    let made = &rows(&world, "New-MailContact", &new("partner", "a@fabrikam.com"))[0];
    assert_eq!(made["ExternalEmailAddress"], "SMTP:a@fabrikam.com");
    let (_, listed) = graph(
        &world,
        "GET /contacts?$filter=mail%20eq%20'a@fabrikam.com'",
        &Value::Null,
    );
    let id = made["ExternalDirectoryObjectId"].as_str().unwrap();
    assert_eq!(
        (&listed["value"][0]["id"], &listed["value"][0]["surname"]),
        (&json!(id), &json!("B"))
    );
    assert_eq!(
        graph(
            &world,
            &format!("PATCH /contacts/{id}"),
            &json!({"displayName": "x"})
        )
        .0,
        501
    );
    rows(
        &world,
        "New-DistributionGroup",
        &json!({"Name": "mixed", "ManagedBy": "hanako", "Members": ["partner"]}),
    );
    let group =
        rows(&world, "Get-DistributionGroup", &json!({"Identity": "mixed"}))[0]["ExternalDirectoryObjectId"]
            .clone();
    let (_, members) = graph(
        &world,
        &format!("GET /groups/{}/members", group.as_str().unwrap()),
        &Value::Null,
    );
    assert_eq!(members["value"][0]["@odata.type"], "#microsoft.graph.orgContact");
}

#[test]
fn mail_follows_the_external_address_and_leaves_the_old_one_free() {
    let world = world();
    rows(&world, "New-MailContact", &new("partner", "a@fabrikam.com"));
    let shown = || rows(&world, "Get-MailContact", &json!({"Identity": "partner"}))[0].clone();
    rows(
        &world,
        "Set-MailContact",
        &json!({"Identity": "partner", "WindowsEmailAddress": "shown@fabrikam.com"}),
    );
    assert_eq!(
        (&shown()["ExternalEmailAddress"], &shown()["WindowsEmailAddress"]),
        (&json!("SMTP:a@fabrikam.com"), &json!("shown@fabrikam.com"))
    );
    rows(
        &world,
        "Set-MailContact",
        &json!({"Identity": "partner", "ExternalEmailAddress": "b@fabrikam.com"}),
    );
    assert_eq!(shown()["EmailAddresses"], json!(["SMTP:b@fabrikam.com"]));
    rows(&world, "New-MailContact", &new("other", "a@fabrikam.com"));
    assert_eq!(
        failure(&world, "New-MailContact", &new("third", "B@fabrikam.com")).1,
        "ProxyAddressExistsException"
    );
}

#[test]
fn what_a_contact_is_can_be_said_and_the_contact_removed() {
    let world = world();
    rows(&world, "New-MailContact", &new("partner", "a@fabrikam.com"));
    let set = json!({"Identity": "partner", "Title": "部長", "City": "東京", "Phone": "03-1111-2222"});
    rows(&world, "Set-Contact", &set);
    let shown = &rows(&world, "Get-Contact", &json!({"Identity": "partner"}))[0];
    assert_eq!(
        (&shown["Title"], &shown["City"], &shown["Phone"]),
        (&json!("部長"), &json!("東京"), &json!("03-1111-2222"))
    );
    let more = json!({"Identity": "partner", "EmailAddresses": {"@odata.type": "#Exchange.GenericHashTable", "add": ["smtp:a2@fabrikam.com"]}});
    rows(&world, "Set-MailContact", &more);
    let found = rows(&world, "Get-Recipient", &json!({"Identity": "a2@fabrikam.com"}));
    assert_eq!(found[0]["ExternalEmailAddress"], "SMTP:a@fabrikam.com");
    rows(
        &world,
        "Remove-MailContact",
        &json!({"Identity": "partner", "Confirm": false}),
    );
    assert_eq!(
        run(&world, "Get-MailContact", &json!({"Identity": "partner"})).0,
        404
    );
    let (_, listed) = graph(&world, "GET /contacts", &Value::Null);
    assert_eq!(listed["value"], json!([]));
}

#[test]
fn an_identity_that_means_two_is_refused() {
    let world = world();
    rows(&world, "New-DistributionGroup", &list("sales"));
    rows(
        &world,
        "New-MailContact",
        &json!({"Name": "other", "Alias": "x1", "ExternalEmailAddress": "a@fabrikam.com"}),
    );
    for contact in world.tenant().directory.contacts.values_mut() {
        contact
            .properties
            .insert("mailNickname".to_owned(), json!("sales"));
    }
    assert_eq!(
        failure(&world, "Get-Recipient", &json!({"Identity": "sales"})).1,
        "ManagementObjectAmbiguousException"
    );
}
