//! Rules for names: told in the form by the same code, and judged again when it is handed in.

use e2e::house::{House, pause};
use e2e::person::list_path;
use e2e::rows::DEFINITIONS;
use reqwest::Method;
use serde_json::{Value, json};

use super::mailboxes::{self, codes};
use super::stage::Stage;

/// A minute; the machine may be busy.
const LOOKS: u32 = 300;
const HOUSE: &str = r#"
[naming]
blocked = ["しゃがいひ"]
blocked_words = ["CEO"]
[naming.alias]
characters = "a-z0-9-"
"#;

async fn stage() -> Stage {
    Stage::built(0, equip).await
}

async fn equip(house: &House) {
    mailboxes::equip(house).await;
    house.configure(|text| text + HOUSE);
}

#[tokio::test(flavor = "multi_thread")]
async fn r21_names_against_the_rules_of_the_house_come_back_with_all_that_is_wrong() {
    let stage = stage().await;
    for (name, alias, told) in [
        (
            "シャガイヒ 窓口",
            "Postmaster",
            [("name_blocked", "name"), ("name_characters", "alias")].as_slice(),
        ),
        (
            "営業ＣＥＯ室",
            "postmaster",
            &[("name_blocked", "name"), ("name_reserved", "alias")],
        ),
        ("営業窓口", "the-ceo-desk", &[("name_blocked", "alias")]),
    ] {
        let mut form = mailboxes::created(&stage);
        form["name"] = json!(name);
        form["alias"] = json!(alias);
        assert_eq!(
            stage.refused(mailboxes::CREATE, &form).await,
            codes(told),
            "{name}"
        );
    }
    let renamed = json!({
        "mailbox": mailboxes::target(&stage), "items": ["name", "addresses"], "reason": "整理のため",
        "name": "CEO", "address": "root",
    });
    let told = stage.refused(mailboxes::CHANGE, &renamed).await;
    assert_eq!(
        told,
        codes(&[("name_blocked", "name"), ("name_reserved", "address")])
    );
    assert_eq!(stage.writes("exchange:"), 0);
    // Names that only look alike are given.
    let mut form = mailboxes::created(&stage);
    form["name"] = json!("CEOS 窓口");
    stage.open(mailboxes::CREATE, &form).await;
}

/// The browser judges by what stands in the list, also while we are down.
#[tokio::test(flavor = "multi_thread")]
async fn r21_the_rules_of_the_house_stand_where_forms_read_them() {
    let stage = stage().await;
    let shown = shown(&stage).await;
    let naming = &shown["naming"];
    assert_eq!(naming["all"]["blocked"], json!(["しゃがいひ"]));
    assert_eq!(naming["alias"]["characters"], "a-z0-9-");
    let reserved = naming["upn"]["reserved"].as_array().expect("names");
    assert!(reserved.contains(&json!("postmaster")), "{naming}");
}

/// What an applicant's browser finds.
async fn shown(stage: &Stage) -> Value {
    let path = format!(
        "{}/items?$select=PFBody&$filter=Title eq 'naming'",
        list_path(DEFINITIONS)
    );
    for _ in 0..LOOKS {
        let (_, found) = stage.applicant.send(Method::GET, &path, &[], None).await;
        if let Some(body) = found["value"][0]["PFBody"].as_str() {
            return serde_json::from_str(body).expect("JSON");
        }
        pause(std::time::Duration::from_millis(200)).await;
    }
    panic!("no rules for names in the list");
}
