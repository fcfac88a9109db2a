//! An administrator, a stranger and somebody without an account at the report's page.

use store::{StoreError, transaction};
use uuid::Uuid;

use super::*;
use crate::http::browser::Browser;
use crate::testing::{Directory, MANAGER, TestService, completed, person};

fn id(number: u8) -> Uuid {
    person(number).as_str().parse().unwrap()
}

/// One application that was carried out; person 90 administers.
async fn lived(service: &Service) {
    completed(service).await;
    let kept: Result<(), StoreError> = transaction!(service.store.write(&service.tenant), tx =>
        people::keep_administrators(tx, &[person(90)], service.now()).await);
    kept.unwrap();
}

#[tokio::test]
async fn x19_the_page_shows_administrators_volumes_times_and_bottlenecks() {
    let directory = Directory::start().await;
    let test = TestService::with(&directory).await;
    lived(&test.service).await;
    let mut administrator = Browser::of(&test.service, &directory, id(90));
    let page = administrator.sign_in("/reports").await;
    assert_eq!(page.status, StatusCode::OK);
    for shown in [
        "<svg",
        "<title",
        "<desc",
        "<caption>",
        "上長承認",
        "情報システム部 合議",
        "新規ユーザー",
    ] {
        assert!(page.body.contains(shown), "{shown}: {}", page.body);
    }
    assert!(page.body.contains("<dt>完了</dt><dd>1</dd>"), "{}", page.body);
    let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("form-action 'self'"), "{policy}");
    let early = administrator.open("/reports?from=2020-01-01&to=2020-01-31").await;
    assert!(
        early.body.contains("この期間の申請はありません"),
        "{}",
        early.body
    );
}

#[tokio::test]
async fn x19_nobody_else_sees_a_report() {
    let directory = Directory::start().await;
    let test = TestService::with(&directory).await;
    lived(&test.service).await;
    for path in ["/reports", "/reports/csv/people?from=2020-01-01"] {
        let mut stranger = Browser::of(&test.service, &directory, MANAGER);
        let sent = stranger.open(path).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{path}");
        let mut stranger = Browser::of(&test.service, &directory, MANAGER);
        stranger.stubborn = true;
        let refused = stranger.sign_in(path).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
        assert!(!refused.body.contains("上長承認"), "{path}");
    }
}

#[tokio::test]
async fn x19_what_is_no_period_is_told_on_the_page() {
    let directory = Directory::start().await;
    let test = TestService::with(&directory).await;
    lived(&test.service).await;
    let mut administrator = Browser::of(&test.service, &directory, id(90));
    administrator.sign_in("/reports").await;
    let refused = administrator.open("/reports?from=%3Cb%3E").await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert!(refused.body.contains("role=\"alert\"") && !refused.body.contains("<b>"));
}

#[tokio::test]
async fn x17_x19_each_table_is_a_csv_that_spreadsheets_read() {
    let directory = Directory::start().await;
    let test = TestService::with(&directory).await;
    lived(&test.service).await;
    let mut administrator = Browser::of(&test.service, &directory, id(90));
    administrator.sign_in("/reports").await;
    for (table, wanted) in [
        ("volume", "申請"),
        ("workflows", "新規ユーザー"),
        ("steps", "上長承認"),
        ("people", &person(11).to_string()),
        ("late", "申請番号"),
    ] {
        let file = administrator.open(&format!("/reports/csv/{table}")).await;
        assert_eq!(file.status, StatusCode::OK, "{table}");
        assert!(
            file.body.starts_with('\u{FEFF}') && file.body.contains(wanted),
            "{}",
            file.body
        );
        let lines: Vec<_> = file.body.trim_end().split("\r\n").collect();
        let columns = |line: &str| line.matches(',').count();
        assert!(
            lines.iter().all(|line| columns(line) == columns(lines[0])),
            "{lines:?}"
        );
        let name = file.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert!(
            name.starts_with(&format!("attachment; filename=\"{table}-")),
            "{name}"
        );
    }
}
