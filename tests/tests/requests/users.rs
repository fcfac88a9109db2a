//! Accounts that are there already: changed, blocked, allowed again, deleted, and their licences.

use dev_tenant::directory::InheritedLicence;
use dev_tenant::seed::{SPE_E3, SPE_E5};
use serde_json::{Value, json};

use super::groups::found;
use super::stage::{Kind, ONE_EXPERT, SUBJECT, Stage, TWO_EXPERTS};

pub(crate) const CHANGE: Kind = Kind {
    workflow: "user-change",
    last: ONE_EXPERT,
};
pub(crate) const BLOCK: Kind = Kind {
    workflow: "user-block",
    last: ONE_EXPERT,
};
pub(crate) const ALLOW: Kind = Kind {
    workflow: "user-allow",
    last: ONE_EXPERT,
};
pub(crate) const DELETE: Kind = Kind {
    workflow: "user-delete",
    last: TWO_EXPERTS,
};
pub(super) const LICENCES: Kind = Kind {
    workflow: "user-licences",
    last: ONE_EXPERT,
};

fn about(stage: &Stage, more: &Value) -> Value {
    let mut form = json!({ "user": stage.person(SUBJECT), "reason": "人事異動のため" });
    if let (Some(form), Some(more)) = (form.as_object_mut(), more.as_object()) {
        form.extend(more.clone());
    }
    form
}

fn changed(stage: &Stage) -> Value {
    let more = json!({
        "items": ["department", "post", "manager", "phone", "cost"],
        "department": "開発部", "post": "課長", "manager": stage.person("ren.nakahara"), "phone": "03-0000-0000",
    });
    about(stage, &more)
}

fn swapped(stage: &Stage) -> Value {
    about(
        stage,
        &json!({ "add": [SPE_E5.to_string()], "remove": [SPE_E3.to_string()] }),
    )
}

/// One licence, given to himself, and a country.
fn with_a_licence(stage: &Stage) {
    stage.change_user(SUBJECT, |user| {
        user.licences = [(SPE_E3, std::collections::BTreeSet::new())].into();
        user.properties.insert("usageLocation".to_owned(), json!("JP"));
        let organisation = json!({ "division": "東", "costCenter": "K1" });
        user.properties.insert("employeeOrgData".to_owned(), organisation);
    });
}

fn codes(codes: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(code, field): &(&str, &str)| ((*code).to_owned(), (*field).to_owned());
    codes.iter().map(owned).collect()
}

