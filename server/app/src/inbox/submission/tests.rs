use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;
use store::jobs::JobEnd;
use workflow::judge::{Editor, Version};

use super::*;
use crate::testing::{TestService, person, sent_back};

const DRAFTER: u8 = 12;
const ROW: ItemId = ItemId(7);

/// What person 12 handed in as this version of his row, for person 10.
fn handed_in(number: u32, apply_for: Option<&str>) -> Submitted {
    let fields = [
        ("PFWorkflow", Some("user-create")),
        ("PFPayload", Some(r#"{"lastName": "山田"}"#)),
        ("PFApplyFor", apply_for),
    ];
    let fields = fields
        .into_iter()
        .filter_map(|(column, value)| Some((column.to_owned(), json!(value?))));
    Submitted {
        by: person(DRAFTER),
        version: Version {
            label: format!("{number}.0"),
            number,
            created: "2027-01-15T00:00:00Z".parse().unwrap(),
            editor: Editor::Person(person(DRAFTER)),
            fields: fields.collect::<BTreeMap<_, _>>(),
        },
    }
}

#[tokio::test]
async fn t2_what_was_sent_back_is_handed_in_again_although_nobody_could_apply_for_it_anew() {
    let mut test = TestService::open().await;
    let id = sent_back(&test.service, Some(person(DRAFTER))).await;
    let service = Arc::get_mut(&mut test.service).unwrap();
    service.workflows.clear();
    let service = &test.service;
    let known: Result<(), JobError> = transaction!(service.store.write(&service.tenant), tx => {
        let seen = Seen { version: 1, application: Some(id.clone()), ..Seen::default() };
        seen.keep(tx, service, ROW).await
    });
    known.unwrap();
    for _ in 0..2 {
        take(service, ROW, &handed_in(3, Some("no-longer@contoso.example")))
            .await
            .unwrap();
    }
    let case = Case::of_job(service, &id).await.unwrap();
    assert_eq!((case.row.code.as_str(), case.application.round()), ("SU", 2));
}

#[tokio::test]
async fn a_definition_that_changed_under_its_version_stops_the_row_and_names_the_remedy() {
    let mut test = TestService::open().await;
    sent_back(&test.service, None).await;
    let service = Arc::get_mut(&mut test.service).unwrap();
    for offered in &mut service.workflows {
        offered.body.push('\n');
    }
    let failed = take(&test.service, ItemId(8), &handed_in(1, None))
        .await
        .unwrap_err();
    let JobEnd::Park(why) = failed.end(test.service.now(), 1) else {
        panic!("{failed}")
    };
    assert!(
        why.contains("user-create") && why.contains("raise its `version`"),
        "{why}"
    );
}
