//! Licence profiles: products without services that the company does not use, given, changed and undone as approved.

use std::collections::BTreeSet;

use dev_tenant::directory::InheritedLicence;
use dev_tenant::seed::{SPE_E3, SPE_E5};
use e2e::forms;
use e2e::house::House;
use e2e::person::Person;
use e2e::rows::APPLICATIONS;
use e2e::scene::cast::ADMINISTRATOR;
use e2e::scene::{until, until_told};
use serde_json::{Value, json};
use uuid::Uuid;

use super::groups::found;
use super::stage::{Kind, LAG, SUBJECT, Stage, TWO_EXPERTS};
use super::users::LICENCES;

const NEW_USER: Kind = Kind {
    workflow: "user-create",
    last: TWO_EXPERTS,
};
/// Who is new.
const HANA: &str = "hana.takahashi";
const MAIL_ALONE: &str = "EXCHANGESTANDARD";
const TEAMS: &str = "TEAMS1";
const FILES: &str = "SHAREPOINTENTERPRISE";
const EXCHANGE: &str = "EXCHANGE_S_ENTERPRISE";

/// The last two are no good: services of one exclude each other, and of the other the company bought nothing.
fn profiles() -> Value {
    let profile = |key: &str, licences: Value| json!({ "key": key, "name": { "ja": key, "en": key }, "licences": licences });
    let without = |service: &str| json!([{ "sku": "SPE_E3", "without": [service] }]);
    json!([
        profile("no-chat", without(TEAMS)),
        profile("no-files", without(FILES)),
        profile(
            "small-mailbox",
            json!([{ "sku": "SPE_E3", "without": [EXCHANGE] }, { "sku": MAIL_ALONE }])
        ),
        profile(
            "two-mailboxes",
            json!([{ "sku": "SPE_E3", "without": [TEAMS] }, { "sku": MAIL_ALONE }])
        ),
        profile("factory", json!([{ "sku": "SPE_F1" }])),
    ])
}

fn equip(house: &House) {
    let file = house.folder.path().join("profiles.json");
    std::fs::write(file, profiles().to_string()).expect("the profiles");
    house.configure(|text| format!("[licences]\nprofiles = \"profiles.json\"\n{text}"));
}

async fn stage() -> Stage {
    Stage::prepared(0, equip).await
}

fn sku(stage: &Stage, part_number: &str) -> Uuid {
    let tenant = stage.house.world().tenant();
    let mut skus = tenant.directory.skus.iter();
    let found = skus.find(|sku| sku.part_number == part_number);
    found.expect("the licence").sku_id
}

/// A service of Microsoft 365 E3.
fn service(stage: &Stage, name: &str) -> Uuid {
    let tenant = stage.house.world().tenant();
    let mut skus = tenant.directory.skus.iter();
    let e3 = skus.find(|sku| sku.sku_id == SPE_E3).expect("the licence");
    let mut plans = e3.plans.iter();
    *plans.find(|(_, plan)| *plan == name).expect("the service").0
}

/// No seat of Microsoft 365 E3 is left.
fn sell_out(stage: &Stage) {
    let mut tenant = stage.house.world().tenant();
    let mut skus = tenant.directory.skus.iter_mut();
    skus.find(|sku| sku.sku_id == SPE_E3)
        .expect("the licence")
        .enabled_units = 0;
}

/// Microsoft 365 E3 without these, given to himself.
fn holds(stage: &Stage, off: &[Uuid]) {
    stage.change_user(SUBJECT, |user| {
        user.licences = [(SPE_E3, off.iter().copied().collect())].into();
        user.properties.insert("usageLocation".to_owned(), json!("JP"));
    });
}

fn held(stage: &Stage, local: &str) -> Value {
    stage.picture(local)["user"]["licences"].clone()
}

fn given(stage: &Stage, licences: &[&str]) -> Value {
    json!({ "user": stage.person(SUBJECT), "add": licences, "reason": "業務のため" })
}

