//! An owner of the site writes in another's name what nothing tells from the other's own: that person is told of it.

use e2e::hire;
use e2e::house::House;
use e2e::person::Person;
use e2e::post::mails;
use e2e::rows::{self, APPLICATIONS, INBOX};
use e2e::watch::Watch;
use reqwest::Method;
use serde_json::{Value, json};

use super::{NUMBER, half_way};

const RECORDED: &str = "【判断の記録】";

/// As forms of SharePoint save; `in_place`: without a version of its own.
async fn save(owner: &Person, (list, item): (&str, i64), fields: &[(&str, String)], in_place: bool) {
    let path = format!("web/getlist('/sites/flow/Lists/{list}')/items({item})/ValidateUpdateListItem");
    let values = fields
        .iter()
        .map(|(name, value)| json!({ "FieldName": name, "FieldValue": value }));
    let body = json!({ "formValues": values.collect::<Vec<_>>(), "bNewDocumentUpdate": in_place });
    let (status, answer) = owner.send(Method::POST, &path, &[], Some(&body)).await;
    let fields = answer["value"].as_array().expect("what became of each field");
    let refused = fields.iter().any(|field| field["HasException"] == true);
    assert!(status.is_success() && !refused, "{status}: {answer}");
}

fn login(house: &House, local: &str) -> String {
    let upn = format!("{local}@{}", house.world().names.domain);
    json!([{ "Key": format!("i:0#.f|membership|{upn}") }]).to_string()
}

/// What the step asks, and of the person that the owner pretends to be.
async fn victim(watch: &Watch) -> (Person, String, String) {
    let victim = Person::sign_in(&watch.house, hire::VOTERS[1]).await;
    let token = rows::text(&watch.house.world().tenant(), APPLICATIONS, 1, "PFStepToken");
    let login = login(&watch.house, hire::VOTERS[1]);
    (victim, token, login)
}

/// The forged vote counts, for nothing tells it from a genuine one; the person is told once, and what.
async fn counts_and_is_told(watch: &mut Watch, victim: &Person, channel: &str) {
    watch.house.serve().await;
    watch
        .until("it is carried out", |tenant| {
            rows::text(tenant, APPLICATIONS, 1, "PFStatus") == "CO"
        })
        .await;
    watch.quiet().await;
    let told = mails(&watch.house, victim, &format!("{RECORDED}{NUMBER}"));
    assert_eq!(told.len(), 1, "{told:?}");
    for wanted in [channel, "判断: 承認", "情報システム部 合議", "/manual/ja/user"] {
        assert!(told[0].contains(wanted), "{wanted}: {told:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_an_owner_wrote_in_a_name_is_told_to_whoever_bears_it() {
    let (mut watch, owner) = half_way().await;
    let (victim, token, login) = victim(&watch).await;
    let fields = [
        ("PFDecision", "承認".to_owned()),
        ("PFDecisionFor", format!("{token}:{}", victim.id)),
        ("Editor", login),
    ];
    save(&owner, (APPLICATIONS, 1), &fields, false).await;
    let version = newest(&watch.house);
    counts_and_is_told(
        &mut watch,
        &victim,
        &format!("申請リストの項目への記入(版 {version}.0)"),
    )
    .await;
    // The owner is a voter himself, and was told of his own vote alone.
    assert_eq!(mails(&watch.house, &owner, RECORDED).len(), 1);
}

/// Number of the first application's newest version.
fn newest(house: &House) -> usize {
    let tenant = house.world().tenant();
    let item = rows::items(&tenant, APPLICATIONS).next().expect("the item");
    item.versions.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_an_owner_signed_with_a_name_is_told_to_whoever_bears_it() {
    let (mut watch, owner) = half_way().await;
    let (victim, token, login) = victim(&watch).await;
    let act: Value = json!({
        "Title": "判断", "PFKind": "act", "PFApplicantAction": "判断", "PFNumber": NUMBER,
        "PFStepToken": token, "PFDecision": "承認",
    });
    let row = owner.add(INBOX, &act).await;
    let signed = [("Author", login.clone()), ("Editor", login)];
    save(&owner, (INBOX, row), &signed, true).await;
    counts_and_is_told(&mut watch, &victim, &format!("受付リストの操作(行 {row})")).await;
}
