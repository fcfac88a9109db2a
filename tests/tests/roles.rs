//! What each role sees in the views that setup made, and what the buttons of a view do.

use e2e::administrators;
use e2e::hire;
use e2e::house::Wishes;
use e2e::person::Person;
use e2e::rows::{self, APPLICATIONS, INBOX};
use e2e::views::{WAITING, shown};
use e2e::watch::Watch;
use reqwest::Method;
use serde_json::{Value, json};

const LIST: &str = "web/getlist('/sites/flow/Lists/PFApplications')";
const MINE: &str = "自分の申請";
const ALL: &str = "全件";
const VIEWS: [&str; 5] = [WAITING, "主担当の判断待ち", MINE, "部門", ALL];

async fn counts(who: &Person) -> Vec<usize> {
    let mut counts = Vec::new();
    for view in VIEWS {
        counts.push(shown(who, view).await.len());
    }
    counts
}

/// Presses a button of the waiting view, as a modern view would: what the column's formatter says is written.
async fn press(who: &Person, choice: &str) {
    let row = shown(who, WAITING).await.remove(0);
    let (_, field) = who
        .send(
            Method::GET,
            &format!("{LIST}/fields/getbyinternalnameortitle('PFDecision')"),
            &[],
            None,
        )
        .await;
    let formatter = field["CustomFormatter"].as_str().expect("a formatter");
    let formatter: Value = serde_json::from_str(formatter).expect("JSON");
    let buttons = formatter["children"].as_array().expect("children").iter();
    let mut inputs = buttons.map(|button| &button["customRowAction"]["actionInput"]);
    let input = inputs
        .find(|input| input["PFDecision"] == choice)
        .expect("a button");
    let (_, me) = who.send(Method::GET, "web/currentuser", &[], None).await;
    let written: serde_json::Map<_, _> = input
        .as_object()
        .expect("columns")
        .iter()
        .map(|(column, text)| (column.clone(), json!(value(text, &row, &me))))
        .collect();
    let item = row["ID"].as_str().expect("an id").parse().expect("a number");
    let status = who.change(APPLICATIONS, item, &Value::Object(written)).await;
    assert!(status.is_success(), "{status}");
}

/// The few expressions that our buttons write, for a Japanese reader.
fn value(text: &Value, row: &Value, me: &Value) -> String {
    let text = text.as_str().expect("text");
    let Some(expression) = text.strip_prefix('=') else {
        return text.to_owned();
    };
    if let Some(rest) = expression.strip_prefix("if(Number(@UIlcid) == 1041, '") {
        return rest.split('\'').next().unwrap_or_default().to_owned();
    }
    let part = |part: &str| {
        match part {
            "[$PFStepToken]" => row["PFStepToken"].as_str().expect("the token is in the view"),
            "@me" => me["Email"].as_str().expect("a mail address"),
            "':'" => ":",
            other => panic!("no such part: {other}"),
        }
        .to_owned()
    };
    expression.split(" + ").map(part).collect()
}

