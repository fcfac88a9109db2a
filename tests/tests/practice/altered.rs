//! A definition that was changed: with a new version what runs goes on by its own; without one `setup` refuses it, and
//! what is applied for meanwhile waits for administrators, who are told.

use e2e::forms;
use e2e::offer::{approval_of, managers_approval, step};
use e2e::rows::INBOX;
use e2e::scene::cast::MANAGER;
use e2e::scene::{MANAGERS_STEP, until, until_told, vote};
use serde_json::{Value, json};

use super::drafter::decide;
use super::{Pair, taken_in};

const HEADS_STEP: &str = "部長承認";
const STOPPED: &str = "【要確認】受付リストの行";

impl Pair {
    /// Offers what was offered before, with other members.
    fn offer_instead(&self, members: &Value) {
        let path = self.house.folder.path().join("workflows/user-create.json");
        let text = std::fs::read_to_string(&path).expect("a definition");
        let mut definition: Value = serde_json::from_str(&text).expect("JSON");
        let changed = definition.as_object_mut().expect("members");
        changed.extend(members.as_object().expect("members").clone());
        std::fs::write(path, definition.to_string()).expect("a definition");
    }

    async fn begin_anew(&mut self) {
        self.house.kill();
        self.house.serve().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn w27_what_runs_goes_on_by_its_definition_and_what_is_applied_for_now_by_the_newer_one() {
    let mut pair = Pair::new(|_| json!({ "steps": [managers_approval(&json!({}))] })).await;
    let (running, _) = pair.at_the_managers_step().await;
    let form = forms::account(&pair.house, "rin.takahashi");
    let returned = pair.applicant.add(INBOX, &forms::application(&form)).await;
    let (item, _) = taken_in(&pair.house, (&pair.applicant, &pair.manager), returned).await;
    let head = approval_of("head", HEADS_STEP, &[pair.house.id_of(MANAGER)], &json!({}));
    pair.offer_instead(&json!({ "version": 2, "steps": [head] }));
    assert!(pair.house.run(&["setup"]).status.success());
    pair.begin_anew().await;
    let house = &pair.house;
    let form = forms::account(house, "aoi.takahashi");
    let row = pair.applicant.add(INBOX, &forms::application(&form)).await;
    let (newer, _) = taken_in(house, (&pair.applicant, &pair.manager), row).await;
    let shown = pair
        .until(&pair.manager, newer, |row| row["PFStepName"] == HEADS_STEP)
        .await;
    assert!(shown["PFDefVersion"] == 2.0 && running["PFDefVersion"] == 1.0);
    // Both are decided by the same person, each at the step of its own definition.
    vote(house, &pair.manager, newer, HEADS_STEP).await;
    vote(house, &pair.manager, pair.first.0, MANAGERS_STEP).await;
    for item in [newer, pair.first.0] {
        let done = pair
            .until(&pair.applicant, item, |row| row["PFStatus"] == "CO")
            .await;
        assert_eq!(done["PFDefVersion"] == 2.0, item == newer);
    }
    // Sent back and applied for again, it keeps the definition that it began with.
    let back = json!({ "PFDecision": "差戻し", "PFDecisionComment": "部署を確認" });
    decide(&pair, item, back).await;
    let is_back = |row: &Value| row["PFStatus"] == "SB";
    until(house, &pair.applicant, (INBOX, returned), is_back).await;
    let again = json!({ "PFApplicantAction": "申請" });
    assert!(pair.applicant.change(INBOX, returned, &again).await.is_success());
    let is_asked = |row: &Value| row["PFRound"] == 2.0 && row["PFStatus"] == "IA";
    let anew = pair.until(&pair.manager, item, is_asked).await;
    assert!(anew["PFStepName"] == MANAGERS_STEP && anew["PFDefVersion"] == 1.0);
    pair.is_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn w27_a_definition_that_changed_under_its_version_is_refused_and_whoever_applies_is_not_forgotten() {
    let mut pair = Pair::new(|_| json!({ "steps": [managers_approval(&json!({}))] })).await;
    let automatic = step(
        "rule",
        "自動",
        &json!({ "automatic": { "outcomes": [{ "then": "pass" }] } }),
    );
    pair.offer_instead(&json!({ "steps": [automatic, managers_approval(&json!({}))] }));
    let refused = pair.house.run(&["setup"]);
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(
        !refused.status.success() && said.contains("raise its `version`"),
        "{said}"
    );
    pair.begin_anew().await;
    let form = forms::account(&pair.house, "aoi.takahashi");
    let row = pair.applicant.add(INBOX, &forms::application(&form)).await;
    let told = until_told(&pair.house, &pair.administrator, STOPPED).await;
    assert!(told[0].contains(&format!("inbox {row}")), "{told:?}");
    pair.offer_instead(&json!({ "version": 2 }));
    assert!(pair.house.run(&["setup"]).status.success());
    pair.begin_anew().await;
    let retried = pair.house.run(&["jobs", "--retry", "inbox", &row.to_string()]);
    assert!(retried.status.success(), "{retried:?}");
    taken_in(&pair.house, (&pair.applicant, &pair.manager), row).await;
    pair.is_whole();
}
