//! Requests to another system: from the form to its books and back, once whatever is lost, and never on anybody else's
//! word.

use e2e::badge_office::{Answer, BadgeOffice, NEXT_SECRET, Order, SECRET};
use e2e::house::{House, Wishes};
use e2e::rows::APPLICATIONS;
use e2e::scene::cast::ADMINISTRATOR;
use e2e::scene::until;
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::stage::{BACKEND, Kind, ONE_EXPERT, SUBJECT, Stage};

pub(crate) const ISSUE: Kind = Kind {
    workflow: "custom-action",
    last: ONE_EXPERT,
};
const SHIPPED: &str = include_str!("../../../manifests/workflows/custom-action.json");
/// Nobody's.
const FORGED: &str = "whsec_Zm9yZ2VkLWZvcmdlZC1mb3JnZWQtZm9yZ2VkLWZvcmc=";
const RECORDED: (StatusCode, &str) = (StatusCode::OK, "recorded");

/// The product, and the office beside it.
pub(crate) struct Pair {
    pub(crate) stage: Stage,
    pub(crate) office: BadgeOffice,
}

impl Pair {
    pub(crate) async fn new() -> Self {
        Self::where_graph_lags(0).await
    }

    /// `lag`: seconds until Graph shows a change, at most.
    pub(crate) async fn where_graph_lags(lag: u32) -> Self {
        let mut office = None;
        let stage = Stage::built(lag, async |house| {
            office = Some(BadgeOffice::open(house).await);
        });
        let stage = stage.await;
        let office = office.expect("it was opened");
        Self { stage, office }
    }

    /// Applied for and approved by all; the item.
    pub(crate) async fn approved(&self) -> i64 {
        let form = json!({ "holder": self.stage.person(SUBJECT), "floors": ["office", "server-room"],
            "reason": "異動のため" });
        let item = self.stage.approved_but_for_one(ISSUE, &form).await;
        self.stage.last_vote(ISSUE, item).await;
        item
    }

    /// The item, once it is in this state.
    pub(crate) async fn comes_to(&self, item: i64, state: &str) -> Value {
        let (house, applicant) = (&self.stage.house, &self.stage.applicant);
        until(house, applicant, (APPLICATIONS, item), |row| {
            row["PFStatus"] == state
        })
        .await
    }

    async fn said(&self, answer: &Answer) -> (StatusCode, String) {
        self.office.send(&self.stage.house, answer).await
    }

    pub(crate) async fn is_told(&self, answer: &Answer) {
        let (status, word) = self.said(answer).await;
        assert_eq!((status, word.as_str()), RECORDED, "{}", self.stage.house.log());
    }

    pub(crate) async fn is_refused(&self, answer: &Answer, status: StatusCode, code: &str) {
        assert_eq!(self.said(answer).await, (status, code.to_owned()));
    }

    /// What an administrator does on the shell; the state that it comes to.
    pub(crate) fn administer(&self, number: &str, deed: &[&str]) -> String {
        let house = &self.stage.house;
        let operator = format!("{ADMINISTRATOR}@{}", house.world().names.domain);
        let mut arguments = vec!["applications", "--application", number, "--as", &operator];
        arguments.extend(deed);
        let done = house.run(&arguments);
        assert!(done.status.success(), "{done:?}");
        String::from_utf8_lossy(&done.stdout).trim().to_owned()
    }
}

pub(crate) fn text(row: &Value, column: &str) -> String {
    row[column].as_str().unwrap_or_default().to_owned()
}

/// Who is told what, as approvers read it.
fn is_read(read: &str) {
    for line in [
        "他システムへの依頼「入館証の発行」: （なし） → badge-office (badge.contoso.example)",
        "送信する項目 立入区域: 執務室、サーバー室",
        "送信する項目: 申請番号、申請者、承認者",
        "相手の回答を待つ期間: 5 日",
    ] {
        assert!(read.contains(line), "{line} in {read}");
    }
    assert!(!read.contains('※'), "it can be undone: {read}");
}

