use serde_json::{Value, json};

use super::parameters::Parameters;
use super::render::{render, reply};
use crate::sharepoint::fixture::{Fixture, JIRO, TARO, app, person};
use crate::sharepoint::operations::items::{self, Placing};
use crate::sharepoint::operations::securable::Securable;
use crate::sharepoint::operations::update::Stamp;
use crate::sharepoint::operations::{assignments, inheritance};
use crate::sharepoint::state::field_value::FieldValue;
use crate::sharepoint::state::ids::ItemId;
use crate::sharepoint::state::role;

/// Three items; the second is for Taro alone.
fn filled() -> Fixture {
    let fixture = Fixture::new();
    let (list, taro) = (fixture.list, fixture.taro);
    fixture.session(&app(), |session| {
        for number in 1..=3 {
            let edits = [
                ("Title", FieldValue::Text(format!("no. {number}"))),
                ("PFApplicant", FieldValue::Users(vec![taro])),
                ("PFStepNo", FieldValue::Number(f64::from(number))),
                (
                    "PFDueAt",
                    FieldValue::DateTime("2026-12-01T13:05:00Z".parse().unwrap()),
                ),
            ];
            let edits = edits
                .into_iter()
                .map(|(name, value)| (name.to_owned(), Some(value)));
            items::create(
                session,
                list,
                Placing::default(),
                edits.collect(),
                &Stamp::default(),
            )
            .unwrap();
        }
        let item = Securable::Item(list, ItemId(2));
        inheritance::break_inheritance(session, item, false, true).unwrap();
        assignments::add(session, item, taro, role::READ).unwrap();
    });
    fixture
}

fn ask(fixture: &Fixture, caller: &crate::caller::Caller, parameters: &Value) -> Value {
    let parameters = Parameters::read(&json!({"parameters": parameters})).unwrap();
    fixture
        .session(caller, |session| render(session, fixture.list, &parameters))
        .unwrap()
}

fn ids(answer: &Value) -> Vec<&str> {
    let rows = answer["Row"].as_array().unwrap();
    rows.iter().map(|row| row["ID"].as_str().unwrap()).collect()
}

#[test]
fn rows_are_trimmed_and_tell_what_the_caller_may_do() {
    let fixture = filled();
    let view = json!({"ViewXml": "<View><ViewFields><FieldRef Name='Title'/></ViewFields></View>"});
    assert_eq!(ids(&ask(&fixture, &person(TARO), &view)), ["1", "2", "3"]);
    let others = ask(&fixture, &person(JIRO), &view);
    assert_eq!(ids(&others), ["1", "3"]);
    let read = fixture.world.tenant().sharepoint.sites[0].roles[&role::READ].permissions;
    assert_eq!(others["Row"][0]["PermMask"], format!("{:#x}", read.0));
    assert_eq!(
        ask(&fixture, &app(), &view)["Row"][0]["PermMask"],
        "0x7fffffffffffffff"
    );
}

#[test]
fn people_are_arrays_and_dates_follow_the_caller_s_wish() {
    let fixture = filled();
    let xml = "<View><ViewFields><FieldRef Name='PFApplicant'/><FieldRef Name='PFDueAt'/><FieldRef Name='PFStepNo'/></ViewFields></View>";
    let shown = ask(&fixture, &app(), &json!({"ViewXml": xml}));
    let row = &shown["Row"][0];
    assert_eq!(row["PFApplicant"][0]["title"], "taro");
    assert_eq!(row["PFApplicant"][0]["id"], fixture.taro.0.to_string());
    assert_eq!(row["PFDueAt"], "12/1/2026 1:05 PM");
    assert_eq!(row["PFDueAt."], "2026-12-01T13:05:00Z");
    assert_eq!(row["PFStepNo"], "1");
    let utc = ask(&fixture, &app(), &json!({"ViewXml": xml, "DatesInUtc": true}));
    assert_eq!(utc["Row"][0]["PFDueAt"], "2026-12-01T13:05:00Z");
}

#[test]
fn next_href_leads_to_the_next_page() {
    let fixture = filled();
    let xml = "<View><RowLimit Paged='TRUE'>2</RowLimit></View>";
    let first = ask(&fixture, &app(), &json!({"ViewXml": xml, "RenderOptions": 2}));
    assert_eq!((&first["FirstRow"], &first["LastRow"]), (&json!(1), &json!(2)));
    let next = first["NextHref"].as_str().unwrap();
    assert!(next.starts_with("?Paged=TRUE&p_ID=2&PageFirstRow=3&View="));
    let second = ask(&fixture, &app(), &json!({"ViewXml": xml, "Paging": &next[1..]}));
    assert_eq!(ids(&second), ["3"]);
    assert_eq!(second["FirstRow"], 3);
    assert!(second.get("NextHref").is_none());
}

#[test]
fn the_default_view_answers_where_none_is_given() {
    let fixture = filled();
    let answer = ask(&fixture, &app(), &Value::Null);
    assert_eq!(answer["Row"][0]["LinkTitle"], "no. 1");
    assert_eq!(answer["RowLimit"], 30);
}

#[test]
fn other_render_options_are_refused_and_lines_end_with_crlf() {
    let refused = Parameters::read(&json!({"parameters": {"RenderOptions": 5707_u32}}));
    assert_eq!(refused.unwrap_err().status, 501);
    assert!(reply(&json!({"Row": []})).body.ends_with(b"\r\n}"));
}
