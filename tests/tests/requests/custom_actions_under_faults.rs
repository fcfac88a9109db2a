//! Requests to another system that is broken, busy, forgetful, unwilling or late.

use e2e::badge_office::{Mood, Order};
use e2e::person::Person;
use e2e::scene::cast::APPLICANT;
use jiff::SignedDuration;
use reqwest::StatusCode;
use serde_json::json;

use super::custom_actions::{ISSUE, Pair, text};
use super::stage::{LAG, SUBJECT};

/// What the office did, without the way back.
fn calls(orders: &[Order]) -> Vec<&str> {
    let calls = orders.iter().filter(|order| order.kind == "action.call");
    calls.map(|order| order.message.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn r24_a_broken_a_busy_and_a_forgetful_system_still_do_it_once() {
    let pair = Pair::new().await;
    pair.office.is_in([
        Mood::Says(500),
        Mood::Busy(3),
        Mood::LosesItsAnswer,
        Mood::Says(503),
    ]);
    let item = pair.approved().await;
    pair.office.has_been_asked(5).await;
    pair.stage.settle().await;
    let orders = pair.office.has_orders(1).await;
    assert_eq!(orders.len(), 1, "{orders:?}");
    let messages = pair.office.books().messages.clone();
    assert_eq!(messages, vec![orders[0].message.clone(); 5]);
    pair.is_told(&orders[0].succeeded("r-1", &json!({}))).await;
    pair.comes_to(item, "CO").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r24_a_refusal_waits_for_an_administrator_in_the_other_systems_words() {
    let pair = Pair::new().await;
    pair.office.is_in([Mood::Refuses(
        "区域 \u{202E}server-room\u{0007}\n は申請できません",
    )]);
    let item = pair.approved().await;
    let row = pair.comes_to(item, "RV").await;
    let told = text(&row, "PFExecResult");
    let wanted = "相手のシステムが依頼を拒否しました（HTTP 400）: 「区域 server-room は申請できません」";
    assert!(told.contains(wanted), "{told}");
    assert_eq!(calls(&pair.office.books().orders), Vec::<&str>::new());
    assert_eq!(pair.administer(&text(&row, "PFNumber"), &["retry"]), "EX");
    let order = pair.office.has_orders(1).await.remove(0);
    // What was refused under one id is asked under another.
    assert_ne!(pair.office.books().messages[0], order.message);
    pair.is_told(&order.succeeded("r-1", &json!({}))).await;
    pair.comes_to(item, "CO").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r24_an_answer_that_does_not_come_is_asked_for_again_under_the_same_id() {
    let mut pair = Pair::new().await;
    let item = pair.approved().await;
    let order = pair.office.has_orders(1).await.remove(0);
    pair.comes_to(item, "EX").await;
    pair.stage.settle().await;
    let later = pair
        .stage
        .house
        .tenant
        .advance(SignedDuration::from_hours(5 * 24 + 1));
    later.expect("the clock's file");
    // Tokens of people do not last so long.
    pair.stage.applicant = Person::sign_in(&pair.stage.house, APPLICANT).await;
    let row = pair.comes_to(item, "RV").await;
    let told = text(&row, "PFExecResult");
    assert!(told.contains("期限までに回答がありませんでした"), "{told}");
    let answer = order.succeeded("r-1", &json!({ "カード番号": "B-0043" }));
    pair.is_refused(&answer, StatusCode::CONFLICT, "afterDeadline")
        .await;
    assert_eq!(pair.administer(&text(&row, "PFNumber"), &["retry"]), "EX");
    pair.office.has_been_asked(2).await;
    assert_eq!(pair.office.has_orders(1).await, [order]);
    // The message is there; that it was taken is known a moment later.
    pair.stage.settle().await;
    pair.is_told(&answer).await;
    let done = pair.comes_to(item, "CO").await;
    assert!(text(&done, "PFHistory").contains("カード番号: B-0043"), "{done}");
}

/// The account that the badge is for was made a moment ago: SharePoint lets it be chosen, and Graph does not show it
/// before the badge is there.
#[tokio::test(flavor = "multi_thread")]
async fn r24_a_badge_for_somebody_whom_graph_does_not_show_yet_is_issued_once_and_taken_back() {
    let pair = Pair::where_graph_lags(LAG).await;
    let stage = &pair.stage;
    let shown = stage.house.world().clock.now() + SignedDuration::from_hours(1);
    stage.change_user(SUBJECT, |holder| holder.visible_from = shown);
    let item = pair.approved().await;
    let order = pair.office.has_orders(1).await.remove(0);
    assert_eq!(
        order.data["values"]["holder"]["upn"],
        stage.person(SUBJECT)["upn"]
    );
    // The message is there; that it was taken is known a moment later.
    stage.settle().await;
    let answer = order.succeeded("r-1", &json!({ "カード番号": "B-0044" }));
    pair.is_told(&answer).await;
    let done = pair.comes_to(item, "CO").await;
    assert!(text(&done, "PFHistory").contains("カード番号: B-0044"), "{done}");
    stage.change_user(SUBJECT, |holder| holder.visible_from = holder.created);
    stage.undo(ISSUE, &text(&done, "PFNumber")).await;
    let orders = pair.office.has_orders(2).await;
    assert_eq!(calls(&orders), [order.message.as_str()]);
    assert_eq!(orders[1].data["key"], order.data["key"]);
    assert_eq!(pair.office.books().messages.len(), 2, "each was sent once");
}
