//! 有効期限: who joins a team until a day leaves it when that day is over, unless it is renewed or undone before.

use e2e::person::Person;
use e2e::rows::APPLICATIONS;
use e2e::scene::cast::{APPLICANT, EXPERTS, MANAGER, sign_in};
use e2e::scene::{item_of, until, until_told};
use serde_json::{Value, json};

use super::groups::{TARGET, change, found, person};
use super::scheduled::{day, pass};
use super::stage::Stage;
use super::team_changes::{JOIN, stage, target};

const GUEST: &str = "toru.soma";
/// Until the last day.
const DAYS: i64 = 40;

fn form(stage: &Stage, until: &str) -> Value {
    json!({
        "team": target(stage).0, "people": [stage.person(GUEST)], "until": until, "reason": "繁忙期の応援のため",
    })
}

fn is_member(stage: &Stage) -> bool {
    let members = found(stage, TARGET).expect("the team").members;
    members.contains(&person(&stage.house, GUEST))
}

/// Everybody's sign-in ends while days pass.
async fn again(stage: &Stage) -> [Person; 2] {
    sign_in(&stage.house, [APPLICANT, EXPERTS[0]]).await
}

/// The first application's item, once it shows this.
async fn original(stage: &Stage, wanted: impl Fn(&Value) -> bool) -> Value {
    until(&stage.house, &stage.applicant, (APPLICATIONS, 1), wanted).await
}

/// The item of the application by which the first one came to its end.
async fn ending(stage: &Stage, by: &Person, item: i64) -> Value {
    let ended = |row: &Value| {
        row["PFSource"]
            .as_str()
            .is_some_and(|source| source.starts_with("end."))
            && row["PFStatus"] == "CO"
    };
    until(&stage.house, by, (APPLICATIONS, item), ended).await
}

/// Joined until a day; the number of the application.
async fn joined(stage: &Stage) -> (String, String) {
    let until = day(&stage.house, DAYS);
    let (number, read) = stage.adopt(JOIN, &form(stage, &until), None).await;
    assert!(is_member(stage) && read.contains("メンバーの追加"), "{read}");
    assert!(read.contains(&format!("※ 有効期限 {until} が過ぎると")), "{read}");
    (number, until)
}

#[tokio::test(flavor = "multi_thread")]
async fn x03_who_joined_until_a_day_is_told_before_and_leaves_when_it_is_over() {
    let mut stage = stage(0).await;
    let (number, _) = joined(&stage).await;
    pass(&stage.house, DAYS - 30);
    let told = until_told(&stage.house, &stage.applicant, "【有効期限】")
        .await
        .join("\n");
    let ends = format!("有効期限: {} 23:59", day(&stage.house, 30));
    assert!(
        told.contains(&number) && told.contains(&ends) && told.contains("更新申請"),
        "{told}"
    );
    pass(&stage.house, 29);
    stage.settle().await;
    assert!(is_member(&stage), "its last day has not passed");
    // The product is down when the day ends.
    stage.house.kill();
    pass(&stage.house, 2);
    assert!(is_member(&stage));
    stage.house.serve().await;
    let [applicant, _] = again(&stage).await;
    let row = ending(&stage, &applicant, 2).await;
    assert!(!is_member(&stage));
    assert_eq!(
        (row["PFRound"].as_f64(), &row["PFStepNo"]),
        (Some(1.0), &Value::Null),
        "{row}"
    );
    let text = |column: &str| row[column].as_str().unwrap_or_default().to_owned();
    assert!(
        text("Title").starts_with("【期限到来】") && text("PFHistory").contains("有効期限の到来により取消し"),
        "{row}"
    );
    let read = row["PFPreview"].as_str().unwrap_or_default();
    assert!(read.contains("メンバーの削除"), "{read}");
    let told = until_told(&stage.house, &applicant, "【期限到来】")
        .await
        .join("\n");
    assert!(
        told.contains(row["PFNumber"].as_str().expect("a number")),
        "{told}"
    );
    assert!(stage.house.run(&["verify-journal"]).status.success());
    // Whatever is asked again, it ends once.
    pass(&stage.house, 30);
    stage.settle().await;
    let [applicant, _] = again(&stage).await;
    let third = applicant.read(APPLICATIONS, 3).await;
    assert_eq!(third.err().map(|status| status.as_u16()), Some(404));
}

