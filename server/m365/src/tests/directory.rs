use serde_json::{Value, json};
use uuid::Uuid;

use super::recorder::Recorder;
use crate::{
    Verdict,
    graph::{AddLicence, DirectoryRole, HolderKind, Name, Refusal},
};

const USER: Uuid = Uuid::from_u128(7);
const GROUP: Uuid = Uuid::from_u128(8);

#[tokio::test]
async fn a_deleted_user_is_found_by_the_name_that_he_had_and_restored_under_another() {
    let deleted = r#"{"value":[
        {"id":"00000000-0000-0000-0000-000000000005","userPrincipalName":"00000000000000000000000000000005xo'neil@contoso.example","deletedDateTime":"2027-01-03T00:00:00Z"},
        {"id":"00000000-0000-0000-0000-000000000006","userPrincipalName":"O'Neil@contoso.example","deletedDateTime":"2027-01-01T00:00:00Z"},
        {"id":"00000000-0000-0000-0000-000000000007","userPrincipalName":"00000000000000000000000000000007o'neil@contoso.example","deletedDateTime":"2027-01-02T00:00:00Z"}]}"#;
    let gone = r#"{"error":{"code":"Request_ResourceNotFound","message":"no"}}"#;
    let recorder = Recorder::start(&[
        (200, deleted),
        (200, "{}"),
        (200, "{}"),
        (404, gone),
        (404, gone),
        (404, gone),
    ])
    .await;
    let graph = recorder.tenant().graph();
    let found = graph.deleted_users("o'neil@contoso.example").await.unwrap();
    let ids: Vec<_> = found.iter().map(|user| user.id).collect();
    assert_eq!(ids, [USER, Uuid::from_u128(6)], "his, the last deleted first");
    graph
        .restore_user(USER, Some("o'neil2@contoso.example"))
        .await
        .unwrap();
    graph.restore_user(USER, None).await.unwrap();
    let error = graph.restore_user(USER, None).await.unwrap_err();
    assert_eq!(error.verdict, Verdict::NotFound, "restored already");
    graph.purge_user(USER).await.unwrap();
    assert_eq!(graph.deleted_user(USER).await.unwrap(), None);
    let seen = recorder.seen();
    assert_eq!(seen[0].header("consistencylevel"), "eventual");
    assert_eq!(
        seen[1].json(),
        json!({ "autoReconcileProxyConflict": true, "newUserPrincipalName": "o'neil2@contoso.example" })
    );
    insta::assert_json_snapshot!(recorder.lines());
}

#[tokio::test]
async fn a_deleted_group_is_found_by_name_restored_and_purged() {
    let deleted = r#"{"value":[{"id":"00000000-0000-0000-0000-000000000008","displayName":"営業"}],
        "@odata.nextLink":"{origin}/v1.0/next"}"#;
    let recorder = Recorder::start(&[
        (200, deleted),
        (200, r#"{"value":[]}"#),
        (200, r#"{"id":"00000000-0000-0000-0000-000000000008"}"#),
        (200, "{}"),
        (204, ""),
    ])
    .await;
    let graph = recorder.tenant().graph();
    assert_eq!(graph.deleted_groups("営業").await.unwrap()[0].id, GROUP);
    assert!(graph.deleted_group(GROUP).await.unwrap().is_some());
    graph.restore_group(GROUP).await.unwrap();
    graph.purge_group(GROUP).await.unwrap();
    let seen = recorder.seen();
    assert_eq!(
        seen[1].header("consistencylevel"),
        "eventual",
        "the next page is asked for like the first"
    );
    insta::assert_json_snapshot!(recorder.lines());
}

#[tokio::test]
async fn licences_say_where_they_come_from_and_why_they_cannot_be_given() {
    let states = r#"{"id":"00000000-0000-0000-0000-000000000007","licenseAssignmentStates":[
        {"skuId":"00000000-0000-0000-0000-000000000001","disabledPlans":[],"assignedByGroup":null,"state":"Active","error":"None"},
        {"skuId":"00000000-0000-0000-0000-000000000002","disabledPlans":["00000000-0000-0000-0000-000000000003"],
         "assignedByGroup":"00000000-0000-0000-0000-000000000008","state":"Error","error":"CountViolation"}]}"#;
    let details = r#"{"value":[{"skuId":"00000000-0000-0000-0000-000000000001","skuPartNumber":"SPE_E3",
        "servicePlans":[{"servicePlanId":"00000000-0000-0000-0000-000000000003","servicePlanName":"TEAMS1","provisioningStatus":"Disabled","appliesTo":"User"}]}]}"#;
    let nowhere = r#"{"error":{"code":"Request_BadRequest","message":"License assignment cannot be done for user with invalid usage location."}}"#;
    let full = r#"{"error":{"code":"Request_BadRequest","message":"Subscription with SKU 1 does not have any available licenses."}}"#;
    let recorder = Recorder::start(&[
        (200, states),
        (200, details),
        (400, nowhere),
        (400, full),
        (200, "{}"),
        (204, ""),
    ])
    .await;
    let graph = recorder.tenant().graph();
    let states = graph.licence_states(USER).await.unwrap().unwrap();
    assert!(states[0].is_direct() && states[0].is_active());
    assert!(!states[1].is_direct() && !states[1].is_active());
    let held = graph.licence_details(USER).await.unwrap();
    assert_eq!(
        held[0].service_plans[0].provisioning_status.as_deref(),
        Some("Disabled")
    );
    let licence = AddLicence {
        sku_id: Uuid::from_u128(1),
        disabled_plans: vec![Uuid::from_u128(3)],
    };
    for expected in [Refusal::NoUsageLocation, Refusal::NoSeats] {
        let error = graph
            .assign_licences(USER, std::slice::from_ref(&licence), &[])
            .await
            .unwrap_err();
        assert_eq!(
            (error.refusal(), error.verdict),
            (Some(expected), Verdict::Invalid)
        );
    }
    graph.reprocess_licences(USER).await.unwrap();
    graph.set_enabled(USER, false).await.unwrap();
    let seen = recorder.seen();
    assert_eq!(
        seen[2].json()["addLicenses"][0]["disabledPlans"],
        json!([Uuid::from_u128(3)])
    );
    assert_eq!(seen[5].json(), json!({ "accountEnabled": false }));
    insta::assert_json_snapshot!(recorder.lines());
}