fn codes(codes: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(code, field): &(&str, &str)| ((*code).to_owned(), (*field).to_owned());
    codes.iter().map(owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn r01_r06_a_new_user_gets_what_a_profile_stands_for_and_the_way_back_takes_it_away() {
    let stage = stage().await;
    let mut form = forms::account(&stage.house, HANA);
    form["licence"] = json!("small-mailbox");
    let (number, read) = stage.carry_out(NEW_USER, &form).await;
    for line in [
        "ライセンス: （なし） → SPE_E3",
        "Exchange Online (Plan 2)（SPE_E3）: 使わない",
        "ライセンス: （なし） → EXCHANGESTANDARD",
    ] {
        assert!(read.contains(line), "{line} in {read}");
    }
    let mail = sku(&stage, MAIL_ALONE).to_string();
    let off = service(&stage, EXCHANGE);
    assert_eq!(held(&stage, HANA), json!({ SPE_E3.to_string(): [off], mail: [] }));
    assert_eq!(stage.writes("graph:assign-license:user:"), 2, "in one request");
    stage.undo(NEW_USER, &number).await;
    assert_eq!(held(&stage, HANA), json!({}));
    assert!(!stage.picture(HANA)["user"]["deleted"].is_null());
}

#[tokio::test(flavor = "multi_thread")]
async fn r06_i10_a_profile_takes_the_place_of_another_in_the_same_seat_and_each_way_back_restores_the_services()
 {
    let stage = stage().await;
    holds(&stage, &[]);
    sell_out(&stage);
    let before = stage.picture(SUBJECT);
    let (first, read) = stage.carry_out(LICENCES, &given(&stage, &["no-chat"])).await;
    for line in [
        "Microsoft Teams（SPE_E3）: 使う → 使わない",
        "※ ライセンス SPE_E3 (Microsoft Teams)",
    ] {
        assert!(read.contains(line), "{line} in {read}");
    }
    let [teams, files] = [TEAMS, FILES].map(|name| service(&stage, name));
    let between = stage.picture(SUBJECT);
    assert_eq!(held(&stage, SUBJECT), json!({ SPE_E3.to_string(): [teams] }));
    let (second, read) = stage.carry_out(LICENCES, &given(&stage, &["no-files"])).await;
    for line in [
        "Microsoft Teams（SPE_E3）: 使わない → 使う",
        "SharePoint (Plan 2)（SPE_E3）: 使う → 使わない",
    ] {
        assert!(read.contains(line), "{line} in {read}");
    }
    assert_eq!(held(&stage, SUBJECT), json!({ SPE_E3.to_string(): [files] }));
    let told = stage.refused(LICENCES, &given(&stage, &["no-files"])).await;
    assert_eq!(told, codes(&[("nothing_to_do", "user")]), "it is so already");
    let read = stage.undo(LICENCES, &second).await;
    assert!(
        read.contains("SharePoint (Plan 2)（SPE_E3）: 使わない → 使う"),
        "{read}"
    );
    assert_eq!(stage.picture(SUBJECT), between);
    stage.undo(LICENCES, &first).await;
    assert_eq!(stage.picture(SUBJECT), before);
}

/// Approve what you see: services that somebody else switched meanwhile are shown again, and not overwritten.
#[tokio::test(flavor = "multi_thread")]
async fn r06_i01_services_that_somebody_else_changed_after_the_approval_lead_back_to_the_last_approver() {
    let stage = stage().await;
    holds(&stage, &[]);
    let form = given(&stage, &["no-chat"]);
    let item = stage.approved_but_for_one(LICENCES, &form).await;
    let files = service(&stage, FILES);
    holds(&stage, &[files]);
    stage.last_vote(LICENCES, item).await;
    stage
        .reads(LICENCES, item, "SharePoint (Plan 2)（SPE_E3）: 使わない → 使う")
        .await;
    assert_eq!(held(&stage, SUBJECT), json!({ SPE_E3.to_string(): [files] }));
    assert_eq!(stage.writes("graph:assign-license:"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn r06_r18_a_profile_that_cannot_be_given_is_refused_at_once_and_one_that_lacks_something_is_not_offered()
 {
    let stage = stage().await;
    holds(&stage, &[]);
    let both = given(&stage, &["no-chat", "no-files"]);
    let told = stage.refused(LICENCES, &both).await;
    assert_eq!(
        told,
        codes(&[("duplicate", "add")]),
        "nobody can tell which counts"
    );
    let told = stage.refused(LICENCES, &given(&stage, &["factory"])).await;
    assert_eq!(told, codes(&[("unknown_choice", "add")]));
    let doctor = stage.house.run(&["doctor"]);
    let said = String::from_utf8_lossy(&doctor.stdout).into_owned();
    assert!(said.contains("factory") && said.contains("SPE_F1"), "{said}");
    assert!(!said.contains("no-chat"), "{said}");
    let group = found(&stage, "営業部").expect("a group").id;
    stage.change_user(SUBJECT, |user| {
        user.licences.clear();
        user.inherited = vec![InheritedLicence {
            group,
            sku: SPE_E5,
            disabled: BTreeSet::new(),
            error: Some("MutuallyExclusiveViolation".to_owned()),
        }];
    });
    let vain = given(&stage, &[&SPE_E5.to_string()]);
    let told = stage.refused(LICENCES, &vain).await;
    assert_eq!(told, codes(&[("rule_broken", "add")]), "a group tried it in vain");
    assert_eq!(stage.writes("graph:assign-license:"), 0);
}

/// That services exclude one another, Microsoft tells only when they are given.
#[tokio::test(flavor = "multi_thread")]
async fn r06_services_that_microsoft_refuses_together_stop_the_application_with_microsofts_reason() {
    let stage = stage().await;
    holds(&stage, &[]);
    stage.change_user(SUBJECT, |user| user.licences.clear());
    let administrator = Person::sign_in(&stage.house, ADMINISTRATOR).await;
    let form = given(&stage, &["two-mailboxes"]);
    let item = stage.approved_but_for_one(LICENCES, &form).await;
    stage.last_vote(LICENCES, item).await;
    until(&stage.house, &stage.applicant, (APPLICATIONS, item), |row| {
        row["PFStatus"] == "RV"
    })
    .await;
    let told = until_told(&stage.house, &administrator, "【要確認】")
        .await
        .join("\n");
    for words in ["サービスの組み合わせ", "mutually exclusive"] {
        assert!(told.contains(words), "{words} in {told}");
    }
    assert_eq!(held(&stage, SUBJECT), json!({}));
}

#[tokio::test(flavor = "multi_thread")]
async fn r06_x04_x05_a_profile_is_given_once_however_late_graph_shows_it_and_whatever_answer_is_lost() {
    let stage = Stage::prepared(LAG, equip).await;
    stage.lose_answers(&["graph:assign-license:"]).await;
    let mut form = forms::account(&stage.house, HANA);
    form["licence"] = json!("no-chat");
    stage.carry_out(NEW_USER, &form).await;
    assert!(stage.house.unstruck().await.is_empty());
    let teams = service(&stage, TEAMS);
    assert_eq!(held(&stage, HANA), json!({ SPE_E3.to_string(): [teams] }));
    assert_eq!(stage.writes("graph:assign-license:"), 1);
}
