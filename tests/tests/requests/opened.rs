//! What the night finds without an owner is asked of the manager of its last owner or of Information Systems by an
//! application that the search opens: once, and one of people as soon as it is open.

use std::collections::BTreeSet;

use dev_tenant::sharepoint::state::field_value::FieldValue;
use dev_tenant::sharepoint::state::item::Item;
use e2e::deed;
use e2e::house::{House, Wishes, pause};
use e2e::person::Person;
use e2e::rows::{self, APPLICATIONS};
use e2e::scene::cast::{ADMINISTRATOR, APPLICANT, EXPERTS, sign_in};
use e2e::scene::{until, until_told, vote};
use serde_json::{Value, json};

use super::groups::{OWNER, TARGET, change, found, person};
use super::lists;
use super::ownerless::{TOLD, YOUNG, doctor, equip, next_day};
use super::stage::{ADOPTION, Kind, SUBJECT, Stage};

const ADOPT: Kind = Kind {
    workflow: "group-adopt",
    last: ADOPTION,
};
const LOOK: std::time::Duration = std::time::Duration::from_millis(200);
const LOOKS: u32 = 400;

/// As [`equip`] leaves it; `more` besides. The search may open so many.
async fn stage(adoptions: u16, more: impl Fn(&House)) -> Stage {
    let nightly = format!("adoptions = {adoptions}");
    let wishes = Wishes {
        nightly: &nightly,
        ..Wishes::default()
    };
    let equipped = async |house: &House| {
        equip(house);
        more(house);
    };
    let stage = Stage::wished(wishes, equipped).await;
    stage.change_user(SUBJECT, |user| user.account_enabled = false);
    // The first look at the clock says which night is the first.
    stage.settle().await;
    stage
}

