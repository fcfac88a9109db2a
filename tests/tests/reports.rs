//! Reports of a whole job: by the command line, by the API for administrators, and for nobody else.

use e2e::administrators;
use e2e::api::{self, ApiToken};
use e2e::hire::{self, MANAGER};
use e2e::house::{House, Wishes};
use e2e::person::Person;
use e2e::scene::cast::ADMINISTRATOR;
use reqwest::StatusCode;
use serde_json::Value;

/// The command's answer.
fn report(house: &House, more: &[&str]) -> String {
    let arguments = [
        &["--log-filter", "off", "report", "--workflow", "user-create"],
        more,
    ]
    .concat();
    let ran = house.run(&arguments);
    assert!(ran.status.success(), "{ran:?}");
    String::from_utf8(ran.stdout).expect("UTF-8")
}

fn ended(report: &Value, step: &str) -> Value {
    let mut steps = report["steps"].as_array().expect("steps").iter();
    steps.find(|found| found["step"] == step).expect(step)["ended"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn x19_the_report_of_a_whole_job_is_told_by_shell_and_api_to_those_who_administer() {
    let house = House::build(env!("CARGO_BIN_EXE_backend"), Wishes::default()).await;
    administrators::appoint(&house, ADMINISTRATOR);
    api::grant_web_parts(&house);
    let mut watch = hire::settle(house).await;
    hire::carry_through(&mut watch).await;
    watch.quiet().await;
    let house = &watch.house;

    let told: Value = serde_json::from_str(&report(house, &[])).expect("JSON");
    assert_eq!(told["total"]["completed"], 1, "{told:#}");
    assert_eq!(
        (ended(&told, "manager"), ended(&told, "it")),
        (1.into(), 1.into())
    );
    assert!(told["people"].to_string().contains("長谷川 隆"), "{told:#}");
    let csv = report(house, &["--format", "csv", "--table", "steps"]);
    assert!(csv.starts_with('\u{FEFF}') && csv.contains("上長承認"), "{csv}");
    let wrong = house.run(&["report", "--from", "2027/04/01"]);
    let said = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert!(
        !wrong.status.success() && said.contains("--from: must be a day"),
        "{said}"
    );

    let administrator = Person::sign_in(house, ADMINISTRATOR).await;
    let token = ApiToken::of(house, &administrator).await;
    let (status, by_api) = token.get("reports?workflow=user-create").await;
    assert_eq!(status, StatusCode::OK, "{by_api}");
    assert_eq!(by_api["steps"], told["steps"]);
    let manager = Person::sign_in(house, MANAGER).await;
    let token = ApiToken::of(house, &manager).await;
    for path in ["reports", "reports/people"] {
        let (status, refused) = token.get(path).await;
        assert_eq!(
            (status, &refused["code"]),
            (StatusCode::FORBIDDEN, &"notAdministrator".into())
        );
    }
}

/// What a program without any sign-in gets.
async fn fetched(house: &House, link: &str) -> (StatusCode, String) {
    let answer = house.client().get(link).send().await.expect("an answer");
    (
        answer.status(),
        answer.text().await.expect("a text").replace("\r\n ", ""),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn x22_a_calendar_program_reads_what_ends_by_a_link_that_can_be_taken_back() {
    let mut house = House::build(env!("CARGO_BIN_EXE_backend"), Wishes::default()).await;
    house.configure(|text| {
        text + "[[expiries]]\nname = \"contoso.example のドメイン登録\"\non = \"2031-04-01\"\n"
    });
    house.run(&["setup"]);
    house.serve().await;
    let link = |house: &House| {
        let ran = house.run(&["--log-filter", "off", "expiries", "--new-link"]);
        String::from_utf8(ran.stdout).expect("UTF-8").trim().to_owned()
    };
    let first = link(&house);
    let (status, calendar) = fetched(&house, &first).await;
    assert_eq!(status, StatusCode::OK, "{calendar}");
    assert!(calendar.starts_with("BEGIN:VCALENDAR"), "{calendar}");
    assert!(
        calendar.contains("SUMMARY:contoso.example のドメイン登録"),
        "{calendar}"
    );
    assert!(
        calendar.contains("DTSTART;VALUE=DATE:20310401"),
        "a day, wherever it is read: {calendar}"
    );
    let guessed = first.replace(".ics", "A.ics");
    assert_eq!(fetched(&house, &guessed).await.0, StatusCode::NOT_FOUND);
    let second = link(&house);
    assert_eq!(
        fetched(&house, &first).await.0,
        StatusCode::NOT_FOUND,
        "the old link still leads there"
    );
    assert_eq!(fetched(&house, &second).await.0, StatusCode::OK);
    let ended = String::from_utf8_lossy(&house.run(&["expiries", "--end-link"]).stdout).into_owned();
    assert!(ended.contains("リンクを無効にしました"), "{ended}");
    assert_eq!(fetched(&house, &second).await.0, StatusCode::NOT_FOUND);
    assert!(!house.log().contains(&second), "the link is in the log");
}
