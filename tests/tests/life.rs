//! The life of an application, as people live it: through SharePoint's REST, each signed in as himself.

use std::collections::BTreeSet;
use std::time::Duration;

use e2e::administrators;
use e2e::house::{House, Wishes, pause};
use e2e::person::Person;
use e2e::scene::{approval, until_told};
use reqwest::StatusCode;
use serde_json::{Value, json};

const INBOX: &str = "PFInbox";
const APPLICATIONS: &str = "PFApplications";
/// Looked at this often, so many times at most.
const LOOK: Duration = Duration::from_millis(300);
const LOOKS: u32 = 300;

async fn house() -> House {
    let mut house = House::build(env!("CARGO_BIN_EXE_backend"), Wishes::default()).await;
    house.run(&["setup"]);
    house.serve().await;
    house
}

fn form(house: &House, local: &str) -> Value {
    let domain = &house.world().names.domain;
    let start = house.world().clock.now().to_string();
    json!({
        "lastName": "高橋", "firstName": "花", "lastNameKana": "タカハシ", "firstNameKana": "ハナ",
        "employeeNumber": "123456", "department": "営業部",
        "manager": { "upn": format!("naoki.kiryu@{domain}") },
        "startDate": tomorrow(&start), "upnLocal": local,
    })
}

/// A day that is not yet over anywhere.
fn tomorrow(now: &str) -> String {
    let now: jiff::Timestamp = now.parse().expect("a moment");
    let day = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    day.saturating_add(jiff::Span::new().days(2)).to_string()
}

fn row(form: &Value) -> Value {
    json!({
        "Title": "新規ユーザー", "PFKind": "application", "PFWorkflow": "user-create", "PFDefVersion": 1,
        "PFPayload": form.to_string(), "PFApplicantAction": "申請",
    })
}

/// Waits until the applicant's own row has this status.
async fn status(house: &House, applicant: &Person, item: i64, wanted: &str) -> Value {
    let mut last = Value::Null;
    for _ in 0..LOOKS {
        if let Ok(row) = applicant.read(INBOX, item).await {
            if row["PFStatus"] == wanted {
                return row;
            }
            last = row;
        }
        pause(LOOK).await;
    }
    panic!("never {wanted}: {last}\n{}", house.log());
}

/// Waits until the step that is asked has this name; gives the item.
async fn step(house: &House, approver: &Person, item: i64, wanted: &str) -> Value {
    let mut last = Value::Null;
    for _ in 0..LOOKS {
        if let Ok(found) = approver.read(APPLICATIONS, item).await {
            if found["PFStepName"] == wanted {
                return found;
            }
            last = found;
        }
        pause(LOOK).await;
    }
    panic!("never at {wanted}: {last}\n{}", house.log());
}

/// The step is shown a moment before its assignees are let in.
async fn vote(by: &Person, item: &Value) {
    let mut status = StatusCode::FORBIDDEN;
    for _ in 0..LOOKS {
        status = by.change(APPLICATIONS, 1, &approval(item, by)).await;
        if status != StatusCode::FORBIDDEN {
            break;
        }
        pause(LOOK).await;
    }
    assert!(status.is_success(), "{status}");
}

async fn sees_nothing(stranger: &Person) {
    let hidden = stranger.read(APPLICATIONS, 1).await;
    assert!(
        hidden.is_err_and(|refusal| [403, 404].contains(&refusal.as_u16())),
        "a stranger reads it"
    );
    assert_eq!(stranger.count(APPLICATIONS).await, 0);
}

/// The issues of a row that was sent back, as (field, code).
fn issues(row: &Value) -> BTreeSet<(String, String)> {
    let issues = row["PFIssues"].as_str().expect("issues");
    let issues: Vec<Value> = serde_json::from_str(issues).expect("JSON");
    let pair = |issue: &Value| {
        let text = |name: &str| issue[name].as_str().unwrap_or_default().to_owned();
        (text("field"), text("code"))
    };
    issues.iter().map(pair).collect()
}

/// The first mail with this subject that reaches somebody.
async fn told(house: &House, to: &Person, subject: &str) -> String {
    until_told(house, to, subject).await.remove(0)
}

fn has_account(house: &House, local: &str) -> bool {
    let upn = format!("{local}@{}", house.world().names.domain);
    let tenant = house.world().tenant();
    let mut users = tenant.directory.users.values();
    users.any(|user| user.user_principal_name == upn)
}

