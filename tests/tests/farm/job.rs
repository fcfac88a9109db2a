//! A whole job on a farm: received, shown to those whom it concerns alone, decided and carried out.

use e2e::farm::Farm;
use e2e::hire::{self, ACCOUNT, APPLICANT, MANAGER, VOTERS, row};
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::{IT_STEP, MANAGERS_STEP};
use serde_json::json;

use super::open;

/// Another expert, who is asked with the voters and neither owns the site nor administers.
const EXPERT: &str = "kaori.uchida";
const STRANGER: &str = "hiroshi.kuroda";
const TRIES: u32 = 100;
const ITEM: (&str, i64) = (APPLICATIONS, 1);

async fn sees(farm: &Farm, who: &str) -> bool {
    match farm.read(who, ITEM).await {
        Ok(_) => true,
        Err(refusal) if [403, 404].contains(&refusal.as_u16()) => false,
        Err(other) => panic!("{who}: {other}"),
    }
}

/// Agrees as soon as he is asked at this step.
async fn agree(farm: &mut Farm, who: &str, step: &str) {
    for _ in 0..TRIES {
        let asked = farm.until(who, ITEM, |item| item["PFStepName"] == step).await;
        let token = asked["PFStepToken"].as_str().expect("a step token");
        let decided_for = format!("{token}:{}", farm.house().id_of(who));
        let vote = json!({ "PFDecision": "承認", "PFDecisionFor": decided_for });
        if farm.change(who, ITEM, &vote).await.is_success() {
            return;
        }
        // The step is shown a moment before its assignees are let in.
        farm.watch.rest().await;
    }
    panic!("{who} may not vote\n{}", farm.house().log());
}

fn has_account(farm: &Farm) -> bool {
    let upn = format!("{ACCOUNT}@{}", farm.house().world().names.domain);
    let tenant = farm.house().world().tenant();
    let mut users = tenant.directory.users.values();
    users.any(|user| user.user_principal_name == upn)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_on_a_farm_is_received_shown_to_whom_it_concerns_decided_and_carried_out() {
    let mut farm = open().await;
    let hire = row(&hire::form(farm.house(), ACCOUNT), "申請");
    let id = farm.add(APPLICANT, INBOX, &hire).await;
    farm.until(APPLICANT, (INBOX, id), |row| row["PFStatus"] == "IA")
        .await;
    farm.until(APPLICANT, ITEM, |item| item["PFStepName"] == MANAGERS_STEP)
        .await;
    assert!(!sees(&farm, EXPERT).await, "he is not asked yet");
    assert!(!sees(&farm, STRANGER).await);
    let forged = farm
        .change(APPLICANT, ITEM, &json!({ "PFDecision": "承認" }))
        .await;
    assert!(
        [403, 404].contains(&forged.as_u16()),
        "an applicant reads: {forged}"
    );

    agree(&mut farm, MANAGER, MANAGERS_STEP).await;
    farm.until(EXPERT, ITEM, |item| item["PFStepName"] == IT_STEP)
        .await;
    let late = farm.change(MANAGER, ITEM, &json!({ "PFDecision": "却下" })).await;
    assert!([403, 404].contains(&late.as_u16()), "he only reads: {late}");
    for voter in VOTERS {
        agree(&mut farm, voter, IT_STEP).await;
    }
    farm.until(APPLICANT, (INBOX, id), |row| row["PFStatus"] == "CO")
        .await;
    assert!(has_account(&farm));
    assert!(!sees(&farm, STRANGER).await);
    farm.watch.quiet().await;
    let proof = farm.house().run(&["verify-journal"]);
    assert!(proof.status.success(), "{}", super::said(&proof));
}
