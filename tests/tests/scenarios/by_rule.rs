//! 自動: a rule of the definition approves, asks somebody, or refuses, by what the form says.

use e2e::forms;
use e2e::house::House;
use e2e::journal;
use e2e::offer::{managers_approval, step};
use e2e::person::Person;
use e2e::post::mails;
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{APPLICANT, MANAGER, sign_in};
use e2e::scene::{MANAGERS_STEP, item_of, until, until_told, vote};
use serde_json::{Value, json};

use crate::company::with_steps;

const DECIDE: &str = "【判断依頼】";

/// Of a post: none is approved, an adviser's is refused, of any other the manager is asked.
async fn ruled() -> House {
    with_steps(|_| {
        let rule = json!({ "automatic": { "outcomes": [
            { "when": "empty(post)", "then": "finish" },
            { "when": "post = \"顧問\"", "then": "reject" },
        ] } });
        vec![step("rule", "自動判定", &rule), managers_approval(&json!({}))]
    })
    .await
}

async fn applies(house: &House, applicant: &Person, local: &str, post: Option<&str>) -> i64 {
    let mut form = forms::account(house, local);
    if let Some(post) = post {
        form["post"] = json!(post);
    }
    applicant.add(INBOX, &forms::application(&form)).await
}

/// Once it stands so; how many rules and how many people decided.
async fn decided(house: &House, applicant: &Person, row: i64, state: &str) -> (usize, usize) {
    let stands = |row: &Value| row["PFStatus"] == state;
    let row = until(house, applicant, (INBOX, row), stands).await;
    let lines = journal::lines(house, row["PFNumber"].as_str().expect("a number"));
    let count = |event: &str| {
        let same = lines.iter().filter(|line| line["event"]["type"] == event);
        same.count()
    };
    (count("ruleApplied"), count("decided"))
}

#[tokio::test(flavor = "multi_thread")]
async fn w34_what_a_rule_approves_asks_nobody_what_it_refuses_ends_and_the_rest_is_asked_about() {
    let house = ruled().await;
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    let approved = applies(&house, &applicant, "hana.takahashi", None).await;
    let refused = applies(&house, &applicant, "yui.takahashi", Some("顧問")).await;
    let asked = applies(&house, &applicant, "aoi.takahashi", Some("課長")).await;
    let item = item_of(&house, &applicant, &manager, asked).await;
    let shown = |row: &Value| row["PFStepName"] == MANAGERS_STEP;
    until(&house, &manager, (APPLICATIONS, item), shown).await;
    // Whoever decides before the mail is written gets none.
    until_told(&house, &manager, DECIDE).await;
    assert_eq!(decided(&house, &applicant, approved, "CO").await, (1, 0));
    assert_eq!(decided(&house, &applicant, refused, "RJ").await, (1, 0));
    vote(&house, &manager, item, MANAGERS_STEP).await;
    assert_eq!(decided(&house, &applicant, asked, "CO").await, (1, 1));
    assert_eq!(mails(&house, &manager, DECIDE).len(), 1, "of one of three");
    house.id_of("hana.takahashi");
    house.id_of("aoi.takahashi");
    assert!(house.run(&["verify-journal"]).status.success());
}
