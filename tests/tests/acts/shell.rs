//! What administrators do on the shell of the server: the same, and the journal says who and where.

use e2e::deed::because;
use e2e::house::House;
use e2e::scene::cast::{ADMINISTRATOR, MANAGER, sign_in};
use e2e::scene::{MANAGERS_STEP, until_told, vote};
use serde_json::{Value, json};

use super::stopped::Stopped;
use super::{ANOTHER, CANCELLED, Open};

/// What the command printed, or why it was refused.
fn deed(house: &House, number: &str, operator: &str, deed: &[&str]) -> Result<String, String> {
    let mut arguments = vec!["applications", "--application", number, "--as", operator];
    arguments.extend(deed);
    let output = house.run(&arguments);
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).trim().to_owned();
    if output.status.success() {
        Ok(text(output.stdout))
    } else {
        Err(text(output.stderr))
    }
}

/// The last line of this event in the journal.
fn line(house: &House, number: &str, event: &str) -> Value {
    let exported = house.run(&["export-journal", "--application", number]);
    let exported: Value = serde_json::from_slice(&exported.stdout).expect("JSON");
    let lines = exported["lines"].as_array().expect("lines").iter().rev();
    let mut lines = lines.map(|line| {
        let body = line["body"].as_str().expect("a body");
        serde_json::from_str::<Value>(body).expect("a line")
    });
    lines
        .find(|line| line["event"]["type"] == event)
        .expect("the line")
}

#[tokio::test(flavor = "multi_thread")]
async fn t13_and_t18_on_the_shell_name_the_operator_who_must_administer() {
    let open = Open::new().await;
    let (house, number) = (&open.house, open.number.as_str());
    let (us, manager, another) = (
        open.named(ADMINISTRATOR),
        open.named(MANAGER),
        open.named(ANOTHER),
    );
    let hand_over = [
        "reassign", "--from", &manager, "--to", &another, "--reason", "異動",
    ];
    for (operator, what) in [
        (&manager, "is not a member of the administrators' group"),
        (&open.named("nobody.at.all"), "no enabled account has the name"),
    ] {
        let refused = deed(house, number, operator, &hand_over).expect_err("refused");
        assert!(refused.contains(what), "{refused}");
    }
    assert_eq!(deed(house, number, &us, &hand_over), Ok("IA".to_owned()));
    let again = deed(house, number, &us, &hand_over).expect_err("he is asked no more");
    assert!(again.contains("判断済み"), "{again}");
    let [another] = sign_in(house, [ANOTHER]).await;
    vote(house, &another, open.item, MANAGERS_STEP).await;
    let unheard = deed(house, "USR-2000-00001", &us, &["retry"]).expect_err("no such application");
    assert!(unheard.contains("USR-2000-00001"), "{unheard}");
    let cancelled = deed(house, number, &us, &["cancel", "--reason", "二重の申請"]);
    assert_eq!(cancelled, Ok("CA".to_owned()));
    let line = line(house, number, "cancelled");
    assert_eq!(line["via"], json!({ "in": "system" }));
    assert_eq!(line["actor"]["person"], open.administrator.id.to_string());
    until_told(house, &open.applicant, CANCELLED).await;
    // Whose name was given is told: only he can say that it was not he.
    let told = until_told(house, &open.administrator, "【判断の記録】").await;
    assert!(
        told.iter().any(|told| told.contains("コマンドライン")),
        "{told:?}"
    );
    open.is_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn t22_on_the_shell_a_stopped_execution_goes_on_without_the_step_that_was_skipped() {
    let stopped = Stopped::new().await;
    let (house, number) = (&stopped.house, stopped.number.as_str());
    let us = format!("{ADMINISTRATOR}@{}", house.world().names.domain);
    let step = stopped.step();
    let skip = ["skip", "--step", &step, "--reason", "廃止された"];
    assert_eq!(deed(house, number, &us, &skip), Ok("RV".to_owned()));
    assert_eq!(deed(house, number, &us, &["retry"]), Ok("EX".to_owned()));
    stopped.until("PC").await;
    assert!(stopped.has_account());
    let late = deed(house, number, &us, &["accept", "--reason", "r"]).expect_err("it is over");
    assert!(late.contains("いまの状態では"), "{late}");
    assert_eq!(stopped.ask("受入", &because("r")).await, "not_now");
}
