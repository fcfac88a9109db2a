//! Whether a name is free, told while a person types: of what is there, of what lies in the recycle bin, and of what
//! other open applications ask for; nothing about who has it, and never a list of names.

use app::demo::PUBLIC_HOST;
use e2e::api::{ApiToken, grant_web_parts};
use e2e::person::Person;
use jiff::{SignedDuration, Timestamp};
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::groups::{self, MICROSOFT_365};
use super::mailboxes::{self, LOCAL, TARGET, at};
use super::stage::{SUBJECT, Stage};

/// Somebody who takes part in nothing.
const STRANGER: &str = "mai.noguchi";
/// So often a minute a person may ask.
const MOST: usize = 60;
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

async fn asks(token: &ApiToken, question: &str) -> Value {
    let (status, answer) = token.get(&format!("availability/{question}")).await;
    assert_eq!(status, StatusCode::OK, "{question}: {answer}");
    answer
}

fn told(answer: &Value) -> (bool, &str) {
    let reason = answer["reason"].as_str().unwrap_or_default();
    (answer["available"] == true, reason)
}

async fn signed_in(stage: &Stage) -> [ApiToken; 2] {
    let house = &stage.house;
    grant_web_parts(house);
    let stranger = Person::sign_in(house, STRANGER).await;
    [
        ApiToken::of(house, &stage.applicant).await,
        ApiToken::of(house, &stranger).await,
    ]
}

/// It can be restored for about thirty days from now.
fn is_kept_for_a_month(stage: &Stage, answer: &Value) -> bool {
    let until: Timestamp = answer["restorableUntil"]
        .as_str()
        .and_then(|until| until.parse().ok())
        .unwrap_or_else(|| panic!("{answer}"));
    let now = stage.house.world().clock.now();
    (stage.house.born()..=now).contains(&(until - KEPT))
}

