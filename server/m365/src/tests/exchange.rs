use serde_json::json;
use uuid::Uuid;

use super::recorder::Recorder;
use crate::{
    Verdict,
    exchange::{
        Addresses, DistributionGroupChange, Forwarding, GroupKind, Identity, ListChange, Mailbox,
        MailboxChange, MailboxType, NewDistributionGroup, NewSharedMailbox, RecipientKind, Warnings,
    },
};

mod contacts;
mod refusals;

const NOTHING: (u16, &str) = (200, r#"{"@adminapi.warnings":[],"value":[]}"#);

const MISSING: &str = r#"{"error":{"code":"NotFound","message":"Error executing cmdlet","details":[{"code":"Client",
    "target":"","message":"Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|The operation couldn't be performed because object 'x' couldn't be found."}]}}"#;

fn all() -> Identity {
    Identity::from("all@contoso.example")
}

fn sato() -> Identity {
    Identity::from("sato@contoso.example")
}

#[tokio::test]
async fn a_cmdlet_goes_out_as_the_module_sends_it_and_its_pages_are_followed_by_the_same_body() {
    let first = r##"{"@adminapi.warnings":["w"],"@odata.nextLink":"{origin}/adminapi/beta/t/InvokeCommand?$skiptoken=x",
        "value":[{"Guid":"00000000-0000-0000-0000-000000000001","Guid@odata.type":"#Guid","Name":"a","RecipientTypeDetails":"UserMailbox",
        "ExternalDirectoryObjectId":"","EmailAddresses":["SMTP:a@contoso.example"],"EmailAddresses@odata.type":"#Collection(String)"}]}"##;
    let second = r#"{"value":[{"Guid":"00000000-0000-0000-0000-000000000002","Name":"b","RecipientTypeDetails":"MailContact"}]}"#;
    let recorder = Recorder::start(&[(200, first), (200, second)]).await;
    let exchange = recorder.tenant().exchange();
    let members = exchange.distribution_group_members(&all()).await.unwrap();
    assert_eq!(members.len(), 2);
    assert_eq!(members[0].external_directory_object_id, None);
    assert!(members[0].has_address("A@contoso.example") && !members[1].has_address("a@contoso.example"));
    let seen = recorder.seen();
    assert!(
        seen[0].line.starts_with(
            "POST /adminapi/beta/00000000-0000-0000-0000-000000000001/InvokeCommand?$select=Guid,"
        ),
        "{}",
        seen[0].line
    );
    assert_eq!(seen[1].line, "POST /adminapi/beta/t/InvokeCommand?$skiptoken=x");
    assert_eq!(seen[0].body, seen[1].body);
    for (name, value) in [
        ("x-cmdletname", "Get-DistributionGroupMember"),
        ("prefer", "odata.maxpagesize=1000"),
        ("content-type", "application/json; charset=utf-8"),
        ("accept", "application/json"),
        ("x-responseformat", "json"),
        (
            "x-anchormailbox",
            "APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@00000000-0000-0000-0000-000000000001",
        ),
    ] {
        assert_eq!(seen[0].header(name), value, "{name}");
    }
    let ids = |name: &str| (seen[0].header(name).to_owned(), seen[1].header(name).to_owned());
    let (one, other) = ids("connection-id");
    assert_eq!(one, other, "one connection");
    let (one, other) = ids("client-request-id");
    assert!(one != other && one.parse::<Uuid>().is_ok(), "two requests");
    assert_eq!(seen[0].headers.get_all("client-request-id").iter().count(), 1);
    assert_eq!(
        seen[0].json(),
        json!({ "CmdletInput": { "CmdletName": "Get-DistributionGroupMember",
            "Parameters": { "Identity": "all@contoso.example", "ResultSize": "Unlimited" } } })
    );
}

#[tokio::test]
async fn a_page_on_another_host_is_not_asked_for_and_a_change_is_never_sent_again() {
    let foreign = r#"{"value":[],"@odata.nextLink":"https://evil.example/adminapi/beta/t/InvokeCommand"}"#;
    let own = r#"{"value":[],"@odata.nextLink":"{origin}/adminapi/beta/t/InvokeCommand"}"#;
    let recorder = Recorder::start(&[(200, foreign), (200, own)]).await;
    let exchange = recorder.tenant().exchange();
    let error = exchange.distribution_group_members(&all()).await.unwrap_err();
    assert_eq!(error.verdict, Verdict::Invalid);
    exchange
        .add_distribution_group_member(&all(), &sato())
        .await
        .unwrap();
    assert_eq!(recorder.lines().len(), 2);
}

