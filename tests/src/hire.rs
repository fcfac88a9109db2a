//! One new hire, from the application to the account: the manager agrees, then two of three.

use dev_tenant::seed::{EVERYDAY, SPE_E3};
use dev_tenant::world::Tenant;
use serde_json::{Value, json};

use crate::house::{House, Wishes};
use crate::person::Person;
use crate::rows::{self, APPLICATIONS, INBOX};
use crate::watch::Watch;

pub const APPLICANT: &str = "kei.morita";
pub const MANAGER: &str = "takashi.hasegawa";
pub const VOTERS: [&str; 2] = ["toru.soma", "ren.nakahara"];
/// The local part of the new account's user principal name.
pub const ACCOUNT: &str = "hana.takahashi";
/// The first day of work, in days from today: not yet over at the end of the longest run, for which time runs fast.
const DAYS: i64 = 100;

/// A house that is set up and serves, and whose forms offer licences and groups.
pub async fn open(backend: &str, wishes: Wishes<'_>) -> Watch {
    settle(House::build(backend, wishes).await).await
}

/// The same for a house that was built already.
pub async fn settle(mut house: House) -> Watch {
    house.serve().await;
    let setup = house.run(&["setup"]);
    assert!(setup.status.success(), "{setup:?}");
    let mut watch = Watch::over(house);
    watch.until("masters", rows::has_masters).await;
    watch
        // `setup` and `serve` may both make the first ones: then there are two until one is ended.
        .until("webhooks", |tenant| rows::site(tenant).subscriptions.len() == 2)
        .await;
    watch
}

/// The form, filled in for a house.
pub fn form(house: &House, account: &str) -> Value {
    let domain = &house.world().names.domain;
    json!({
        "lastName": "高橋", "firstName": "花", "lastNameKana": "タカハシ", "firstNameKana": "ハナ",
        "employeeNumber": "123456", "department": "営業部", "post": "主任",
        "manager": { "upn": format!("naoki.kiryu@{domain}") },
        "startDate": first_day(house), "upnLocal": account,
        "licence": SPE_E3.to_string(), "groups": [house.group(EVERYDAY[0]), house.group(EVERYDAY[1])],
    })
}

pub fn first_day(house: &House) -> String {
    let day = house.born().to_zoned(jiff::tz::TimeZone::UTC).date();
    day.saturating_add(jiff::Span::new().days(DAYS)).to_string()
}

/// A row of the inbox; `action` empty: a draft.
pub fn row(form: &Value, action: &str) -> Value {
    json!({
        "Title": "新規ユーザー", "PFKind": "application", "PFWorkflow": "user-create", "PFDefVersion": 1,
        "PFPayload": form.to_string(), "PFApplicantAction": action,
    })
}

/// Submits; the number of the row.
pub async fn submit(house: &House, account: &str) -> i64 {
    let applicant = Person::sign_in(house, APPLICANT).await;
    applicant.add(INBOX, &row(&form(house, account), "申請")).await
}

/// The whole job of the first application: submitted, agreed to by all, completed.
pub async fn carry_through(watch: &mut Watch) {
    let row = submit(&watch.house, ACCOUNT).await;
    watch
        .until("the manager is asked", |tenant| is_at(tenant, "上長承認"))
        .await;
    agree(watch, MANAGER).await;
    watch
        .until("the three are asked", |tenant| {
            is_at(tenant, "情報システム部 合議")
        })
        .await;
    for voter in VOTERS {
        agree(watch, voter).await;
    }
    watch
        .until("completed", |tenant| {
            rows::text(tenant, INBOX, row, "PFStatus") == "CO"
        })
        .await;
}

/// Whether the first application waits at the step of this name.
pub fn is_at(tenant: &Tenant, step: &str) -> bool {
    rows::text(tenant, APPLICATIONS, 1, "PFStepName") == step
}

/// A vote for the step that the first application shows, as by a button: it names what it is for.
pub async fn agree(watch: &mut Watch, who: &str) {
    let person = Person::sign_in(&watch.house, who).await;
    let token = rows::text(&watch.house.world().tenant(), APPLICATIONS, 1, "PFStepToken");
    let vote = json!({ "PFDecision": "承認", "PFDecisionFor": format!("{token}:{}", person.id) });
    // The step is shown a moment before its assignees are let in.
    for _ in 0..100 {
        if person.change(APPLICATIONS, 1, &vote).await.is_success() {
            return;
        }
        watch.rest().await;
    }
    panic!("{who} may not vote\n{}", watch.house.log());
}
