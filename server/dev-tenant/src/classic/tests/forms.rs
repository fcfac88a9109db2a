use super::site::{Browser, EDIT, FULL, LIST, READ};
use crate::sharepoint::fixture::{JIRO, OWNER, TARO, app};
use crate::sharepoint::operations::{assignments, attachments, securable::Securable};

fn edit_form(item: crate::sharepoint::state::ids::ItemId) -> String {
    format!("{LIST}/EditForm.aspx?ID={item}")
}

#[test]
fn a_person_saves_as_himself_and_only_what_the_form_shows() {
    let browser = Browser::new();
    let item = browser.item("件名");
    browser.only_for_taro(item, EDIT);
    let form = browser.get(TARO, &edit_form(item));
    assert!(form.has("name=\"PFDecision\"") && !form.has("name=\"PFStatus\""));
    let saved = browser.post(
        TARO,
        &edit_form(item),
        &[
            ("__REQUESTDIGEST", &form.hidden("__REQUESTDIGEST")),
            ("owshiddenversion", &form.hidden("owshiddenversion")),
            ("Title", "件名"),
            ("PFDecision", "承認"),
            ("PFDueAt", "2026-12-01T09:30"),
            ("PFApplicant", "jiro@contoso.onmicrosoft.com"),
            ("PFStatus", "CO"),
        ],
    );
    assert_eq!((saved.status(), saved.text()), (302, String::new()));
    assert_eq!(browser.value(item, "PFDecision").as_deref(), Some("承認"));
    assert_eq!(
        browser.value(item, "PFDueAt").as_deref(),
        Some("2026-12-01T00:30:00Z")
    );
    assert_eq!(
        browser.value(item, "PFStatus"),
        None,
        "a column that the form hides was written"
    );
    let page = browser.get(TARO, &format!("{LIST}/DispForm.aspx?ID={item}"));
    assert!(page.has("2026/12/01 09:30") && page.has("jiro") && page.has("バージョン: 2.0"));
}

#[test]
fn an_older_form_does_not_overwrite_what_another_saved_meanwhile() {
    let browser = Browser::new();
    let item = browser.item("件名");
    let path = edit_form(item);
    let (early, late) = (browser.get(OWNER, &path), browser.get(OWNER, &path));
    let save = |form: &super::site::Page, decision: &str| {
        let (digest, version) = (form.hidden("__REQUESTDIGEST"), form.hidden("owshiddenversion"));
        let fields = [
            ("__REQUESTDIGEST", digest.as_str()),
            ("owshiddenversion", version.as_str()),
            ("Title", "件名"),
            ("PFDecision", decision),
        ];
        browser.post(OWNER, &path, &fields)
    };
    assert_eq!(save(&early, "承認").status(), 302);
    let conflict = save(&late, "却下");
    assert_eq!(conflict.status(), 409);
    assert!(conflict.has("保存の競合"));
    assert_eq!(browser.value(item, "PFDecision").as_deref(), Some("承認"));
}

#[test]
fn a_form_without_the_digest_of_its_own_person_writes_nothing() {
    let browser = Browser::new();
    let item = browser.item("件名");
    let path = edit_form(item);
    let form = browser.get(OWNER, &path);
    let of_taro = browser
        .get(TARO, "/sites/flow/_layouts/15/viewlsts.aspx")
        .hidden("__REQUESTDIGEST");
    for digest in ["", "0xABC,24 Nov 2026 00:00:00 -0000", &of_taro] {
        let fields = [
            ("__REQUESTDIGEST", digest),
            ("owshiddenversion", &form.hidden("owshiddenversion")),
            ("Title", "奪った"),
        ];
        let refused = browser.post(OWNER, &path, &fields);
        assert_eq!(refused.status(), 403, "{digest}");
        assert!(refused.has("セキュリティ検証"));
    }
    assert_eq!(browser.value(item, "Title").as_deref(), Some("件名"));
}