#[tokio::test]
async fn nobody_with_a_name_is_none_and_several_are_an_error() {
    let two = r#"{"value":[{"Guid":"00000000-0000-0000-0000-000000000001","Name":"a","RecipientTypeDetails":"UserMailbox"},
        {"Guid":"00000000-0000-0000-0000-000000000002","Name":"b","RecipientTypeDetails":"UserMailbox"}]}"#;
    let recorder = Recorder::start(&[(404, MISSING), (200, two), NOTHING]).await;
    let exchange = recorder.tenant().exchange();
    assert_eq!(exchange.recipient(&sato()).await.unwrap(), None);
    let several = exchange.recipient(&Identity::from("*")).await.unwrap_err();
    assert_eq!(several.verdict, Verdict::Invalid);
    assert!(
        exchange
            .recipients_at(&["o'neil@contoso.example"])
            .await
            .unwrap()
            .is_empty()
    );
    assert!(exchange.recipients_at(&[]).await.unwrap().is_empty());
    let seen = recorder.seen();
    assert_eq!(seen.len(), 3, "nobody asks for no address");
    let parameters = &seen[2].json()["CmdletInput"]["Parameters"];
    assert_eq!(
        parameters["Filter"],
        "EmailAddresses -eq 'smtp:o''neil@contoso.example'"
    );
}

#[tokio::test]
async fn all_recipients_of_a_kind_are_asked_for_and_not_the_first_of_them() {
    let recorder = Recorder::start(&[NOTHING]).await;
    let exchange = recorder.tenant().exchange();
    let found = exchange.recipients_of(&RecipientKind::SharedMailbox).await;
    assert!(found.unwrap().is_empty());
    let commands = commands(&recorder);
    let parameters = json!({ "RecipientTypeDetails": "SharedMailbox", "ResultSize": "Unlimited" });
    assert_eq!(commands[0]["Parameters"], parameters);
}

/// The commands in the order in which they came, with their parameters.
fn commands(recorder: &Recorder) -> Vec<serde_json::Value> {
    let seen = recorder.seen();
    seen.iter()
        .map(|seen| seen.json()["CmdletInput"].clone())
        .collect()
}

#[tokio::test]
async fn a_distribution_group_is_made_changed_and_removed() {
    let made = r#"{"@adminapi.warnings":["slow"],"value":[{"Guid":"00000000-0000-0000-0000-000000000001","Name":"all",
        "ExternalDirectoryObjectId":"00000000-0000-0000-0000-000000000009","PrimarySmtpAddress":"all@contoso.example",
        "RecipientTypeDetails":"MailUniversalSecurityGroup","ManagedBy":["sato"],"RequireSenderAuthenticationEnabled":true}]}"#;
    let recorder = Recorder::start(&[(200, made), NOTHING, NOTHING, NOTHING, NOTHING, (404, MISSING)]).await;
    let exchange = recorder.tenant().exchange();
    let group = NewDistributionGroup {
        kind: GroupKind::Security,
        name: "all",
        display_name: "全社",
        alias: "all",
        primary_smtp_address: "all@contoso.example",
        managed_by: &["sato@contoso.example"],
        notes: "",
        open_to_outside: false,
    };
    let made = exchange.create_distribution_group(&group).await.unwrap();
    assert_eq!(made.object.external_directory_object_id, Some(Uuid::from_u128(9)));
    assert_eq!(made.warnings, Warnings(vec!["slow".to_owned()]));
    let change = DistributionGroupChange {
        display_name: Some("全社員"),
        addresses: Some(Addresses::List(ListChange::Edit {
            add: &["smtp:everyone@contoso.example"],
            remove: &[],
        })),
        managed_by: Some(ListChange::Replace(&["sato@contoso.example"])),
        open_to_outside: Some(true),
        ..DistributionGroupChange::default()
    };
    exchange.update_distribution_group(&all(), &change).await.unwrap();
    exchange
        .add_distribution_group_member(&all(), &sato())
        .await
        .unwrap();
    exchange
        .replace_distribution_group_members(&all(), &["sato@contoso.example"])
        .await
        .unwrap();
    exchange
        .remove_distribution_group_member(&all(), &sato())
        .await
        .unwrap();
    exchange.remove_distribution_group(&all()).await.unwrap();
    insta::assert_json_snapshot!(commands(&recorder));
}

