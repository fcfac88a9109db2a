//! 16 取消申請: a completed change of a licence is undone by an application of its own, and everything is exactly as it was
//! before the change. The change is a 変更申請 of an account that was applied for here.

use dev_tenant::seed::{EVERYDAY, SPE_E3};
use e2e::forms;
use e2e::house::House;
use e2e::offer::managers_approval;
use e2e::person::Person;
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{APPLICANT, MANAGER, sign_in};
use e2e::scene::{MANAGERS_STEP, item_of, until, vote};
use serde_json::{Value, json};

use crate::company::with_steps;

const ACCOUNT: &str = "hana.takahashi";
/// Another licence that the company has.
const OTHER: &str = "EXCHANGESTANDARD";

fn sku(house: &House, part_number: &str) -> String {
    let tenant = house.world().tenant();
    let mut skus = tenant.directory.skus.iter();
    let found = skus.find(|sku| sku.part_number == part_number);
    found.expect("the licence").sku_id.to_string()
}

/// All that the tenant holds of the account: its properties, manager, licences and groups.
fn image(house: &House) -> Value {
    let id = house.id_of(ACCOUNT);
    let tenant = house.world().tenant();
    let mut users = tenant.directory.users.values();
    let user = users.find(|user| user.id.0 == id).expect("the account");
    let groups = tenant.directory.groups.values();
    let groups: Vec<&str> = groups
        .filter(|group| group.members.contains(&user.id))
        .map(|group| group.display_name.as_str())
        .collect();
    json!({ "user": user, "groups": groups })
}

/// Applies, has it approved and carried out; its number.
async fn carry_through(house: &House, (applicant, manager): (&Person, &Person), row: &Value) -> String {
    let row = applicant.add(INBOX, row).await;
    let item = item_of(house, applicant, manager, row).await;
    vote(house, manager, item, MANAGERS_STEP).await;
    let done = until(house, applicant, (APPLICATIONS, item), |row| {
        row["PFStatus"] == "CO"
    })
    .await;
    done["PFNumber"].as_str().expect("a number").to_owned()
}

fn following(original: &str, link: &str, form: &Value) -> Value {
    let mut row = forms::application(form);
    row["PFOriginal"] = json!(original);
    row["PFLink"] = json!(link);
    row
}

#[tokio::test(flavor = "multi_thread")]
async fn s16_i10_a_licence_change_that_is_undone_leaves_everything_as_it_was_before() {
    let house = with_steps(|_| vec![managers_approval(&json!({}))]).await;
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    let people = (&applicant, &manager);
    let mut form = forms::account(&house, ACCOUNT);
    form["licence"] = json!(SPE_E3.to_string());
    form["groups"] = json!([house.group(EVERYDAY[0])]);
    let made = carry_through(&house, people, &forms::application(&form)).await;
    let before = image(&house);

    form["licence"] = json!(sku(&house, OTHER));
    form["groups"] = json!([house.group(EVERYDAY[1])]);
    form["department"] = json!("人事部");
    let changed = carry_through(&house, people, &following(&made, "変更申請", &form)).await;
    let between = image(&house);
    assert_ne!(between["user"]["licences"], before["user"]["licences"]);
    assert_ne!(between["groups"], before["groups"]);

    carry_through(&house, people, &following(&changed, "取消申請", &json!({}))).await;
    assert_eq!(image(&house), before);
    assert!(house.run(&["verify-journal"]).status.success());
}
