//! SharePoint Server: tokens of our own, event receivers instead of webhooks, people by what Entra has from Active
//! Directory, and whoever is not in it said aloud.

#[path = "farm/job.rs"]
mod job;

use std::process::Output;
use std::time::Duration;

use app::demo::PUBLIC_HOST;
use e2e::farm::{Farm, ISSUER};
use e2e::hire::{ACCOUNT, APPLICANT, form, row};
use e2e::house::{Wishes, pause};
use e2e::rows::{APPLICATIONS, INBOX};
use reqwest::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

/// No timer wakes anything while a test runs.
const NEVER: u32 = 86_400_000;
/// A hint would long have been followed.
const AWHILE: Duration = Duration::from_secs(4);

async fn farm() -> Farm {
    let wishes = Wishes {
        walk: NEVER,
        ..Wishes::default()
    };
    Farm::build(env!("CARGO_BIN_EXE_backend"), wishes).await
}

fn said(output: &Output) -> String {
    let (out, err) = (&output.stdout, &output.stderr);
    format!("{}{}", String::from_utf8_lossy(out), String::from_utf8_lossy(err))
}

/// A farm that is set up and whose first walks are over.
async fn open() -> Farm {
    let mut farm = farm().await;
    let setup = farm.house().run(&["setup"]);
    assert!(setup.status.success(), "{}", said(&setup));
    farm.watch.house.serve().await;
    farm.watch.quiet().await;
    farm
}

#[tokio::test(flavor = "multi_thread")]
async fn setup_makes_a_farm_s_site_and_running_it_again_changes_nothing() {
    let farm = farm().await;
    let planned = said(&farm.house().run(&["setup", "--plan"]));
    assert!(planned.contains("リストを作成: Lists/PFInbox"), "{planned}");
    let first = farm.house().run(&["setup"]);
    let told = said(&first);
    assert!(first.status.success(), "{told}");
    for list in [INBOX, APPLICATIONS] {
        for event in ["ItemAdded", "ItemUpdated"] {
            let line = format!("イベント レシーバーを登録: Lists/{list}: Provisioning Flow: {event}");
            assert_eq!(told.matches(&line).count(), 1, "{line}:\n{told}");
        }
        let receivers = farm.receivers(list).await;
        let are_asynchronous = receivers.iter().all(|receiver| receiver["Synchronization"] == 2);
        assert!(receivers.len() == 2 && are_asynchronous, "{receivers:?}");
    }
    let before = farm.house().count_all_effects();
    let second = said(&farm.house().run(&["setup"]));
    assert!(second.contains("0 change(s)"), "{second}");
    assert_eq!(farm.house().count_all_effects(), before, "{second}");
    let healthy = farm.house().run(&["doctor"]);
    let told = said(&healthy);
    assert!(healthy.status.success(), "{told}");
    for line in [
        "正常    farm: https",
        "正常    event receivers",
        "正常    farm: people",
    ] {
        assert!(told.contains(line), "{line}:\n{told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn receivers_that_are_gone_are_named_and_made_again() {
    let farm = farm().await;
    farm.house().run(&["setup"]);
    farm.remove_receivers(INBOX).await;
    let told = said(&farm.house().run(&["doctor"]));
    assert!(told.contains("注意    event receivers"), "{told}");
    let told = said(&farm.house().run(&["setup"]));
    assert!(told.contains("2 change(s)"), "{told}");
    assert_eq!(farm.receivers(INBOX).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_says_that_a_farm_does_not_trust_our_issuer() {
    let farm = farm().await;
    farm.house().run(&["setup"]);
    farm.distrust().await;
    let sick = farm.house().run(&["doctor"]);
    let told = said(&sick);
    let named = told
        .lines()
        .any(|line| line.starts_with("異常    farm: ") && line.contains(&ISSUER.to_string()));
    assert!(!sick.status.success() && named, "{told}");
    assert!(told.contains("New-SPTrustedSecurityTokenIssuer"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_row_of_whoever_is_not_in_entra_wakes_the_walk_and_waits_where_all_can_see_it() {
    let mut farm = open().await;
    let identifier = farm.synchronise(APPLICANT, None);
    assert_eq!(said(&farm.house().run(&["jobs"])), "");
    let hire = row(&form(farm.house(), ACCOUNT), "申請");
    let id = farm.add(APPLICANT, INBOX, &hire).await;
    farm.until_stopped(id).await;
    let told = said(&farm.house().run(&["jobs"]));
    assert!(told.contains("not synchronised"), "{told}");
    farm.synchronise(APPLICANT, identifier);
    let retried = farm.house().run(&["jobs", "--retry", "inbox", &id.to_string()]);
    assert!(retried.status.success(), "{}", said(&retried));
    farm.until(APPLICANT, (INBOX, id), |row| row["PFStatus"] == "IA")
        .await;
}

fn event(list: Uuid) -> String {
    let remote = "http://schemas.microsoft.com/sharepoint/remoteapp/";
    format!(
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>\
         <ProcessOneWayEvent xmlns=\"{remote}\"><properties><EventType>ItemAdded</EventType>\
         <ItemEventProperties><ListId>{list}</ListId><ListItemId>1</ListItemId></ItemEventProperties>\
         </properties></ProcessOneWayEvent></s:Body></s:Envelope>"
    )
}

async fn post(farm: &Farm, url: &str, body: String) -> (StatusCode, String) {
    let request = farm.house().client().post(url).header("content-type", "text/xml");
    let answer = request.body(body).send().await.expect("an answer");
    (answer.status(), answer.text().await.expect("a body"))
}

fn address(receivers: &[Value]) -> String {
    let url = receivers[0]["ReceiverUrl"].as_str();
    url.expect("an address").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn soap_that_is_forged_or_malformed_does_nothing() {
    let mut farm = open().await;
    // His row will be seen by its being stopped.
    farm.synchronise(APPLICANT, None);
    let url = address(&farm.receivers(INBOX).await);
    let list = farm.list_id(INBOX).await;
    farm.remove_receivers(INBOX).await;
    let id = farm.add(APPLICANT, INBOX, &row(&json!({}), "申請")).await;
    for proof in ["guessed", &"0".repeat(64)] {
        let forged = format!("https://{PUBLIC_HOST}/hooks/receiver/{proof}");
        assert_eq!(post(&farm, &forged, event(list)).await.0, StatusCode::FORBIDDEN);
    }
    let bomb = format!("<!DOCTYPE x [<!ENTITY a \"b\">]>{}", event(list));
    for malformed in [
        String::new(),
        "{}".into(),
        bomb,
        event(list).replace("ListId>", "Id>"),
    ] {
        let (status, fault) = post(&farm, &url, malformed).await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(fault.contains("<faultcode>s:Client</faultcode>"), "{fault}");
    }
    let large = " ".repeat(3 * 1024 * 1024);
    assert_eq!(post(&farm, &url, large).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    // The clock stands: by itself the service makes receivers that are gone anew within the hour, and then looks.
    pause(AWHILE).await;
    assert_eq!(
        said(&farm.house().run(&["jobs"])),
        "",
        "nobody told us of the row"
    );

    for _ in 0..20 {
        assert_eq!(
            post(&farm, &url, event(list)).await,
            (StatusCode::ACCEPTED, String::new())
        );
    }
    farm.until_stopped(id).await;
}
