//! A definition that was changed without a new version: `setup` refuses it, and what is applied for meanwhile waits for
//! administrators, who are told.

use e2e::forms;
use e2e::offer::{managers_approval, step};
use e2e::rows::INBOX;
use e2e::scene::until_told;
use serde_json::{Value, json};

use super::{Pair, taken_in};

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