#[tokio::test(flavor = "multi_thread")]
async fn f01_f03_w11_the_manager_and_two_of_three_approve_and_the_account_exists() {
    let house = house().await;
    let applicant = Person::sign_in(&house, "kei.morita").await;
    let item = applicant.add(INBOX, &row(&form(&house, "hana.takahashi"))).await;
    status(&house, &applicant, item, "IA").await;
    let manager = Person::sign_in(&house, "takashi.hasegawa").await;
    let stranger = Person::sign_in(&house, "hiroshi.kuroda").await;
    let asked = step(&house, &manager, 1, "上長承認").await;
    sees_nothing(&stranger).await;
    assert_eq!(
        applicant
            .change(APPLICATIONS, 1, &approval(&asked, &applicant))
            .await,
        403
    );
    vote(&manager, &asked).await;
    let (first, second) = tokio::join!(
        Person::sign_in(&house, "toru.soma"),
        Person::sign_in(&house, "ren.nakahara")
    );
    let asked = step(&house, &first, 1, "情報システム部 合議").await;
    // SharePoint lets people in one after the other.
    step(&house, &second, 1, "情報システム部 合議").await;
    // Two votes before anybody looks: both count.
    vote(&first, &asked).await;
    vote(&second, &asked).await;
    status(&house, &applicant, item, "CO").await;
    assert_eq!(
        second.change(APPLICATIONS, 1, &approval(&asked, &second)).await,
        403
    );
    assert!(has_account(&house, "hana.takahashi"), "{}", house.log());
    assert!(house.run(&["verify-journal"]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_with_a_mistake_comes_back_is_mended_and_can_be_withdrawn() {
    let house = house().await;
    let applicant = Person::sign_in(&house, "kei.morita").await;
    let mut bad = form(&house, "kei.morita");
    bad["employeeNumber"] = json!("12a456");
    bad["startDate"] = Value::Null;
    let item = applicant.add(INBOX, &row(&bad)).await;
    let returned = status(&house, &applicant, item, "SB").await;
    // What the browser refuses at the keystroke, and the name by a look into the directory.
    let wrong = [
        ("employeeNumber", "not_digits"),
        ("startDate", "required"),
        ("upnLocal", "taken"),
    ];
    assert_eq!(
        issues(&returned),
        wrong.map(|(field, code)| (field.into(), code.into())).into()
    );
    let told = told(&house, &applicant, "【差戻し】").await;
    for words in [
        "社員番号: 6 桁の数字",
        "利用開始日: 入力してください",
        "ユーザー名: すでに使われている",
    ] {
        assert!(told.contains(words), "{told}");
    }
    applicant
        .change(INBOX, item, &row(&form(&house, "hana.takahashi")))
        .await;
    let sealed = status(&house, &applicant, item, "IA").await;
    assert_eq!(sealed["PFRound"], 2);
    let act = json!({
        "Title": "取下げ", "PFKind": "act", "PFApplicantAction": "取下げ", "PFNumber": sealed["PFNumber"],
    });
    let stranger = Person::sign_in(&house, "hiroshi.kuroda").await;
    stranger.add(INBOX, &act).await;
    applicant.add(INBOX, &act).await;
    status(&house, &applicant, item, "WD").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approver_who_alters_the_form_decides_nothing_and_the_form_is_put_back() {
    let house = house().await;
    let applicant = Person::sign_in(&house, "kei.morita").await;
    let item = applicant.add(INBOX, &row(&form(&house, "hana.takahashi"))).await;
    status(&house, &applicant, item, "IA").await;
    let manager = Person::sign_in(&house, "takashi.hasegawa").await;
    let asked = step(&house, &manager, 1, "上長承認").await;
    let mut vote = approval(&asked, &manager);
    vote["PFPayload"] = json!("{}");
    assert!(manager.change(APPLICATIONS, 1, &vote).await.is_success());
    for _ in 0..LOOKS {
        let found = manager.read(APPLICATIONS, 1).await.expect("the manager reads");
        if found["PFFlags"] == "不整合" && found["PFDecision"].is_null() {
            assert_eq!(found["PFPayload"], asked["PFPayload"]);
            assert_eq!(
                (&found["PFStatus"], &found["PFStepName"]),
                (&json!("IA"), &json!("上長承認"))
            );
            return;
        }
        pause(LOOK).await;
    }
    panic!("not put back:\n{}", house.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_do_while_the_service_is_down_is_carried_out_when_it_is_back() {
    let mut house = house().await;
    let applicant = Person::sign_in(&house, "kei.morita").await;
    let manager = Person::sign_in(&house, "takashi.hasegawa").await;
    let open = applicant.add(INBOX, &row(&form(&house, "hana.takahashi"))).await;
    status(&house, &applicant, open, "IA").await;
    let asked = step(&house, &manager, 1, "上長承認").await;
    house.kill();
    vote(&manager, &asked).await;
    let late = applicant.add(INBOX, &row(&form(&house, "jiro.takahashi"))).await;
    house.serve().await;
    let expert = Person::sign_in(&house, "toru.soma").await;
    step(&house, &expert, 1, "情報システム部 合議").await;
    let second = status(&house, &applicant, late, "IA").await;
    assert_ne!(second["PFNumber"], asked["PFNumber"]);
    assert_eq!(
        manager.count(APPLICATIONS).await,
        2,
        "one item for each application"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_in_the_plain_form_counts_only_after_the_step_has_stood() {
    let house = house().await;
    let applicant = Person::sign_in(&house, "kei.morita").await;
    let manager = Person::sign_in(&house, "takashi.hasegawa").await;
    let item = applicant.add(INBOX, &row(&form(&house, "hana.takahashi"))).await;
    status(&house, &applicant, item, "IA").await;
    step(&house, &manager, 1, "上長承認").await;
    let plain = json!({ "PFDecision": "承認" });
    assert!(manager.change(APPLICATIONS, 1, &plain).await.is_success());
    let mut emptied = false;
    for _ in 0..LOOKS {
        let found = manager.read(APPLICATIONS, 1).await.expect("the manager reads");
        emptied = found["PFDecision"].is_null();
        if emptied {
            assert_eq!(found["PFStepName"], "上長承認", "too early");
            break;
        }
        pause(LOOK).await;
    }
    assert!(emptied, "{}", house.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn attachments_are_copied_and_their_hashes_stand_in_the_application() {
    let house = house().await;
    let applicant = Person::sign_in(&house, "kei.morita").await;
    let submission = row(&form(&house, "hana.takahashi"));
    let mut draft = submission.clone();
    draft["PFApplicantAction"] = Value::Null;
    let item = applicant.add(INBOX, &draft).await;
    applicant.attach(INBOX, item, "reason.txt", "abc").await;
    applicant.change(INBOX, item, &submission).await;
    status(&house, &applicant, item, "IA").await;
    let sealed = applicant
        .read(APPLICATIONS, 1)
        .await
        .expect("the applicant reads");
    // SHA-256 of "abc" (FIPS 180-2, appendix B.1).
    let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(sealed["PFAttachHashes"], format!("{hash}  reason.txt"));
    assert_eq!(
        applicant.count("PFFiles").await,
        0,
        "originals are the service's own"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_can_be_asked_the_applicant_and_the_administrators_are_told() {
    let mut house = House::build(env!("CARGO_BIN_EXE_backend"), Wishes::default()).await;
    administrators::appoint(&house, "nao.akiyama");
    house.run(&["setup"]);
    house.serve().await;
    let (applicant, administrator) = tokio::join!(
        Person::sign_in(&house, "kei.morita"),
        Person::sign_in(&house, "nao.akiyama")
    );
    for local in ["toru.soma", "ren.nakahara"] {
        leaves(&house, local);
    }
    let item = applicant.add(INBOX, &row(&form(&house, "hana.takahashi"))).await;
    let returned = status(&house, &applicant, item, "SB").await;
    assert_eq!(issues(&returned), [(String::new(), "no_approver".into())].into());
    let told_applicant = told(&house, &applicant, "【差戻し】").await;
    assert!(told_applicant.contains("情報システム部 合議"), "{told_applicant}");
    let told_administrator = told(&house, &administrator, "【要確認】").await;
    assert!(
        told_administrator.contains("2 人の承認が必要ですが、依頼できるのは 1 人です"),
        "{told_administrator}"
    );
}

/// Blocks somebody's account.
fn leaves(house: &House, local: &str) {
    let upn = format!("{local}@{}", house.world().names.domain);
    let mut tenant = house.world().tenant();
    let mut users = tenant.directory.users.values_mut();
    let user = users.find(|user| user.user_principal_name == upn);
    user.expect("somebody of this name").account_enabled = false;
}
