//! What a deadline makes of an application by itself: it goes back, ends, or is approved.

use std::time::Duration;

use e2e::forms;
use e2e::house::{House, pause};
use e2e::journal;
use e2e::offer::managers_approval;
use e2e::person::Person;
use e2e::post::mails;
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{APPLICANT, MANAGER, sign_in};
use e2e::scene::{self, until};
use serde_json::{Value, json};

use super::{OVERDUE, days_pass, house};

const LOOK: Duration = Duration::from_millis(200);
const LOOKS: u32 = 400;
const BACK: &str = "期限で差戻し";
const ENDS: &str = "期限で終了";
const GOES_ON: &str = "期限で承認";

/// The manager's approval where the form names this post; none: always. What becomes of it after two days.
fn due((key, title): (&str, &str), post: Option<&str>, then: &str) -> Value {
    let mut step = managers_approval(&json!({ "due": { "calendarDays": 2 }, "atDeadline": { "do": then } }));
    step["key"] = json!(key);
    step["title"] = json!({ "ja": title, "en": key });
    if let Some(post) = post {
        step["when"] = json!(format!("post = \"{post}\""));
    }
    step
}

/// Rows of the inbox and of the applications.
type Case = (i64, i64);

/// For an account with this post, once the manager is asked at this step.
async fn asked_at(
    house: &House,
    (applicant, manager): (&Person, &Person),
    (local, post, step): (&str, &str, &str),
) -> Case {
    let mut form = forms::account(house, local);
    form["post"] = json!(post);
    let row = applicant.add(INBOX, &forms::application(&form)).await;
    let item = scene::item_of(house, applicant, manager, row).await;
    let is_asked = |row: &Value| row["PFStepName"] == step;
    until(house, manager, (APPLICATIONS, item), is_asked).await;
    (row, item)
}

/// Once he is let in.
async fn holds(house: &House, manager: &Person, item: i64) {
    let asked = manager.read(APPLICATIONS, item).await.expect("the manager reads");
    let mut hold = scene::approval(&asked, manager);
    hold["PFDecision"] = json!("保留");
    for _ in 0..LOOKS {
        if manager.change(APPLICATIONS, item, &hold).await.is_success() {
            break;
        }
        pause(LOOK).await;
    }
    let is_held = |row: &Value| row["PFStatus"] == "HO";
    until(house, manager, (APPLICATIONS, item), is_held).await;
}

/// It stands so, because time passed and nobody decided: the item says it in these words.
async fn time_made_it(house: &House, applicant: &Person, (row, item): Case, (state, words): (&str, &str)) {
    let stands = |row: &Value| row["PFStatus"] == state;
    until(house, applicant, (INBOX, row), stands).await;
    let tells = |row: &Value| row["PFHistory"].as_str().is_some_and(|text| text.contains(words));
    let shown = until(house, applicant, (APPLICATIONS, item), tells).await;
    let lines = journal::lines(house, shown["PFNumber"].as_str().expect("a number"));
    let count = |event: &str| {
        let same = lines.iter().filter(|line| line["event"]["type"] == event);
        same.count()
    };
    assert_eq!((count("deadlinePassed"), count("decided")), (1, 0), "{words}");
}

async fn until_mails(house: &House, to: &Person, subject: &str, number: usize) {
    for _ in 0..LOOKS {
        if mails(house, to, subject).len() >= number {
            break;
        }
        pause(LOOK).await;
    }
    assert_eq!(mails(house, to, subject).len(), number, "{subject}");
}

fn has_account(house: &House, local: &str) -> bool {
    let tenant = house.world().tenant();
    let upn = format!("{local}@{}", house.world().names.domain);
    let mut users = tenant.directory.users.values();
    users.any(|user| user.user_principal_name == upn)
}

/// Nobody does it: 差戻し, 期限切れ (also of what is held), and 承認, which is carried out.
#[tokio::test(flavor = "multi_thread")]
async fn t16_w21_a_deadline_sends_back_ends_also_what_is_held_and_approves() {
    let house = house(|house| {
        house.offer_steps(&[
            due(("back", BACK), Some("課長"), "sendBack"),
            due(("ends", ENDS), Some("部長"), "expire"),
            due(("goesOn", GOES_ON), None, "approve"),
        ]);
    })
    .await;
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    let both = (&applicant, &manager);
    let back = asked_at(&house, both, ("hana.takahashi", "課長", BACK)).await;
    let ends = asked_at(&house, both, ("yui.takahashi", "部長", ENDS)).await;
    let held = asked_at(&house, both, ("aoi.takahashi", "部長", ENDS)).await;
    let goes_on = asked_at(&house, both, ("mio.takahashi", "係長", GOES_ON)).await;
    holds(&house, &manager, held.1).await;
    days_pass(&house, 2);
    let applicant = applicant.sign_in_again().await;
    for (case, outcome) in [
        (back, ("SB", "期限超過: 自動差戻し")),
        (ends, ("EP", "期限切れ")),
        (held, ("EP", "期限切れ")),
        (goes_on, ("CO", "期限超過: 自動承認")),
    ] {
        time_made_it(&house, &applicant, case, outcome).await;
    }
    let made = ["hana", "yui", "aoi", "mio"].map(|name| has_account(&house, &format!("{name}.takahashi")));
    assert_eq!(made, [false, false, false, true]);
    until_mails(&house, &applicant, "【差戻し】", 1).await;
    // Both that ended: whoever applied is told, and not of the one that went on.
    until_mails(&house, &applicant, OVERDUE, 2).await;
    until_mails(&house, &manager, OVERDUE, 4).await;
    assert!(house.run(&["verify-journal"]).status.success());
}