#[tokio::test(flavor = "multi_thread")]
async fn x03_a_renewal_is_approved_and_moves_the_day_and_nothing_else() {
    let stage = stage(0).await;
    let (number, until_day) = joined(&stage).await;
    let longer = day(&stage.house, DAYS + 60);
    // Whatever else the form says, it is the original's.
    let wished =
        json!({ "team": "elsewhere", "people": [stage.person(MANAGER)], "until": longer, "reason": "延長" });
    let row = stage.follow(JOIN, (&number, "更新申請"), &wished).await;
    let (renewal, read) = stage.decide_alone(JOIN, row, stage.expert()).await;
    assert!(
        read.contains(&format!("有効期限: {until_day} → {longer}")),
        "{read}"
    );
    assert!(read.contains(&number), "{read}");
    let says = format!("有効期限を更新 「{longer} 23:59 {renewal}」");
    let listed = stage.house.run(&["expiries"]);
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let line = listed.lines().find(|line| line.contains(&number));
    assert!(
        line.is_some_and(|line| line.contains("申請の有効期限")),
        "{listed}"
    );
    let tells = |row: &Value| row["PFHistory"].as_str().is_some_and(|told| told.contains(&says));
    original(&stage, tells).await;
    pass(&stage.house, DAYS + 5);
    stage.settle().await;
    assert!(is_member(&stage), "it stands longer");
    pass(&stage.house, 56);
    let [applicant, _] = again(&stage).await;
    ending(&stage, &applicant, 3).await;
    assert!(!is_member(&stage));
}

#[tokio::test(flavor = "multi_thread")]
async fn x03_what_cannot_be_renewed_is_said_at_its_field() {
    let stage = stage(0).await;
    let (number, until) = joined(&stage).await;
    let renew = |until: Value| json!({ "until": until, "reason": "延長" });
    for (link, form, code, field) in [
        ("更新申請", renew(json!(until)), "too_early", "until"),
        ("更新申請", renew(Value::Null), "required", "until"),
        // What has an end is renewed or undone.
        ("変更申請", form(&stage, &until), "not_applicable", "PFOriginal"),
    ] {
        let row = stage.follow(JOIN, (&number, link), &form).await;
        assert_eq!(
            stage.issues(row).await,
            [(code.to_owned(), field.to_owned())],
            "{link} {form}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn x03_what_was_given_for_good_is_given_no_end_by_a_change() {
    let stage = stage(0).await;
    let mut wished = form(&stage, "");
    wished["until"] = Value::Null;
    let (number, read) = stage.adopt(JOIN, &wished, None).await;
    assert!(!read.contains("有効期限"), "{read}");
    let row = stage
        .follow(
            JOIN,
            (&number, "変更申請"),
            &form(&stage, &day(&stage.house, DAYS)),
        )
        .await;
    assert_eq!(
        stage.issues(row).await,
        [("not_applicable".to_owned(), "until".to_owned())]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn x03_who_left_before_the_day_and_was_let_in_by_others_stays() {
    let stage = stage(0).await;
    let (number, _) = joined(&stage).await;
    stage.undo_alone(JOIN, &number, stage.expert()).await;
    assert!(!is_member(&stage));
    original(&stage, |row| row["PFExpiresAt"].is_null()).await;
    let guest = person(&stage.house, GUEST);
    change(&stage.house, TARGET, |team| {
        team.members.insert(guest);
    });
    pass(&stage.house, DAYS + 2);
    stage.settle().await;
    assert!(is_member(&stage), "that was somebody else's decision");
}

#[tokio::test(flavor = "multi_thread")]
async fn x03_what_is_approved_after_its_day_is_not_begun() {
    let stage = stage(0).await;
    let until_day = day(&stage.house, 1);
    let row = stage.apply(JOIN, &form(&stage, &until_day)).await;
    let item = item_of(&stage.house, &stage.applicant, stage.expert(), row).await;
    pass(&stage.house, 3);
    let [applicant, expert] = again(&stage).await;
    e2e::scene::vote(&stage.house, &expert, item, JOIN.last.0).await;
    let parked = until(&stage.house, &applicant, (APPLICATIONS, item), |row| {
        row["PFStatus"] == "RV"
    })
    .await;
    let why = parked["PFExecResult"].as_str().unwrap_or_default();
    assert!(why.contains("有効期限がすでに過ぎています"), "{why}");
    assert!(!is_member(&stage));
}

#[tokio::test(flavor = "multi_thread")]
async fn x03_an_end_that_comes_after_the_database_was_lost_comes_all_the_same() {
    let mut stage = stage(0).await;
    let (number, _) = joined(&stage).await;
    original(&stage, |row| {
        row["PFStatus"] == "CO" && !row["PFExpiresAt"].is_null()
    })
    .await;
    stage.settle().await;
    stage.house.kill();
    stage.house.lose_database();
    let recovered = stage.house.run(&["recover"]);
    assert!(
        recovered.status.success(),
        "{}",
        String::from_utf8_lossy(&recovered.stderr)
    );
    pass(&stage.house, DAYS + 1);
    stage.house.serve().await;
    let [applicant, _] = again(&stage).await;
    let row = ending(&stage, &applicant, 2).await;
    assert!(!is_member(&stage), "{row}");
    assert_ne!(row["PFNumber"], number);
}
