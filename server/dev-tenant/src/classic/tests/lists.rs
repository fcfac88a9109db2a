use super::site::{Browser, EDIT, LIST, READ};
use crate::directory::ObjectId;
use crate::sharepoint::fixture::{JIRO, OWNER, TARO, app};
use crate::sharepoint::operations::assignments;
use crate::sharepoint::operations::securable::Securable;
use crate::sharepoint::state::role;

#[test]
fn who_is_not_signed_in_is_sent_to_sign_in_and_back() {
    let browser = Browser::new();
    let page = browser.send(None, http::Method::GET, &format!("{LIST}/DispForm.aspx?ID=1"), "");
    assert_eq!(page.status(), 302);
    assert_eq!(
        page.header("location"),
        Some(
            "/_layouts/15/Authenticate.aspx?Source=%2Fsites%2Fflow%2FLists%2FPFApplications%2FDispForm.aspx%3FID%3D1"
        )
    );
}

#[test]
fn a_stranger_to_the_site_is_told_so_and_sees_nothing_of_it() {
    let browser = Browser::new();
    browser.item("給与");
    let page = browser.get(
        ObjectId(uuid::Uuid::from_u128(99)),
        &format!("{LIST}/AllItems.aspx"),
    );
    assert_eq!(page.status(), 403);
    assert!(page.has("アクセスが拒否されました"));
    assert!(!page.has("給与") && !page.has("Applications"));
}

#[test]
fn a_view_shows_only_the_rows_that_the_person_may_read() {
    let browser = Browser::new();
    browser.item("みんなの行");
    browser.only_for_taro(browser.item("太郎の行"), READ);
    let view = format!("{LIST}/AllItems.aspx");
    let (taro, jiro) = (browser.get(TARO, &view), browser.get(JIRO, &view));
    assert!(taro.has("みんなの行") && taro.has("太郎の行"));
    assert!(jiro.has("みんなの行") && !jiro.has("太郎の行"));
}

#[test]
fn an_item_of_somebody_else_cannot_be_told_from_one_that_is_not_there() {
    let browser = Browser::new();
    let item = browser.item("太郎の行");
    browser.only_for_taro(item, EDIT);
    for form in ["DispForm", "EditForm"] {
        let of_taro = browser.get(JIRO, &format!("{LIST}/{form}.aspx?ID={item}"));
        let of_nobody = browser.get(JIRO, &format!("{LIST}/{form}.aspx?ID=4711"));
        assert_eq!(of_taro.status(), 404);
        assert_eq!(of_nobody.status(), 404);
        assert!(!of_taro.has("太郎の行"));
    }
    let list = browser.fixture.list;
    let versions = format!("/sites/flow/_layouts/15/Versions.aspx?list=%7B{list}%7D&ID={item}");
    assert_eq!(browser.get(JIRO, &versions).status(), 404);
    assert_eq!(browser.get(TARO, &versions).status(), 200);
}

#[test]
fn a_long_list_is_shown_in_pages_and_none_is_shown_twice() {
    let browser = Browser::new();
    for number in 1..=31 {
        browser.item(&format!("行{number:03}番"));
    }
    let first = browser.get(TARO, &format!("{LIST}/AllItems.aspx"));
    assert!(first.has("行001番") && first.has("行030番") && !first.has("行031番"));
    assert!(first.has("1 - 30"));
    assert!(first.has("Paged=TRUE&amp;p_ID=30&amp;PageFirstRow=31"));
    let second = browser.get(
        TARO,
        &format!("{LIST}/AllItems.aspx?Paged=TRUE&p_ID=30&PageFirstRow=31"),
    );
    assert!(second.has("行031番") && !second.has("行030番"));
    assert!(second.has("31 - 31"));
}

#[test]
fn what_people_type_is_shown_and_never_run() {
    let browser = Browser::new();
    let script = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>";
    let item = browser.item(script);
    let list = browser.fixture.list;
    for path in [
        format!("{LIST}/AllItems.aspx"),
        format!("{LIST}/DispForm.aspx?ID={item}"),
        format!("{LIST}/EditForm.aspx?ID={item}"),
        format!("/sites/flow/_layouts/15/Versions.aspx?list={list}&ID={item}"),
        format!("{LIST}/DispForm.aspx?ID={item}&Source=%22%3E%3Cscript%3E"),
    ] {
        let page = browser.get(OWNER, &path);
        assert_eq!(page.status(), 200, "{path}");
        assert!(!page.has("<script>") && !page.has("<img src=x"), "{path}");
        assert!(page.has("&lt;script&gt;alert(1)"), "{path}");
    }
}

#[test]
fn the_site_leads_to_its_home_page_and_a_list_to_its_default_view() {
    let browser = Browser::new();
    for (path, to) in [
        ("/sites/flow", "/sites/flow/SitePages/Home.aspx"),
        ("/sites/flow/", "/sites/flow/SitePages/Home.aspx"),
        (LIST, "/sites/flow/Lists/PFApplications/AllItems.aspx"),
        (
            "/sites/flow/Shared%20Documents",
            "/sites/flow/Shared%20Documents/Forms/AllItems.aspx",
        ),
    ] {
        let page = browser.get(TARO, path);
        assert_eq!(
            (page.status(), page.header("location")),
            (302, Some(to)),
            "{path}"
        );
    }
    let documents = browser.get(TARO, "/sites/flow/Shared%20Documents/Forms/AllItems.aspx");
    assert_eq!(documents.status(), 200);
    assert_eq!(browser.get(TARO, "/sites/flow/nothing.aspx").status(), 404);
}

#[test]
fn site_contents_and_the_people_to_sign_in_as_are_shown() {
    let browser = Browser::new();
    let page = browser.get(TARO, "/sites/flow/_layouts/15/viewlsts.aspx");
    assert!(page.has("Applications") && page.has("別のユーザーとしてサインイン"));
    assert!(page.has("login_hint=jiro%40contoso.onmicrosoft.com"));
}

#[test]
fn under_lockdown_views_and_item_forms_are_shut_for_limited_access() {
    let browser = Browser::new();
    let (fixture, item) = (&browser.fixture, browser.item("太郎の行"));
    fixture.session(&app(), |session| {
        assignments::remove(session, Securable::Web, fixture.taro, Some(role::READ)).unwrap();
    });
    browser.only_for_taro(item, READ);
    let form = format!("{LIST}/DispForm.aspx?ID={item}");
    let view = format!("{LIST}/AllItems.aspx");
    let status = |path: &str| browser.get(TARO, path).status();
    assert_eq!((status(&form), status(&view)), (200, 200));
    fixture.world.tenant().switches.limited_access_lockdown = true;
    assert_eq!((status(&form), status(&view)), (403, 403));
}
