//! What administrators do, by the API: who may, what is refused, and that asking again does nothing more.

use e2e::administrators;
use e2e::api::{self, ApiToken};
use e2e::journal;
use e2e::offer::managers_approval;
use e2e::person::Person;
use e2e::scene::cast::ADMINISTRATOR;
use e2e::scene::until_told;
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{Pair, became};

const SUCCESSOR: &str = "sanae.miura";

async fn pair() -> Pair {
    Pair::new(|_| json!({ "steps": [managers_approval(&json!({}))] })).await
}

fn cancel() -> Value {
    json!({ "act": "cancel", "reason": "二重の申請のため" })
}

impl Pair {
    /// Status and code of an answer.
    async fn answer(&self, token: &ApiToken, key: Option<&str>, act: &Value) -> (u16, String) {
        let (status, _, said) = token.administer(&self.second.1, key, act).await;
        let code = said["code"].as_str().unwrap_or_default();
        (status.as_u16(), code.to_owned())
    }

    async fn portal(&self, of: &Person) -> ApiToken {
        ApiToken::of_portal(&self.house, of).await
    }
}

fn says(status: StatusCode, code: &str) -> (u16, String) {
    (status.as_u16(), code.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn w35_who_administers_acts_by_the_api_and_nobody_else_does() {
    let pair = pair().await;
    let house = &pair.house;
    api::grant_web_parts_also(house, "access_as_user");
    let key = Some("once");
    for nobody in [&pair.applicant, &pair.manager] {
        let portal = pair.portal(nobody).await;
        let refused = pair.answer(&portal, key, &cancel()).await;
        assert_eq!(refused, says(StatusCode::FORBIDDEN, "notAdministrator"));
        // Nor does he learn which applications there are.
        let (status, _, _) = portal.administer("USR-2000-00001", key, &cancel()).await;
        assert_eq!(status, StatusCode::FORBIDDEN);
    }
    let web_part = ApiToken::of(house, &pair.administrator).await;
    let refused = pair.answer(&web_part, key, &cancel()).await;
    assert_eq!(refused, says(StatusCode::FORBIDDEN, "clientMayNotDecide"));
    let portal = pair.portal(&pair.administrator).await;
    for (key, act, status, code) in [
        (None, cancel(), StatusCode::BAD_REQUEST, "idempotencyKeyMissing"),
        (
            key,
            json!({ "act": "cancel" }),
            StatusCode::BAD_REQUEST,
            "reasonMissing",
        ),
        (key, json!({ "act": "approve" }), StatusCode::BAD_REQUEST, "body"),
        (key, json!({ "act": "retry" }), StatusCode::CONFLICT, "notNow"),
        (key, json!({ "act": "release" }), StatusCode::CONFLICT, "notNow"),
    ] {
        assert_eq!(pair.answer(&portal, key, &act).await, says(status, code), "{act}");
    }
    let (status, _, _) = portal.administer("USR-2000-00001", key, &cancel()).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    ends_it_once(&pair, &portal).await;
    pair.is_whole();
}

async fn ends_it_once(pair: &Pair, portal: &ApiToken) {
    let key = Some("ends it");
    let (status, place, said) = portal.administer(&pair.second.1, key, &cancel()).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{said}");
    assert_eq!(became(&pair.house, portal, &place).await, "recorded");
    let again = portal.administer(&pair.second.1, key, &cancel()).await;
    assert_eq!((again.0, &again.1), (StatusCode::ACCEPTED, &place));
    let other = json!({ "act": "cancel", "reason": "別の理由" });
    assert_eq!(
        pair.answer(portal, key, &other).await,
        says(StatusCode::CONFLICT, "idempotencyKeyReused")
    );
    let told = until_told(&pair.house, &pair.applicant, "【強制終了】").await;
    assert!(told[0].contains("二重の申請のため"), "{told:?}");
    let lines = journal::lines(&pair.house, &pair.second.1);
    let ends = lines.iter().filter(|line| line["event"]["type"] == "cancelled");
    assert_eq!(ends.count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn w35_whoever_ceased_to_administer_a_moment_ago_does_nothing_by_the_api() {
    let pair = pair().await;
    let portal = pair.portal(&pair.administrator).await;
    administrators::appoint(&pair.house, SUCCESSOR);
    // We have not read the group again; the job asks Entra.
    let (status, place, said) = portal.administer(&pair.second.1, Some("late"), &cancel()).await;
    if status == StatusCode::ACCEPTED {
        assert_eq!(became(&pair.house, &portal, &place).await, "not_administrator");
    } else {
        assert_eq!(
            (status, &said["code"]),
            (StatusCode::FORBIDDEN, &json!("notAdministrator"))
        );
    }
    let lines = journal::lines(&pair.house, &pair.second.1);
    assert!(lines.iter().all(|line| line["event"]["type"] != "cancelled"));
    let us = pair.named(ADMINISTRATOR);
    assert!(
        pair.shell(&["cancel", "--reason", "x"]).is_err(),
        "{us} administers no more"
    );
    pair.is_whole();
}