/// What was approved, and nothing else.
fn is_told_what_was_read(pair: &Pair, told: &Value, number: &str) {
    assert_eq!(
        (&told["application"], &told["workflow"]),
        (&json!(number), &json!("custom-action"))
    );
    assert_eq!(
        (&told["call"], &told["attempt"]),
        (&json!("issue-badge"), &json!(1))
    );
    assert_eq!(told["values"]["floors"], json!(["office", "server-room"]));
    assert_eq!(told["values"]["holder"]["upn"], pair.stage.person(SUBJECT)["upn"]);
    let values = told["values"].as_object().expect("values");
    assert_eq!(values.len(), 2, "the reason stays here");
    assert_eq!(told["applicant"]["id"], json!(pair.stage.applicant.id));
    assert_eq!(told["approvers"].as_array().expect("approvers").len(), 2);
}

/// Neither in the log, however much is logged, nor in the journal.
fn nothing_secret_is_written(pair: &Pair, told: &Value, number: &str) {
    let house = &pair.stage.house;
    let capability = told["answerTo"].as_str().and_then(|to| to.rsplit('/').next());
    let journal = house.run(&["export-journal", "--application", number]).stdout;
    let (log, journal) = (house.log(), String::from_utf8_lossy(&journal).into_owned());
    for secret in [&SECRET[6..], &NEXT_SECRET[6..], capability.expect("a capability")] {
        assert!(
            !log.contains(secret) && !journal.contains(secret),
            "a secret is written"
        );
    }
    assert!(
        log.contains(told["message"].as_str().expect("an id")),
        "the message is logged"
    );
    assert!(journal.contains("B-0042") && !log.contains("B-0042"));
}

#[tokio::test(flavor = "multi_thread")]
async fn r24_from_the_form_to_another_systems_books_and_back_and_undone() {
    let mut pair = Pair::new().await;
    pair.stage.house.kill();
    pair.stage.house.log_everything();
    pair.stage.house.serve().await;
    let item = pair.approved().await;
    let order = pair.office.has_orders(1).await.remove(0);
    let row = pair.comes_to(item, "EX").await;
    let (number, told) = (text(&row, "PFNumber"), &order.data);
    is_read(&text(&row, "PFPreview"));
    is_told_what_was_read(&pair, told, &number);
    pair.is_told(&order.succeeded("r-1", &json!({ "カード番号": "B-0042" })))
        .await;
    let done = pair.comes_to(item, "CO").await;
    assert!(text(&done, "PFHistory").contains("カード番号: B-0042"), "{done}");
    let read = pair.stage.undo(ISSUE, &number).await;
    assert!(
        read.contains("他システムへの取消しの依頼「入館証の発行」"),
        "{read}"
    );
    let orders = pair.office.has_orders(2).await;
    let undone = (orders[1].kind.as_str(), &orders[1].data["key"]);
    assert_eq!(undone, ("action.undo", &told["key"]));
    assert_ne!(orders[1].message, order.message);
    assert_eq!(pair.office.books().forged, 0);
    nothing_secret_is_written(&pair, told, &number);
}