/// Waits until this person has something to decide.
async fn asked(watch: &mut Watch, who: &Person) {
    for _ in 0..100 {
        if !shown(who, WAITING).await.is_empty() {
            return;
        }
        watch.rest().await;
    }
    panic!("nobody is asked\n{}", watch.house.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_sees_its_own_in_the_views_and_a_button_decides() {
    let mut watch = hire::open(env!("CARGO_BIN_EXE_backend"), Wishes::default()).await;
    administrators::appoint(&watch.house, "sanae.miura");
    let sign_in = |local| Person::sign_in(&watch.house, local);
    let (applicant, manager, voter, second) = tokio::join!(
        sign_in(hire::APPLICANT),
        sign_in(hire::MANAGER),
        sign_in(hire::VOTERS[0]),
        sign_in(hire::VOTERS[1]),
    );
    let (administrator, stranger) = tokio::join!(sign_in("sanae.miura"), sign_in("nao.akiyama"));
    hire::submit(&watch.house, hire::ACCOUNT).await;
    asked(&mut watch, &manager).await;
    assert_eq!(counts(&manager).await, [1, 1, 0, 0, 1]);
    assert_eq!(counts(&applicant).await, [0, 0, 1, 0, 1]);
    assert_eq!(counts(&administrator).await, [0, 0, 0, 0, 1]);
    assert_eq!(counts(&second).await, [0; 5]);
    assert_eq!(counts(&stranger).await, [0; 5]);

    press(&manager, "承認").await;
    asked(&mut watch, &voter).await;
    asked(&mut watch, &second).await;
    // Several are asked together: the column that can be indexed holds only one of them.
    let first = [counts(&voter).await[1], counts(&second).await[1]];
    assert!(first.iter().sum::<usize>() <= 1, "{first:?}");
    assert_eq!(counts(&manager).await[0], 0);
    assert_eq!(counts(&stranger).await, [0; 5]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_that_sends_back_gives_a_reason() {
    let mut watch = hire::open(env!("CARGO_BIN_EXE_backend"), Wishes::default()).await;
    let manager = Person::sign_in(&watch.house, hire::MANAGER).await;
    let row = hire::submit(&watch.house, hire::ACCOUNT).await;
    asked(&mut watch, &manager).await;
    press(&manager, "差戻し").await;
    watch
        .until("it was sent back", |tenant| {
            rows::text(tenant, INBOX, row, "PFStatus") == "SB"
        })
        .await;
    let tenant = watch.house.world().tenant();
    let history = rows::text(&tenant, APPLICATIONS, 1, "PFHistory");
    assert!(history.contains("内容を見直してください"), "{history}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_pressed_with_somebody_elses_address_decides_nothing() {
    let mut watch = hire::open(env!("CARGO_BIN_EXE_backend"), Wishes::default()).await;
    let manager = Person::sign_in(&watch.house, hire::MANAGER).await;
    let applicant = Person::sign_in(&watch.house, hire::APPLICANT).await;
    let row = hire::submit(&watch.house, hire::ACCOUNT).await;
    asked(&mut watch, &manager).await;
    let (_, other) = applicant.send(Method::GET, "web/currentuser", &[], None).await;
    let token = rows::text(&watch.house.world().tenant(), APPLICATIONS, 1, "PFStepToken");
    let address = other["Email"].as_str().expect("a mail address");
    let vote = json!({ "PFDecision": "承認", "PFDecisionFor": format!("{token}:{address}") });
    assert!(manager.change(APPLICATIONS, 1, &vote).await.is_success());
    watch
        .until("the entry was taken back and nothing was decided", |tenant| {
            rows::text(tenant, APPLICATIONS, 1, "PFDecision").is_empty()
                && rows::text(tenant, INBOX, row, "PFStatus") == "IA"
        })
        .await;
    let tenant = watch.house.world().tenant();
    assert!(hire::is_at(&tenant, "上長承認"));
}

#[tokio::test(flavor = "multi_thread")]
async fn f04_the_edit_form_offers_the_decision_and_nothing_that_is_sealed() {
    let mut watch = hire::open(env!("CARGO_BIN_EXE_backend"), Wishes::default()).await;
    let manager = Person::sign_in(&watch.house, hire::MANAGER).await;
    hire::submit(&watch.house, hire::ACCOUNT).await;
    asked(&mut watch, &manager).await;
    let (_, page) = manager.page("Lists/PFApplications/EditForm.aspx?ID=1").await;
    let ids: Vec<_> = page
        .split("id=\"ff_")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let ours: Vec<_> = ids.iter().filter(|id| id.starts_with("PF")).collect();
    assert_eq!(
        ours,
        [&"PFDecision", &"PFDecisionComment", &"PFSendBackTo"],
        "{page}"
    );
}