#[tokio::test]
async fn a_shared_mailbox_is_made_changed_shared_out_and_removed() {
    let made = r#"{"value":[{"Guid":"00000000-0000-0000-0000-000000000001","Name":"info","UserPrincipalName":"info@contoso.example",
        "ExternalDirectoryObjectId":"00000000-0000-0000-0000-000000000009","RecipientTypeDetails":"SharedMailbox",
        "ForwardingSmtpAddress":null,"GrantSendOnBehalfTo":[]}]}"#;
    let recorder =
        Recorder::start(&[(200, made), NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING]).await;
    let exchange = recorder.tenant().exchange();
    let info = Identity::from("info@contoso.example");
    let mailbox = NewSharedMailbox {
        name: "info",
        display_name: "お問い合わせ",
        alias: "info",
        primary_smtp_address: "info@contoso.example",
    };
    let made = exchange.create_shared_mailbox(&mailbox).await.unwrap();
    assert_eq!(
        made.object.user_principal_name.as_deref(),
        Some("info@contoso.example")
    );
    let change = MailboxChange {
        display_name: Some("窓口"),
        addresses: Some(Addresses::Primary("desk@contoso.example")),
        keeps_what_others_send: Some(true),
        ..MailboxChange::default()
    };
    exchange.update_mailbox(&info, &change).await.unwrap();
    exchange
        .convert_mailbox(&info, MailboxType::Shared)
        .await
        .unwrap();
    let forwarding = Forwarding {
        to: "a@fabrikam.example",
        keeps_copy: true,
    };
    exchange
        .set_forwarding(&made.object, Some(forwarding))
        .await
        .unwrap();
    let named = Mailbox {
        forwarding_address: Some("sato".to_owned()),
        ..made.object.clone()
    };
    exchange.set_forwarding(&named, None).await.unwrap();
    let add = ListChange::Edit {
        add: &["sato@contoso.example"],
        remove: &[],
    };
    exchange.set_send_on_behalf(&info, add).await.unwrap();
    exchange.remove_mailbox(&info).await.unwrap();
    insta::assert_json_snapshot!(commands(&recorder));
}

#[tokio::test]
async fn rights_on_a_mailbox_are_those_that_somebody_gave() {
    let full = r#"{"value":[
        {"Identity":"info","User":"NT AUTHORITY\\SELF","AccessRights":["FullAccess","ReadPermission"],"IsInherited":false,"Deny":false},
        {"Identity":"info","User":"admins","AccessRights":["FullAccess"],"IsInherited":true,"Deny":false},
        {"Identity":"info","User":"denied@contoso.example","AccessRights":["FullAccess"],"IsInherited":false,"Deny":true},
        {"Identity":"info","User":"reader@contoso.example","AccessRights":["ReadPermission"],"IsInherited":false,"Deny":false},
        {"Identity":"info","User":"sato@contoso.example","AccessRights":"FullAccess","IsInherited":false,"Deny":false}]}"#;
    let send = r#"{"value":[
        {"Identity":"info","Trustee":"NT AUTHORITY\\SELF","AccessControlType":"Allow","AccessRights":["SendAs"],"IsInherited":false},
        {"Identity":"info","Trustee":"denied@contoso.example","AccessControlType":"Deny","AccessRights":["SendAs"],"IsInherited":false},
        {"Identity":"info","Trustee":"sato@contoso.example","AccessControlType":"Allow","AccessRights":["SendAs"],"IsInherited":false}]}"#;
    let there =
        r#"{"value":[],"@adminapi.warnings":["The appropriate access control entry is already present."]}"#;
    let recorder =
        Recorder::start(&[(200, full), (200, send), (200, there), NOTHING, NOTHING, NOTHING]).await;
    let exchange = recorder.tenant().exchange();
    let info = Identity::from("info@contoso.example");
    let full = exchange.full_access(&info).await.unwrap();
    assert_eq!(full.len(), 1, "{full:?}");
    assert_eq!(full[0].user, "sato@contoso.example");
    let send = exchange.send_as(&info).await.unwrap();
    assert_eq!(send.len(), 1, "{send:?}");
    let warnings = exchange.add_full_access(&info, &sato(), true).await.unwrap();
    assert_eq!(warnings.0.len(), 1, "a warning is no failure");
    exchange.remove_full_access(&info, &sato()).await.unwrap();
    exchange.add_send_as(&info, &sato()).await.unwrap();
    exchange.remove_send_as(&info, &sato()).await.unwrap();
    insta::assert_json_snapshot!(commands(&recorder));
}