fn word(item: &Item, column: &str) -> String {
    match item.value(column) {
        Some(FieldValue::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

/// Items of the applications that a search opened, in order.
fn opened(house: &House) -> Vec<i64> {
    let tenant = house.world().tenant();
    let items =
        rows::items(&tenant, APPLICATIONS).filter(|item| word(item, "PFSource").starts_with("search."));
    items.map(|item| i64::from(item.id.0)).collect()
}

async fn until_opened(house: &House, number: usize) -> Vec<i64> {
    for _ in 0..LOOKS {
        let items = opened(house);
        if items.len() >= number {
            return items;
        }
        pause(LOOK).await;
    }
    panic!("nothing is opened\n{}", house.log());
}

fn text(item: &Value, column: &str) -> String {
    item[column].as_str().unwrap_or_default().to_owned()
}

async fn asks(stage: &Stage, who: &Person, item: i64) -> Value {
    until(&stage.house, who, (APPLICATIONS, item), |row| {
        row["PFStepName"] == ADOPTION.0
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn l12_the_manager_of_the_last_owner_is_asked_by_an_application_that_the_search_opens_once() {
    let is_owned = |house: &House| {
        let owner = person(house, OWNER);
        change(house, YOUNG, |group| group.owners = BTreeSet::from([owner]));
    };
    let mut stage = stage(20, is_owned).await;
    let house = &stage.house;
    let administrator = next_day(&stage).await;
    let manager = stage.manager_of(SUBJECT).await;
    let item = until_opened(house, 1).await[0];
    let asked = asks(&stage, &manager, item).await;
    assert_eq!(asked["PFWorkflow"], ADOPT.workflow);
    let title = text(&asked, "Title");
    assert!(
        title.starts_with("【夜間確認】所有者引継ぎ(セキュリティ グループ)"),
        "{title}"
    );
    assert!(text(&asked, "PFPreview").contains("所有者の追加: "), "{asked}");
    let number = text(&asked, "PFNumber");
    let told = until_told(house, &administrator, TOLD).await.join("\n");
    assert!(told.contains(&format!("申請済み: {number}")), "{told}");
    let said = doctor(&stage);
    assert!(said.contains(&format!("営業部（{number}）")), "{said}");

    // Whoever applies for it meanwhile is told that it is under way; the next night opens nothing anew.
    next_day(&stage).await;
    let [applicant] = sign_in(house, [APPLICANT]).await;
    let target = found(&stage, TARGET).expect("the target").id.0;
    let form = json!({ "group": target, "owners": [stage.person(OWNER)], "reason": "所有者が退職したため" });
    stage.applicant = applicant;
    let refused = stage.refused(ADOPT, &form).await;
    assert_eq!(refused, [("target_busy".to_owned(), "group".to_owned())]);
    stage.settle().await;
    assert_eq!(opened(&stage.house), [item]);

    let manager = stage.manager_of(SUBJECT).await;
    vote(&stage.house, &manager, item, ADOPTION.0).await;
    until(&stage.house, &manager, (APPLICATIONS, item), |row| {
        row["PFStatus"] == "CO"
    })
    .await;
    let owners = found(&stage, TARGET).expect("the target").owners;
    let [last, heir] = [person(&stage.house, SUBJECT).0, manager.id].map(dev_tenant::directory::ObjectId);
    assert_eq!(owners, BTreeSet::from([last, heir]));
}

#[tokio::test(flavor = "multi_thread")]
async fn l12_where_nobody_is_known_information_systems_names_the_owner_and_one_night_opens_no_more_than_it_may()
 {
    let stage = stage(1, |house| {
        change(house, TARGET, |group| group.owners.clear());
        change(house, lists::TARGET, |list| list.owners.clear());
    })
    .await;
    let house = &stage.house;
    next_day(&stage).await;
    let first = until_opened(house, 1).await[0];
    let expert = Person::sign_in(house, EXPERTS[0]).await;
    let asked = asks(&stage, &expert, first).await;
    // The administrator who stands as applicant is proposed; another is named instead.
    let proposed = Person::sign_in(house, ADMINISTRATOR).await;
    assert_eq!(text(&asked, "PFApplicantOid"), proposed.id.to_string());
    let changes = json!({ "owners": [stage.person(OWNER)] }).to_string();
    let more =
        json!({ "PFStepToken": asked["PFStepToken"], "PFPayload": changes, "PFDecisionComment": "担当者" });
    let number = text(&asked, "PFNumber");
    assert_eq!(deed::ask(house, &expert, &number, "修正", &more).await, "IA");
    until(house, &expert, (APPLICATIONS, first), |row| {
        row["PFStepToken"] != asked["PFStepToken"]
    })
    .await;
    vote(house, &expert, first, ADOPTION.0).await;
    until(house, &expert, (APPLICATIONS, first), |row| {
        row["PFStatus"] == "CO"
    })
    .await;
    let owner = BTreeSet::from([person(house, OWNER)]);
    let both = [TARGET, lists::TARGET].map(|name| found(&stage, name).expect("it is there").owners);
    assert_eq!(both.iter().filter(|owners| **owners == owner).count(), 1);
    assert_eq!(opened(house), [first], "one a night");
    next_day(&stage).await;
    assert_eq!(
        until_opened(house, 2).await.len(),
        2,
        "the other comes the night after"
    );
}

/// Graph does not tell who owns a list: Exchange does.
#[tokio::test(flavor = "multi_thread")]
async fn l12_the_manager_of_the_last_owner_of_a_list_is_asked_and_owns_it_by_his_own_decision() {
    let stage = stage(20, |house| {
        let owner = person(house, OWNER);
        for name in [TARGET, YOUNG] {
            change(house, name, |group| group.owners = BTreeSet::from([owner]));
        }
        let last = person(house, SUBJECT);
        change(house, lists::TARGET, |list| list.owners = BTreeSet::from([last]));
    })
    .await;
    next_day(&stage).await;
    let item = until_opened(&stage.house, 1).await[0];
    let manager = stage.manager_of(SUBJECT).await;
    let asked = asks(&stage, &manager, item).await;
    assert!(text(&asked, "PFPreview").contains("所有者の追加: "), "{asked}");
    vote(&stage.house, &manager, item, ADOPTION.0).await;
    until(&stage.house, &manager, (APPLICATIONS, item), |row| {
        row["PFStatus"] == "CO"
    })
    .await;
    let owners = found(&stage, lists::TARGET).expect("the list").owners;
    assert!(
        owners.contains(&dev_tenant::directory::ObjectId(manager.id)),
        "{owners:?}"
    );
}
