//! 2 差戻し: the third step sends back to the first, the first to the applicant; he applies again, and what was said before
//! is still to be read.

use e2e::forms;
use e2e::house::House;
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{APPLICANT, EXPERTS, sign_in};
use e2e::scene::{item_of, until, vote};
use serde_json::{Value, json};

use crate::company::{asks, decide, with_steps};

const FIRST: &str = "一次承認";
const SECOND: &str = "二次承認";
const THIRD: &str = "部長決裁";
const SECTION_CHIEF: &str = "naoki.kiryu";

async fn three_steps() -> House {
    let any = json!({ "of": "any" });
    with_steps(|house| {
        vec![
            asks(house, ("first", FIRST), &[SECTION_CHIEF], &any),
            asks(house, ("second", SECOND), &[EXPERTS[0]], &any),
            asks(house, ("third", THIRD), &[EXPERTS[1]], &any),
        ]
    })
    .await
}

/// Whatever was said stands on one page.
fn tells_all(shown: &Value) {
    let history = shown["PFHistory"].as_str().expect("the history");
    for said in [
        "内容を確認しました",
        "予算を確かめてください",
        "役職を追記してください",
    ] {
        assert!(history.contains(said), "{said}: {history}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s02_w01_w13_w32_w33_what_the_third_step_sends_back_to_the_first_is_asked_anew_and_every_comment_stays()
 {
    let house = three_steps().await;
    let [applicant, first, second, third] =
        sign_in(&house, [APPLICANT, SECTION_CHIEF, EXPERTS[0], EXPERTS[1]]).await;
    let form = forms::account(&house, "hana.takahashi");
    let row = applicant.add(INBOX, &forms::application(&form)).await;
    let item = item_of(&house, &applicant, &first, row).await;
    decide(
        &house,
        &first,
        item,
        FIRST,
        &json!({ "PFDecisionComment": "内容を確認しました" }),
    )
    .await;
    vote(&house, &second, item, SECOND).await;
    let back = json!({ "PFDecision": "差戻し", "PFDecisionComment": "予算を確かめてください", "PFSendBackTo": "first" });
    decide(&house, &third, item, THIRD, &back).await;
    let to_him = json!({ "PFDecision": "差戻し", "PFDecisionComment": "役職を追記してください" });
    decide(&house, &first, item, FIRST, &to_him).await;
    until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "SB").await;

    let mut mended = form.clone();
    mended["post"] = json!("主任");
    let again = applicant.change(INBOX, row, &forms::application(&mended)).await;
    assert!(again.is_success(), "{again}");
    until(&house, &applicant, (INBOX, row), |row| {
        row["PFStatus"] == "IA" && row["PFRound"] == 2
    })
    .await;
    let asked = until(&house, &first, (APPLICATIONS, item), |row| {
        row["PFStepName"] == FIRST
    })
    .await;
    tells_all(&asked);
    // What will be done is read before anybody decides on it, the correction as well.
    let preview = asked["PFPreview"].as_str().expect("a preview");
    assert!(
        preview.contains("主任") && preview.contains("hana.takahashi"),
        "{preview}"
    );
    for (by, step) in [(&first, FIRST), (&second, SECOND), (&third, THIRD)] {
        let shown = |row: &Value| row["PFStepName"] == step;
        let asked = until(&house, by, (APPLICATIONS, item), shown).await;
        tells_all(&asked);
        assert_eq!(asked["PFPreview"], preview, "{step}");
        vote(&house, by, item, step).await;
    }
    until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "CO").await;
    tells_all(&applicant.read(APPLICATIONS, item).await.expect("he reads"));
    assert!(house.run(&["verify-journal"]).status.success());
}