/// A batch whose five parts answer this, in an order of its own.
fn batch(parts: [(&str, u16, Value); 5]) -> String {
    let responses: Vec<_> = parts
        .into_iter()
        .rev()
        .map(|(id, status, body)| json!({ "id": id, "status": status, "headers": { "Retry-After": "7" }, "body": body }))
        .collect();
    json!({ "responses": responses }).to_string()
}

#[tokio::test]
async fn a_name_is_looked_for_everywhere_in_one_request() {
    let none = json!({ "value": [] });
    let one = |id: u128| json!({ "value": [{ "id": Uuid::from_u128(id), "mailNickname": "eigyo" }] });
    let gone = |id: u128, name: &str| {
        let id = Uuid::from_u128(id);
        let upn = format!("{}{name}@contoso.example", id.simple());
        json!({ "id": id, "userPrincipalName": upn, "deletedDateTime": "2026-11-20T01:02:03Z" })
    };
    // Graph compares how names end.
    let gone = json!({ "value": [gone(10, "O'Neil"), gone(11, "mao'neil")] });
    let held = batch([
        ("users", 200, none.clone()),
        ("groups", 200, one(8)),
        ("contacts", 200, none.clone()),
        ("deletedUsers", 200, gone),
        ("deletedGroups", 200, one(9)),
    ]);
    let throttled = batch([
        ("users", 200, none.clone()),
        ("groups", 200, none.clone()),
        ("contacts", 429, json!({ "error": { "code": "TooManyRequests" } })),
        ("deletedUsers", 200, none.clone()),
        ("deletedGroups", 200, none.clone()),
    ]);
    let short = r#"{"responses":[]}"#;
    let recorder = Recorder::start(&[(200, &held), (200, &throttled), (200, short)]).await;
    let graph = recorder.tenant().graph();
    let name = Name {
        nickname: "eigyo",
        address: "o'neil@contoso.example",
        display_name: Some("営業"),
    };
    let holders = graph.name_holders(&name).await.unwrap();
    let found: Vec<_> = holders.iter().map(|holder| (holder.kind, holder.id)).collect();
    assert_eq!(
        found,
        [
            (HolderKind::Group, GROUP),
            (HolderKind::DeletedUser, Uuid::from_u128(10)),
            (HolderKind::DeletedGroup, Uuid::from_u128(9))
        ]
    );
    let error = graph.name_holders(&name).await.unwrap_err();
    let retry_after = std::time::Duration::from_secs(7);
    assert_eq!(error.verdict, Verdict::Throttled { retry_after });
    let error = graph.name_holders(&name).await.unwrap_err();
    assert_eq!(error.verdict, Verdict::Broken, "no answer is not a free name");
    let requests = recorder.seen()[0].json()["requests"].clone();
    let requests: Vec<_> = requests.as_array().unwrap().iter().map(readable).collect();
    insta::assert_json_snapshot!(requests);
}

fn readable(request: &Value) -> String {
    let url = request["url"].as_str().unwrap();
    let url = percent_encoding::percent_decode_str(url).decode_utf8().unwrap();
    format!("{} {} {url}", request["id"], request["headers"])
}

#[tokio::test]
async fn contacts_and_roles_are_read() {
    let contact = r#"{"id":"00000000-0000-0000-0000-000000000007","displayName":"鈴木","mail":"suzuki@fabrikam.example"}"#;
    let contacts = format!(r#"{{"value":[{contact}]}}"#);
    let roles = r#"{"value":[{"id":"x","roleDefinitionId":"29232cdf-9323-42fd-ade2-1d097af3e4de","directoryScopeId":"/"}]}"#;
    let recorder = Recorder::start(&[(200, contact), (200, &contacts), (200, roles)]).await;
    let graph = recorder.tenant().graph();
    let contact = graph.contact(USER).await.unwrap().unwrap();
    assert_eq!(
        graph.contacts_at("suzuki@fabrikam.example").await.unwrap(),
        [contact]
    );
    let roles = graph.directory_roles(USER).await.unwrap();
    assert!(roles[0].is_for_all());
    assert_eq!(roles[0].role_definition_id, DirectoryRole::EXCHANGE_ADMINISTRATOR);
    insta::assert_json_snapshot!(recorder.lines());
}

#[tokio::test]
async fn r06_services_that_need_or_exclude_one_another_are_told_from_other_bad_requests() {
    let told = |words: &str| {
        format!(
            r#"{{"error":{{"code":"Request_BadRequest","message":"License assignment failed because service plan{words}."}}}}"#
        )
    };
    let (exclude, need, other) = (
        told("s 1, 2 are mutually exclusive"),
        told(" 1 depends on the service plan(s) 2"),
        told(" 1 is unknown"),
    );
    let recorder = Recorder::start(&[(400, &*exclude), (400, &*need), (400, &*other)]).await;
    let graph = recorder.tenant().graph();
    for expected in [Some(Refusal::ServicePlans), Some(Refusal::ServicePlans), None] {
        let error = graph.assign_licences(USER, &[], &[]).await.unwrap_err();
        assert_eq!((error.refusal(), error.verdict), (expected, Verdict::Invalid));
    }
}
