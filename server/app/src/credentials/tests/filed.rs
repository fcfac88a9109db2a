//! A report that was filed is checked years later: what was changed in it is named.

use serde_json::{Value, json};

use super::*;
use crate::config::Language;
use crate::credentials::filed::Fault;

async fn renewed() -> Stage {
    let stage = Stage::set(Break::Never).await;
    begin(stage.service(), "a", "a test").await.unwrap();
    advance(stage.service(), "a").await.unwrap();
    stage
}

async fn faults(stage: &Stage, file: &str) -> Vec<Fault> {
    check_report(stage.service(), file).await.unwrap().faults
}

async fn json_of(stage: &Stage) -> Value {
    let filed = report(stage.service(), None).await.unwrap().unwrap();
    serde_json::to_value(filed).unwrap()
}

#[tokio::test]
async fn a_report_is_as_it_was_signed_in_each_form_also_after_the_renewal_went_on() {
    let mut stage = renewed().await;
    let filed = report(stage.service(), None).await.unwrap().unwrap();
    let forms = [
        serde_json::to_string_pretty(&filed).unwrap(),
        filed.page(Language::Ja).join("\n"),
        filed.page(Language::En).join("\r\n"),
    ];
    for form in &forms {
        assert_eq!(faults(&stage, form).await, [], "{form}");
    }
    stage.pass(SignedDuration::from_hours(25));
    assert_eq!(advance(stage.service(), "a").await.unwrap(), Halt::Over);
    for form in &forms {
        assert_eq!(faults(&stage, form).await, [], "{form}");
    }
}

#[tokio::test]
async fn what_was_changed_in_a_report_is_named() {
    let stage = renewed().await;
    let mut filed = json_of(&stage).await;
    filed["by"] = json!("nobody");
    let found = faults(&stage, &filed.to_string()).await;
    assert_eq!(found[0], Fault::Contents);
    let by = |filed: &str, right: &str| Fault::Changed {
        what: "by".into(),
        filed: Some(filed.into()),
        right: Some(right.into()),
    };
    assert_eq!(found[1..], [by("\"nobody\"", "\"a test\"")]);
    let filed = report(stage.service(), None).await.unwrap().unwrap();
    let page = filed
        .page(Language::En)
        .join("\n")
        .replace("Run by: a test", "Run by: nobody");
    let found = faults(&stage, &page).await;
    let [Fault::Changed { what, filed, right }] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(what, "line 5");
    assert_eq!(
        (filed.as_deref(), right.as_deref()),
        (Some("Run by: nobody"), Some("Run by: a test"))
    );
}

#[tokio::test]
async fn a_line_less_one_more_and_a_hash_made_to_fit_are_found() {
    let stage = renewed().await;
    let mut filed = json_of(&stage).await;
    filed["approved"] = json!(true);
    let found = faults(&stage, &filed.to_string()).await;
    assert!(
        matches!(&found[..], [Fault::Changed { what, right: None, .. }] if what == "approved"),
        "{found:?}"
    );
    let other = renewed().await;
    let found = faults(&other, &json_of(&stage).await.to_string()).await;
    assert!(matches!(found[0], Fault::OtherKey { .. }), "{found:?}");
    let mut filed = json_of(&stage).await;
    filed["signature"] = json!("00".repeat(64));
    let found = faults(&stage, &filed.to_string()).await;
    assert_eq!(found[0], Fault::Signature);
    for file in ["", "{", "3", "{\"number\": 1}", "# A page"] {
        let found = faults(&stage, file).await;
        assert!(
            matches!(found[..], [Fault::Unreadable { .. }]),
            "{file}: {found:?}"
        );
    }
    let page = "Renewal of credentials: 7 (ours)\n";
    assert_eq!(faults(&stage, page).await, [Fault::NoJournal { number: 7 }]);
}

/// A page in English without some of its lines.
async fn page_without(stage: &Stage, is_left_out: impl Fn(usize, &str) -> bool) -> String {
    let filed = report(stage.service(), None).await.unwrap().unwrap();
    let page = filed.page(Language::En);
    let lines = page.iter().enumerate();
    let kept = lines.filter(|(place, line)| !is_left_out(*place, line));
    kept.map(|(_, line)| line.as_str()).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn a_line_that_was_taken_out_is_named_and_nothing_genuine_beside_it() {
    let stage = renewed().await;
    let page = page_without(&stage, |_, line| line.ends_with("  proven")).await;
    let found = faults(&stage, &page).await;
    let [
        Fault::Changed {
            filed: None,
            right: Some(right),
            ..
        },
    ] = found.as_slice()
    else {
        panic!("{found:?}")
    };
    assert!(right.ends_with("  proven"), "{right}");
    let told = found[0].words();
    assert!(
        told.en.contains("missing in the file") && told.ja.contains("ファイルにありません"),
        "{told:?}"
    );
    let mut filed = json_of(&stage).await;
    let taken = filed["lines"].as_array_mut().unwrap().remove(1);
    let found = faults(&stage, &filed.to_string()).await;
    let missing = Fault::Changed {
        what: "lines[1]".into(),
        filed: None,
        right: Some(taken.to_string()),
    };
    assert_eq!(found, [Fault::Contents, missing]);
}

#[tokio::test]
async fn a_page_that_was_cut_off_lacks_its_end_and_is_told_nothing_else() {
    let stage = renewed().await;
    let page = page_without(&stage, |place, _| place >= 10).await;
    let found = faults(&stage, &page).await;
    assert!(found.len() > 4, "{found:?}");
    for fault in &found {
        assert!(matches!(fault, Fault::Changed { filed: None, .. }), "{fault:?}");
    }
    let told: Vec<_> = found.iter().map(|fault| fault.words().en).collect();
    assert!(
        told.iter().any(|line| line.ends_with("(an empty line)")),
        "{told:?}"
    );
    let whole = page_without(&stage, |_, _| false).await;
    let found = faults(&stage, &format!("{whole}\nApproved: yes")).await;
    assert!(
        matches!(&found[..], [Fault::Changed { filed: Some(added), right: None, .. }] if added == "Approved: yes"),
        "{found:?}"
    );
}