#[test]
fn who_may_only_read_gets_no_edit_form_and_cannot_post_one() {
    let browser = Browser::new();
    let item = browser.item("件名");
    browser.only_for_taro(item, READ);
    assert_eq!(browser.get(TARO, &edit_form(item)).status(), 403);
    let digest = browser
        .get(TARO, "/sites/flow/_layouts/15/viewlsts.aspx")
        .hidden("__REQUESTDIGEST");
    let fields = [
        ("__REQUESTDIGEST", digest.as_str()),
        ("owshiddenversion", "1"),
        ("Title", "奪った"),
    ];
    assert_eq!(browser.post(TARO, &edit_form(item), &fields).status(), 403);
    assert_eq!(browser.post(JIRO, &edit_form(item), &fields).status(), 404);
    assert_eq!(browser.value(item, "Title").as_deref(), Some("件名"));
}

#[test]
fn what_is_wrong_with_a_value_is_told_beside_it_and_nothing_is_lost() {
    let browser = Browser::new();
    let item = browser.item("件名");
    let form = browser.get(OWNER, &edit_form(item));
    let fields = [
        ("__REQUESTDIGEST", &*form.hidden("__REQUESTDIGEST")),
        ("owshiddenversion", &*form.hidden("owshiddenversion")),
        ("Title", "書き直した件名"),
        ("PFStepNo", "三"),
        ("PFDecision", "保留"),
        ("PFDueAt", "いつか"),
        ("PFApplicant", "nobody@contoso.onmicrosoft.com"),
    ];
    let page = browser.post(OWNER, &edit_form(item), &fields);
    assert_eq!(page.status(), 200);
    for message in [
        "数値のみ",
        "一覧にない値",
        "有効な日付",
        "ユーザーが見つかりません",
    ] {
        assert!(page.has(message), "{message}");
    }
    assert!(page.has("書き直した件名") && page.has("value=\"三\""));
    assert_eq!(browser.value(item, "Title").as_deref(), Some("件名"));
}

#[test]
fn a_new_item_is_made_by_who_may_add_and_attachments_are_downloads() {
    let browser = Browser::new();
    let path = format!("{LIST}/NewForm.aspx");
    assert_eq!(browser.get(TARO, &path).status(), 403);
    browser.fixture.session(&app(), |session| {
        assignments::add(session, Securable::Web, browser.fixture.taro, FULL).unwrap();
    });
    let digest = browser.get(TARO, &path).hidden("__REQUESTDIGEST");
    let fields = [("__REQUESTDIGEST", digest.as_str()), ("Title", "太郎が作った")];
    let made = browser.post(
        TARO,
        &format!("{path}?Source=https%3A%2F%2Fevil.example%2F"),
        &fields,
    );
    assert_eq!(
        made.header("location"),
        Some("/sites/flow/Lists/PFApplications/AllItems.aspx")
    );
    let item = crate::sharepoint::state::ids::ItemId(1);
    browser.fixture.session(&app(), |session| {
        attachments::add(
            session,
            browser.fixture.list,
            item,
            "履歴 書.html",
            b"<script>".to_vec(),
        )
        .unwrap();
    });
    let page = browser.get(TARO, &format!("{LIST}/DispForm.aspx?ID=1"));
    assert!(page.has("履歴 書.html") && page.has("太郎が作った"));
    let file = browser.get(
        TARO,
        &format!("{LIST}/Attachments/1/%E5%B1%A5%E6%AD%B4%20%E6%9B%B8.html"),
    );
    assert_eq!(
        (file.status(), file.header("content-type")),
        (200, Some("application/octet-stream"))
    );
}

#[test]
fn new_applications_are_made_on_the_home_page() {
    let browser = Browser::new();
    browser.fixture.session(&app(), |session| {
        let new = crate::sharepoint::operations::lists::NewList {
            title: "受付".to_owned(),
            description: String::new(),
            base_template: 100,
            url: Some("Lists/PFInbox".to_owned()),
        };
        crate::sharepoint::operations::lists::create(session, new).unwrap();
    });
    let page = browser.get(TARO, "/sites/flow/Lists/PFInbox/NewForm.aspx");
    assert_eq!(
        page.header("location"),
        Some("/sites/flow/SitePages/Home.aspx?new=1")
    );
}
