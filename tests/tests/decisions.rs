//! One decision, three ways to it: the list, a row of the inbox, the API. And who may use the last one.

use e2e::api::{self, ApiToken, DECIDE};
use e2e::house::{House, pause};
use e2e::person::Person;
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{self, APPLICANT, EXPERTS, MANAGER, sign_in};
use e2e::scene::{IT_STEP, MANAGERS_STEP, apply, until};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::time::Duration;

const COMMENT: &str = "確認しました";
const LOOK: Duration = Duration::from_millis(200);
const LOOKS: u32 = 400;

async fn house() -> House {
    let house = cast::house(env!("CARGO_BIN_EXE_backend")).await;
    api::grant_web_parts(&house);
    house
}

/// What the person is asked: the item's row, once it shows this step.
async fn asked(house: &House, by: &Person, item: i64, step: &str) -> Value {
    until(house, by, (APPLICATIONS, item), |row| row["PFStepName"] == step).await
}

fn text<'a>(row: &'a Value, column: &str) -> &'a str {
    row[column].as_str().unwrap_or_default()
}

/// 操作 of an approver.
fn act(row: &Value, decision: &str, comment: &str, to: &str) -> Value {
    json!({
        "Title": "判断", "PFKind": "act", "PFApplicantAction": "判断", "PFNumber": row["PFNumber"],
        "PFStepToken": row["PFStepToken"], "PFDecision": decision, "PFDecisionComment": comment, "PFSendBackTo": to,
    })
}

/// The lines of a journal from the first decision on.
fn journal(house: &House, number: &str) -> Vec<Value> {
    let exported = house.run(&["export-journal", "--application", number]);
    assert!(exported.status.success(), "{exported:?}");
    let exported: Value = serde_json::from_slice(&exported.stdout).expect("JSON");
    let lines = exported["lines"].as_array().expect("lines");
    let lines = lines
        .iter()
        .map(|line| serde_json::from_str(line["body"].as_str().expect("a body")).expect("a line"));
    lines
        .skip_while(|line: &Value| line["event"]["type"] != "decided")
        .collect()
}

/// A line without what differs between any two applications.
fn comparable(line: &Value) -> Value {
    let mut line = line.clone();
    for name in ["application", "at", "prev", "via"] {
        line.as_object_mut().expect("an object").remove(name);
    }
    let event = line["event"].as_object_mut().expect("an event");
    event.remove("token");
    event.remove("channel");
    if let Some(opening) = event.get_mut("opening").and_then(Value::as_object_mut) {
        opening.remove("token");
        opening.remove("due");
    }
    line
}

/// Where a person wrote what led to a line.
fn channel(line: &Value) -> &str {
    line["via"]["in"].as_str().unwrap_or("request")
}