/// An answer in the ways in which nobody may send it, and how each is turned away.
fn not_genuine(good: &Answer, other: &Order) -> [(Answer, u16, &'static str); 7] {
    [
        (with(good, |it| it.secret = FORGED), 403, "signature"),
        (
            with(good, |it| it.written = -330),
            403,
            "timestampOutsideTolerance",
        ),
        (
            with(good, |it| it.written = 330),
            403,
            "timestampOutsideTolerance",
        ),
        (
            with(good, |it| it.to = other.failed("r-1", "x").to),
            409,
            "anotherMessage",
        ),
        (with(good, |it| it.to.push('0')), 404, "notFound"),
        (with(good, |it| "r.1".clone_into(&mut it.id)), 400, "header"),
        (
            with(good, |it| it.content = json!({ "type": "action.done" })),
            400,
            "body",
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn r24_only_whom_was_asked_can_answer_and_only_once() {
    let pair = Pair::new().await;
    pair.approved().await;
    let other = pair.office.has_orders(1).await.remove(0);
    let item = pair.approved().await;
    let order = pair.office.has_orders(2).await.remove(1);
    let good = order.failed("r-1", "在庫\nなし");
    for (answer, status, code) in not_genuine(&good, &other) {
        let status = StatusCode::from_u16(status).expect("a status");
        pair.is_refused(&answer, status, code).await;
    }
    pair.is_told(&good).await;
    let row = pair.comes_to(item, "RV").await;
    let told = text(&row, "PFExecResult");
    assert!(
        told.contains("相手のシステムで処理が失敗しました: 「在庫 なし」"),
        "{told}"
    );
    // The same again changes nothing; anything else comes too late.
    pair.is_told(&good).await;
    let twisted = with(&good, |it| it.content["data"]["reason"] = json!("別の理由"));
    pair.is_refused(&twisted, StatusCode::CONFLICT, "webhookIdReused")
        .await;
    let late = order.succeeded("r-2", &json!({}));
    pair.is_refused(&late, StatusCode::CONFLICT, "anotherMessage")
        .await;
    assert_eq!(pair.administer(&text(&row, "PFNumber"), &["retry"]), "EX");
    let orders = pair.office.has_orders(3).await;
    assert_eq!(orders[2].data["key"], order.data["key"]);
    pair.is_refused(&late, StatusCode::CONFLICT, "anotherMessage")
        .await;
    pair.is_told(&good).await;
    // The secret that takes the old one's place is believed already.
    let good = orders[2].succeeded("r-3", &json!({}));
    pair.is_told(&with(&good, |it| it.secret = NEXT_SECRET)).await;
    pair.comes_to(item, "CO").await;
    let again = orders[2].succeeded("r-4", &json!({}));
    pair.is_refused(&again, StatusCode::CONFLICT, "answeredBefore")
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r24_the_configuration_alone_says_where_requests_may_go() {
    let house = House::build(BACKEND, Wishes::default()).await;
    let run = |arguments: &[&str]| {
        let done = house.run(arguments);
        let told = [done.stdout, done.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
        (done.status.success(), told.concat())
    };
    // Nobody serves, so that webhooks cannot be made; all else is.
    let (_, told) = run(&["setup"]);
    assert!(
        told.contains("workflow user-create") && !told.contains("custom-action"),
        "{told}"
    );
    let own = house.folder.path().join("own.json");
    std::fs::write(&own, SHIPPED).expect("a definition");
    let (is_good, told) = run(&["definitions", "check", &own.display().to_string()]);
    assert!(
        !is_good && told.contains("execution.plan.calls[0].destination"),
        "{told}"
    );
    let bare = house.folder.path().join("flow.toml");
    let bare = std::fs::read_to_string(bare).expect("the configuration");
    for (address, named) in [
        ("http://badge.contoso.example/", "badge-office.url"),
        ("https://badge.contoso.example/", "actions.badge-office.secrets"),
    ] {
        let section = format!("[actions.badge-office]\nurl = \"{address}\"\nsecrets = [\"badge.secret\"]\n");
        house.configure(|_| format!("{bare}{section}"));
        let (is_good, told) = run(&["setup"]);
        assert!(
            !is_good && told.contains(named) && !told.contains("workflow"),
            "{told}"
        );
    }
    house.keep("badge.secret", SECRET);
    let (_, told) = run(&["setup"]);
    assert!(
        told.contains("workflow custom-action") && !told.contains(&SECRET[6..]),
        "{told}"
    );
}

fn with(answer: &Answer, change: impl FnOnce(&mut Answer)) -> Answer {
    let mut answer = answer.clone();
    change(&mut answer);
    answer
}
