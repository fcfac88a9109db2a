//! What the menu for new items calls a row of each list.

use e2e::house::House;
use e2e::person::Person;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{OWNER, made, run};

async fn types(by: &Person, list: &str) -> Vec<(String, String)> {
    let path = format!("web/getlist('/sites/flow/Lists/{list}')/contenttypes?$select=StringId,Name");
    let (status, found) = by.send(Method::GET, &path, &[], None).await;
    assert!(status.is_success(), "{status}: {found}");
    let text = |of: &Value, name: &str| of[name].as_str().expect("a text").to_owned();
    let all = found["value"].as_array().expect("content types");
    all.iter()
        .map(|of| (text(of, "StringId"), text(of, "Name")))
        .collect()
}

async fn names(house: &House, list: &str) -> Vec<String> {
    let owner = Person::sign_in(house, OWNER).await;
    let types = types(&owner, list).await;
    types.into_iter().map(|(_, name)| name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_menu_for_new_items_speaks_of_applications_and_keeps_what_an_owner_adds() {
    let house = made().await;
    for (list, name) in [
        ("PFInbox", "申請フォーム"),
        ("PFApplications", "申請"),
        ("PFHistory", "履歴の行"),
    ] {
        assert_eq!(names(&house, list).await[0], name, "{list}");
    }
    let owner = Person::sign_in(&house, OWNER).await;
    let inbox = "web/getlist('/sites/flow/Lists/PFInbox')/contenttypes";
    let id = types(&owner, "PFInbox").await.remove(0).0;
    let merge = [("X-HTTP-Method", "MERGE"), ("IF-MATCH", "*")];
    let renamed = json!({ "Name": "依頼" });
    let path = format!("{inbox}('{id}')");
    let (status, told) = owner.send(Method::POST, &path, &merge, Some(&renamed)).await;
    assert!(status.is_success(), "{status}: {told}");
    let announcement = json!({ "contentTypeId": "0x0104" });
    let path = format!("{inbox}/addAvailableContentType");
    let (status, told) = owner.send(Method::POST, &path, &[], Some(&announcement)).await;
    assert!(status.is_success(), "{status}: {told}");
    let added = names(&house, "PFInbox").await;
    let plan = run(&house, &["setup", "--plan"], false);
    let line = "コンテンツ タイプの名前を修正: Lists/PFInbox (表示名 依頼 → 申請フォーム)";
    assert!(plan.contains(line), "{plan}");
    run(&house, &["setup"], true);
    let expected: Vec<_> = added
        .iter()
        .map(|name| name.replace("依頼", "申請フォーム"))
        .collect();
    assert_eq!(names(&house, "PFInbox").await, expected);
}