async fn became(house: &House, token: &ApiToken, place: &str) -> Value {
    let mut seen = Value::Null;
    for _ in 0..LOOKS {
        seen = token.get(place).await.1;
        if seen["status"] != "waiting" {
            return seen;
        }
        pause(LOOK).await;
    }
    panic!("it waits for ever: {seen}\n{}", house.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_decision_by_list_by_row_and_by_api_gives_the_same_journal_but_for_the_channel() {
    let house = house().await;
    let [applicant, manager, expert] = sign_in(&house, [APPLICANT, MANAGER, EXPERTS[0]]).await;
    let portal = ApiToken::of_portal(&house, &manager).await;
    let mut journals = Vec::new();
    for (at, way) in ["item", "inbox", "request"].into_iter().enumerate() {
        let (_, item) = apply(&house, &applicant, &manager, &format!("hana.takahashi{at}")).await;
        let row = asked(&house, &manager, item, MANAGERS_STEP).await;
        let number = text(&row, "PFNumber");
        match way {
            "item" => {
                let target = format!("{}:{}", text(&row, "PFStepToken"), manager.id);
                let vote =
                    json!({"PFDecision": "承認", "PFDecisionComment": COMMENT, "PFDecisionFor": target});
                assert!(manager.change(APPLICATIONS, item, &vote).await.is_success());
            }
            "inbox" => {
                let act = manager.add(INBOX, &act(&row, "承認", COMMENT, "")).await;
                let answered = |act: &Value| !act["PFStatus"].is_null();
                let act = until(&house, &manager, (INBOX, act), answered).await;
                assert_eq!((&act["PFStatus"], &act["PFIssues"]), (&json!("IA"), &Value::Null));
            }
            _ => {
                let wish =
                    json!({"choice": "approve", "token": text(&row, "PFStepToken"), "comment": COMMENT});
                let (status, place, said) = portal.decide(number, None, &wish).await;
                assert_eq!(status, StatusCode::ACCEPTED, "{said}");
                assert_eq!(became(&house, &portal, &place).await["status"], "recorded");
                // The answer was lost, and the client sends it again: nothing more happens.
                let (again, same, _) = portal.decide(number, None, &wish).await;
                assert_eq!((again, same), (StatusCode::ACCEPTED, place));
            }
        }
        asked(&house, &expert, item, IT_STEP).await;
        let lines = journal(&house, number);
        assert_eq!(channel(&lines[0]), way);
        let told = lines[0]["event"]["channel"].as_str();
        assert_eq!(told, Some(["list", "webPart", "api"][journals.len()]), "{way}");
        journals.push(lines.iter().map(comparable).collect::<Vec<_>>());
    }
    assert_eq!(journals[0].len(), 2, "decided and passed: {journals:?}");
    assert_eq!(journals[0], journals[1]);
    assert_eq!(journals[0], journals[2]);
    assert!(house.run(&["verify-journal"]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_sends_back_to_an_earlier_step_and_says_why_a_stale_one_does_not_count() {
    let house = house().await;
    let [applicant, manager, expert] = sign_in(&house, [APPLICANT, MANAGER, EXPERTS[0]]).await;
    let (_, item) = apply(&house, &applicant, &manager, "hana.takahashi").await;
    let first = asked(&house, &manager, item, MANAGERS_STEP).await;
    manager.add(INBOX, &act(&first, "承認", "", "")).await;
    let second = asked(&house, &expert, item, IT_STEP).await;
    expert
        .add(
            INBOX,
            &act(&second, "差戻し", "上司に確認してください", "manager"),
        )
        .await;
    let again = asked(&house, &manager, item, MANAGERS_STEP).await;
    assert_ne!(again["PFStepToken"], first["PFStepToken"]);
    let stale = manager.add(INBOX, &act(&first, "承認", "", "")).await;
    let told = |row: &Value| !row["PFIssues"].is_null();
    let stale = until(&house, &manager, (INBOX, stale), told).await;
    assert_eq!(stale["PFIssues"], r#"[{"code":"stale_step"}]"#);
    assert_eq!(stale["PFStatus"], Value::Null);
    assert_eq!(
        asked(&house, &manager, item, MANAGERS_STEP).await["PFStepToken"],
        again["PFStepToken"]
    );
}

/// An application at the manager's step, and what a client of his reads of it.
struct Open {
    house: House,
    applicant: Person,
    manager: Person,
    expert: Person,
    number: String,
    item: i64,
    /// The manager's, by the client that may decide.
    portal: ApiToken,
    token: String,
}

impl Open {
    async fn new() -> Self {
        let house = house().await;
        let [applicant, manager, expert] = sign_in(&house, [APPLICANT, MANAGER, EXPERTS[0]]).await;
        let (row, item) = apply(&house, &applicant, &manager, "hana.takahashi").await;
        let row = until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "IA").await;
        let number = text(&row, "PFNumber").to_owned();
        let portal = ApiToken::of_portal(&house, &manager).await;
        // A client that decides also reads: here, what it decides on.
        let (_, detail) = portal.get(&format!("applications/{number}")).await;
        assert_eq!(detail["step"]["assignees"], json!([manager.id]));
        Self {
            token: text(&detail["step"], "token").to_owned(),
            house,
            applicant,
            manager,
            expert,
            number,
            item,
            portal,
        }
    }

    /// Status and code of a decision's answer.
    async fn refused(&self, by: &ApiToken, key: Option<&str>, wish: &Value) -> (u16, String) {
        let (status, _, said) = by.decide(&self.number, key, wish).await;
        (status.as_u16(), text(&said, "code").to_owned())
    }

    fn approval(&self) -> Value {
        json!({"choice": "approve", "token": self.token})
    }
}

fn answer(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_web_part_never_decides_nor_does_anybody_who_is_not_asked() {
    let open = Open::new().await;
    let plain = ApiToken::of(&open.house, &open.manager).await;
    api::grant_web_parts_also(&open.house, DECIDE);
    let granted = ApiToken::of(&open.house, &open.manager).await;
    for web_part in [plain, granted] {
        assert_eq!(web_part.get("tasks").await.0, StatusCode::OK);
        let refused = open.refused(&web_part, None, &open.approval()).await;
        assert_eq!(refused, answer(403, "clientMayNotDecide"));
    }
    let reader = ApiToken::of_portal(&open.house, &open.applicant).await;
    let refused = open.refused(&reader, None, &open.approval()).await;
    assert_eq!(refused, answer(403, "notAssignee"));
    let stranger = ApiToken::of_portal(&open.house, &open.expert).await;
    let refused = open.refused(&stranger, None, &open.approval()).await;
    assert_eq!(refused, answer(404, "notFound"));
    assert!(journal(&open.house, &open.number).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_taken_is_told_by_field_and_a_stale_token_as_a_conflict() {
    let open = Open::new().await;
    let token = &open.token;
    let stale: String = token.chars().rev().collect();
    let to_later = json!({"choice": "sendBack", "token": token, "comment": "c", "sendBackTo": "it"});
    for (wish, key, status, code) in [
        (
            json!({"choice": "approve", "token": stale}),
            None,
            409,
            "staleStep",
        ),
        (json!({"choice": "approve", "token": "x"}), None, 400, "token"),
        (json!({"choice": "agree", "token": token}), None, 400, "body"),
        (
            json!({"choice": "reject", "token": token, "comment": " "}),
            None,
            400,
            "commentMissing",
        ),
        (to_later, None, 400, "noSuchTarget"),
        (
            json!({"choice": "hold", "token": token}),
            None,
            400,
            "idempotencyKeyMissing",
        ),
        (
            json!({"choice": "hold", "token": token}),
            Some(""),
            400,
            "idempotencyKey",
        ),
    ] {
        let refused = open.refused(&open.portal, key, &wish).await;
        assert_eq!(refused, answer(status, code), "{wish}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn w35_a_step_is_held_released_and_approved_and_a_key_stands_for_one_decision() {
    let open = Open::new().await;
    let stranger = ApiToken::of_portal(&open.house, &open.expert).await;
    for (choice, key) in [("hold", "1"), ("confirm", "2"), ("approve", "3")] {
        let wish = json!({"choice": choice, "token": open.token});
        let (status, place, said) = open.portal.decide(&open.number, Some(key), &wish).await;
        assert_eq!(status, StatusCode::ACCEPTED, "{said}");
        let status = became(&open.house, &open.portal, &place).await;
        assert_eq!(status["status"], "recorded", "{choice}");
        assert_eq!(stranger.get(&place).await.0, StatusCode::NOT_FOUND);
    }
    let other = json!({"choice": "reject", "token": open.token, "comment": "c"});
    let refused = open.refused(&open.portal, Some("3"), &other).await;
    assert_eq!(refused, answer(409, "idempotencyKeyReused"));
    asked(&open.house, &open.expert, open.item, IT_STEP).await;
    let refused = open.refused(&open.portal, None, &other).await;
    assert_eq!(refused, answer(409, "staleStep"));
}