pub(crate) async fn is_changed_and_changed_back(stage: Stage) {
    with_a_licence(&stage);
    let before = stage.picture(SUBJECT);
    let (number, read) = stage.carry_out(CHANGE, &changed(&stage)).await;
    for line in [
        "→ 開発部",
        "役職:",
        "→ 課長",
        "電話: ",
        "コストセンター: K1 → （なし）",
        "上長: ",
    ] {
        assert!(read.contains(line), "{line} in {read}");
    }
    let after = stage.picture(SUBJECT);
    let properties = &after["user"]["properties"];
    assert_eq!(properties["department"], "開発部");
    assert_eq!(properties["businessPhones"], json!(["03-0000-0000"]));
    assert_eq!(
        properties["employeeOrgData"]["division"], "東",
        "the other half stays"
    );
    assert!(properties["employeeOrgData"]["costCenter"].is_null());
    let read = stage.undo(CHANGE, &number).await;
    assert!(read.contains("コストセンター: （なし） → K1"), "{read}");
    assert_eq!(stage.picture(SUBJECT), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn r02_x01_i10_a_change_does_what_approvers_read_and_is_undone_to_what_was() {
    is_changed_and_changed_back(Stage::new().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r03_whoever_is_blocked_is_signed_out_everywhere_and_allowed_again_by_undoing_it() {
    let stage = Stage::new().await;
    let before = stage.picture(SUBJECT);
    let (number, read) = stage.carry_out(BLOCK, &about(&stage, &json!({}))).await;
    assert!(read.contains("サインイン: 許可 → 停止"), "{read}");
    assert_eq!(stage.picture(SUBJECT)["user"]["account_enabled"], false);
    assert_eq!(stage.writes("graph:revoke-sessions:"), 1);
    let told = stage.refused(BLOCK, &about(&stage, &json!({}))).await;
    assert_eq!(told, codes(&[("nothing_to_do", "user")]), "he is blocked already");
    stage.undo(BLOCK, &number).await;
    assert_eq!(stage.picture(SUBJECT), before);
    stage.carry_out(BLOCK, &about(&stage, &json!({}))).await;
    stage.carry_out(ALLOW, &about(&stage, &json!({}))).await;
    assert_eq!(stage.picture(SUBJECT), before);
}

pub(crate) async fn is_deleted_and_comes_back(stage: Stage) {
    with_a_licence(&stage);
    let before = stage.picture(SUBJECT);
    let (number, read) = stage.carry_out(DELETE, &about(&stage, &json!({}))).await;
    assert!(read.contains("30日以内"), "{read}");
    let after = stage.picture(SUBJECT);
    assert!(!after["user"]["deleted"].is_null());
    assert_eq!(after["user"]["account_enabled"], false);
    assert_eq!(stage.writes("graph:delete:user:"), 1);
    let told = stage.refused(DELETE, &about(&stage, &json!({}))).await;
    assert_eq!(told, codes(&[("account_gone", "user")]));
    let read = stage.undo(DELETE, &number).await;
    assert!(read.contains("アカウント: （削除済み） → "), "{read}");
    assert_eq!(stage.picture(SUBJECT), before);
    assert_eq!(stage.writes("graph:restore:user:"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn r04_i10_a_deleted_account_was_stopped_before_and_comes_back_with_its_licences_and_groups() {
    is_deleted_and_comes_back(Stage::new().await).await;
}

pub(crate) async fn is_swapped_and_swapped_back(stage: Stage) {
    with_a_licence(&stage);
    let before = stage.picture(SUBJECT);
    let (number, _) = stage.carry_out(LICENCES, &swapped(&stage)).await;
    let held: Vec<String> = stage.picture(SUBJECT)["user"]["licences"]
        .as_object()
        .expect("licences")
        .keys()
        .cloned()
        .collect();
    assert_eq!(held, [SPE_E5.to_string()]);
    stage.undo(LICENCES, &number).await;
    assert_eq!(stage.picture(SUBJECT), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn r06_a_licence_is_swapped_in_a_free_seat_and_swapped_back_by_undoing_it() {
    is_swapped_and_swapped_back(Stage::new().await).await;
}

/// Every kind of write of every kind of change loses its answer, and Graph shows changes late: nothing is done twice,
/// and all comes to what it comes to without that.
#[tokio::test(flavor = "multi_thread")]
async fn x04_x05_lost_answers_and_lag_change_nothing() {
    let stage = Stage::slow().await;
    with_a_licence(&stage);
    stage
        .lose_answers(&[
            "graph:update:user:",
            "graph:set-manager:",
            "graph:assign-license:",
        ])
        .await;
    stage.carry_out(CHANGE, &changed(&stage)).await;
    stage.carry_out(LICENCES, &swapped(&stage)).await;
    assert!(stage.house.unstruck().await.is_empty());
    stage.lose_answers(&["graph:remove-license:"]).await;
    let taken = json!({ "remove": [SPE_E5.to_string()] });
    stage.carry_out(LICENCES, &about(&stage, &taken)).await;
    assert!(stage.house.unstruck().await.is_empty());
    stage
        .lose_answers(&["graph:revoke-sessions:", "graph:update:user:"])
        .await;
    stage.carry_out(BLOCK, &about(&stage, &json!({}))).await;
    assert!(stage.house.unstruck().await.is_empty());
    stage.lose_answers(&["graph:delete:user:"]).await;
    stage.carry_out(DELETE, &about(&stage, &json!({}))).await;
    stage.settle().await;
    let after = stage.picture(SUBJECT);
    let user = &after["user"];
    assert_eq!(user["properties"]["department"], "開発部");
    assert_eq!(user["account_enabled"], false);
    assert!(!user["deleted"].is_null());
    for (written, times) in [
        ("graph:set-manager:", 1),
        ("graph:assign-license:", 1),
        ("graph:remove-license:", 2),
        ("graph:delete:user:", 1),
    ] {
        assert_eq!(stage.writes(written), times, "{written}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r03_what_is_asked_for_by_another_is_refused_at_once() {
    let stage = Stage::new().await;
    stage.open(BLOCK, &about(&stage, &json!({}))).await;
    let told = stage.refused(CHANGE, &changed(&stage)).await;
    assert_eq!(told, codes(&[("target_busy", "user")]));
}

#[tokio::test(flavor = "multi_thread")]
async fn r06_r18_a_licence_that_cannot_be_given_or_taken_away_is_refused_at_once() {
    let stage = Stage::new().await;
    with_a_licence(&stage);
    let given = about(&stage, &json!({ "add": [SPE_E5.to_string()] }));
    stage.change_user(SUBJECT, |user| {
        user.properties.remove("usageLocation");
    });
    let told = stage.refused(LICENCES, &given).await;
    assert_eq!(told, codes(&[("usage_location_missing", "add")]));
    with_a_licence(&stage);
    // The company bought two.
    for holder in ["kenji.osawa", "miho.tamura"] {
        stage.change_user(holder, |user| {
            user.licences = [(SPE_E5, std::collections::BTreeSet::new())].into();
        });
    }
    let told = stage.refused(LICENCES, &given).await;
    assert_eq!(told, codes(&[("no_seat", "add")]));
    let group = found(&stage, "営業部").expect("a group that gives a licence").id;
    stage.change_user(SUBJECT, |user| {
        user.licences.clear();
        user.inherited = vec![InheritedLicence {
            group,
            sku: SPE_E3,
            disabled: std::collections::BTreeSet::new(),
            error: None,
        }];
    });
    let taken = about(&stage, &json!({ "remove": [SPE_E3.to_string()] }));
    let told = stage.refused(LICENCES, &taken).await;
    assert_eq!(told, codes(&[("licence_of_group", "remove")]));
    for untouched in ["graph:assign-license:", "graph:remove-license:"] {
        assert_eq!(stage.writes(untouched), 0, "{untouched}");
    }
}

/// Approve what you see: what somebody else changed meanwhile is shown again, and not overwritten.
#[tokio::test(flavor = "multi_thread")]
async fn i01_a_change_by_somebody_else_after_the_approval_leads_back_to_the_last_approver() {
    let stage = Stage::new().await;
    let form = about(&stage, &json!({ "items": ["post"], "post": "課長" }));
    let item = stage.approved_but_for_one(CHANGE, &form).await;
    stage.change_user(SUBJECT, |user| {
        user.properties.insert("jobTitle".to_owned(), json!("部長代理"));
    });
    stage.last_vote(CHANGE, item).await;
    stage.reads(CHANGE, item, "役職: 部長代理 → 課長").await;
    assert_eq!(
        stage.picture(SUBJECT)["user"]["properties"]["jobTitle"],
        "部長代理"
    );
}
