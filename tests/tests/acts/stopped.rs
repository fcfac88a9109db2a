//! An execution that stopped: what an administrator does about it.

use dev_tenant::directory::Group;
use dev_tenant::seed::EVERYDAY;
use e2e::deed::{ask, because};
use e2e::forms;
use e2e::house::House;
use e2e::person::Person;
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{self, ADMINISTRATOR, APPLICANT, EXPERTS, MANAGER, sign_in};
use e2e::scene::{IT_STEP, MANAGERS_STEP, item_of, until, until_told, vote};
use serde_json::{Value, json};

const CLOSED: &str = "【終了】";
const ATTENTION: &str = "【要確認】";
const ACCOUNT: &str = "hana.takahashi";

/// Approved by all, and stopped: a group into which the account shall go is gone.
pub(super) struct Stopped {
    pub(super) house: House,
    pub(super) applicant: Person,
    pub(super) administrator: Person,
    pub(super) item: i64,
    pub(super) number: String,
    group: Group,
}

impl Stopped {
    pub(super) async fn new() -> Self {
        let house = cast::house(env!("CARGO_BIN_EXE_backend")).await;
        let [applicant, manager, administrator] = sign_in(&house, [APPLICANT, MANAGER, ADMINISTRATOR]).await;
        let mut form = forms::account(&house, ACCOUNT);
        form["groups"] = json!([house.group(EVERYDAY[0]), house.group(EVERYDAY[1])]);
        let row = applicant.add(INBOX, &forms::application(&form)).await;
        let item = item_of(&house, &applicant, &manager, row).await;
        vote(&house, &manager, item, MANAGERS_STEP).await;
        let group = take_away(&house, EVERYDAY[1]);
        for expert in sign_in(&house, EXPERTS).await {
            vote(&house, &expert, item, IT_STEP).await;
        }
        let stopped = until(&house, &administrator, (APPLICATIONS, item), |row| {
            row["PFStatus"] == "RV"
        })
        .await;
        until_told(&house, &administrator, ATTENTION).await;
        Self {
            number: stopped["PFNumber"].as_str().expect("a number").to_owned(),
            house,
            applicant,
            administrator,
            item,
            group,
        }
    }

    pub(super) async fn ask(&self, action: &str, more: &Value) -> String {
        ask(&self.house, &self.administrator, &self.number, action, more).await
    }

    pub(super) async fn until(&self, state: &str) -> Value {
        until(&self.house, &self.applicant, (APPLICATIONS, self.item), |row| {
            row["PFStatus"] == state
        })
        .await
    }

    pub(super) fn has_account(&self) -> bool {
        let upn = format!("{ACCOUNT}@{}", self.house.world().names.domain);
        let tenant = self.house.world().tenant();
        let mut users = tenant.directory.users.values();
        users.any(|user| user.user_principal_name == upn)
    }

    /// Name of the plan's step that cannot be done.
    pub(super) fn step(&self) -> String {
        format!("add-to-group:{}", self.group.id.0)
    }

    fn give_back(&self) {
        let mut tenant = self.house.world().tenant();
        let group = self.group.clone();
        tenant.directory.groups.insert(group.id, group);
    }
}

fn take_away(house: &House, name: &str) -> Group {
    let id = house.group(name);
    let mut tenant = house.world().tenant();
    let groups = &mut tenant.directory.groups;
    let key = *groups.keys().find(|key| key.0 == id).expect("the group");
    groups.remove(&key).expect("the group")
}

#[tokio::test(flavor = "multi_thread")]
async fn t22_retried_once_the_cause_is_mended_everything_is_carried_out() {
    let stopped = Stopped::new().await;
    let nothing = json!({});
    let asked = ask(
        &stopped.house,
        &stopped.applicant,
        &stopped.number,
        "再実行",
        &nothing,
    )
    .await;
    assert_eq!(asked, "not_administrator");
    assert!(!stopped.has_account());
    stopped.give_back();
    assert_eq!(stopped.ask("再実行", &nothing).await, "EX");
    stopped.until("CO").await;
    assert!(stopped.has_account());
    assert!(stopped.house.run(&["verify-journal"]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn t22_a_step_is_skipped_for_a_reason_and_the_rest_is_carried_out() {
    let stopped = Stopped::new().await;
    let step = |name: &str, why: &str| json!({ "PFActStep": name, "PFDecisionComment": why });
    let ours = stopped.step();
    for (more, answer) in [
        (because("廃止された"), "step_missing"),
        (step(&ours, ""), "reason_missing"),
        (step("add-to-group:x", "廃止された"), "no_such_plan_step"),
        (step(&ours, "廃止された"), "RV"),
    ] {
        assert_eq!(stopped.ask("飛ばす", &more).await, answer, "{more}");
    }
    assert_eq!(stopped.ask("再実行", &json!({})).await, "EX");
    let closed = stopped.until("PC").await;
    assert!(stopped.has_account());
    let told = closed["PFHistory"].as_str().unwrap_or_default();
    assert!(told.contains("実行ステップを省略 「廃止された」"), "{told}");
    until_told(&stopped.house, &stopped.applicant, CLOSED).await;
    assert!(stopped.house.run(&["verify-journal"]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn t22_accepted_as_it_is_the_application_ends_with_nothing_done() {
    let stopped = Stopped::new().await;
    assert_eq!(stopped.ask("受入", &json!({})).await, "reason_missing");
    assert_eq!(stopped.ask("受入", &because("入社取りやめ")).await, "FA");
    stopped.until("FA").await;
    assert!(!stopped.has_account());
    let told = until_told(&stopped.house, &stopped.applicant, CLOSED).await;
    assert!(
        told[0].contains("入社取りやめ") && told[0].contains("行われていないこと"),
        "{told:?}"
    );
}