#[tokio::test(flavor = "multi_thread")]
async fn r22_an_address_is_held_against_everything_that_gets_mail_but_not_against_itself() {
    let stage = mailboxes::stage(0).await;
    let [token, _] = signed_in(&stage).await;
    let help = at(&stage.house, "help");
    let itself = mailboxes::target(&stage);
    let itself = itself.as_str().expect("an id");
    for (question, answer) in [
        ("alias?name=brand-new".to_owned(), (true, "")),
        ("alias?name=HELP".to_owned(), (false, "taken")),
        (format!("alias?name=help&object={itself}"), (true, "")),
        (format!("alias?name={SUBJECT}&object={itself}"), (false, "taken")),
        (format!("address?name={help}"), (false, "taken")),
        ("address?name=nobody@fabrikam.example".to_owned(), (true, "")),
        (format!("upn?name={SUBJECT}"), (false, "taken")),
        (
            "upn?name=%EF%BD%94%EF%BD%81%EF%BD%92%EF%BD%8F".to_owned(),
            (true, ""),
        ),
    ] {
        assert_eq!(told(&asks(&token, &question).await), answer, "{question}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r22_another_application_is_told_of_by_its_number_only_to_whoever_may_read_it() {
    let stage = mailboxes::stage(0).await;
    let [mine, strangers] = signed_in(&stage).await;
    stage.open(mailboxes::CREATE, &mailboxes::created(&stage)).await;
    let question = "alias?name=sales-desk";
    let own = asks(&mine, question).await;
    assert_eq!(told(&own), (false, "asked"));
    let number = own["application"].as_str().expect("his own application");
    let mended = format!("{question}&application={number}");
    assert_eq!(told(&asks(&mine, &mended).await), (true, ""));
    // Neither whose it is, nor by trying numbers.
    for question in [question, &mended] {
        let answer = asks(&strangers, question).await;
        let bare =
            json!({ "available": false, "reason": "asked", "restorableUntil": null, "application": null });
        assert_eq!(answer, bare);
    }
    let elsewhere = asks(&strangers, &format!("upn?name={}", "sales-desk")).await;
    assert_eq!(
        told(&elsewhere),
        (false, "asked"),
        "one address, whatever it is for"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn r22_what_lies_in_the_recycle_bin_is_told_with_the_day_until_which_it_comes_back() {
    let stage = groups::stage(MICROSOFT_365, 0).await;
    let [token, _] = signed_in(&stage).await;
    let itself = groups::found(&stage, groups::TARGET).expect("the target").id.0;
    let name = "groupName?name=%E5%96%B6%E6%A5%AD%E9%83%A8";
    assert_eq!(
        told(&asks(&token, &format!("{name}&object={itself}")).await),
        (true, "")
    );
    stage
        .carry_out(MICROSOFT_365.delete, &groups::deleted(&stage))
        .await;
    for question in [name, "alias?name=Sales"] {
        let answer = asks(&token, question).await;
        assert_eq!(told(&answer), (false, "deleted"), "{question}");
        assert!(is_kept_for_a_month(&stage, &answer), "{answer}");
    }
    stage.house.delete(stage.house.id_of(SUBJECT)).await;
    let answer = asks(&token, &format!("upn?name={SUBJECT}")).await;
    assert_eq!(
        told(&answer),
        (true, "deleted"),
        "a deleted account gives its name away"
    );
    assert!(is_kept_for_a_month(&stage, &answer), "{answer}");
    let rest = SUBJECT.split('.').next_back().expect("a name");
    for kind in ["upn", "alias"] {
        let answer = asks(&token, &format!("{kind}?name={rest}")).await;
        assert_eq!(told(&answer), (true, ""), "it only ends like a deleted one");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r22_a_deleted_mailbox_keeps_its_address_while_it_can_be_restored() {
    let stage = mailboxes::stage(0).await;
    let [token, _] = signed_in(&stage).await;
    stage
        .carry_out(mailboxes::DELETE, &mailboxes::deleted(&stage))
        .await;
    for question in [
        format!("alias?name={LOCAL}"),
        format!("address?name={}", at(&stage.house, LOCAL)),
    ] {
        let answer = asks(&token, &question).await;
        assert_eq!(told(&answer), (false, "deleted"), "{question}");
        assert!(is_kept_for_a_month(&stage, &answer), "{answer}");
    }
    assert_eq!(
        told(&asks(&token, &format!("groupName?name={TARGET}")).await),
        (true, "")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn r22_only_names_are_answered_about_to_who_is_signed_in_and_not_without_end() {
    let stage = Stage::new().await;
    let [token, other] = signed_in(&stage).await;
    let long = format!("alias?name={}", "a".repeat(65));
    for (question, status) in [
        ("alias?name=a%20b", StatusCode::BAD_REQUEST),
        ("alias?name=", StatusCode::BAD_REQUEST),
        ("alias?name=*", StatusCode::OK),
        ("address?name=%25@contoso.com", StatusCode::OK),
        ("groupName?name=%3Cscript%3E", StatusCode::BAD_REQUEST),
        (long.as_str(), StatusCode::BAD_REQUEST),
        ("passwords?name=a", StatusCode::NOT_FOUND),
        ("alias?name=a&object=x", StatusCode::BAD_REQUEST),
        ("alias", StatusCode::BAD_REQUEST),
    ] {
        let (answered, said) = token.get(&format!("availability/{question}")).await;
        assert_eq!(answered, status, "{question}: {said}");
    }
    let url = format!("https://{PUBLIC_HOST}/api/v1/availability/alias?name=a");
    let anonymous = stage.house.client().get(url).send().await;
    let anonymous = anonymous.expect("an answer").status();
    assert_eq!(anonymous, StatusCode::UNAUTHORIZED);
    for _ in 0..MOST {
        asks(&other, "alias?name=a").await;
    }
    let (status, _) = other.get("availability/alias?name=a").await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    asks(&token, "alias?name=a").await;
}
