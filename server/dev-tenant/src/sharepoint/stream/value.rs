//! Values in a row: texts, but for people, lookups and several choices. A second member behind the name and a
//! point holds the value as machines read it.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::sharepoint::caml::cell::{Cell, Row as _};
use crate::sharepoint::caml::column::ItemRow;
use crate::sharepoint::state::field::FieldKind;
use crate::sharepoint::state::field_value::FieldValue;
use crate::sharepoint::state::ids::PrincipalId;

pub(super) fn members(row: &ItemRow<'_>, name: &str, dates_in_utc: bool) -> Vec<(String, Value)> {
    let main = |value: Value| (name.to_owned(), value);
    let extra = |suffix: &str, value: Value| (format!("{name}.{suffix}"), value);
    match (name, row.cell(name)) {
        ("UniqueId" | "GUID", Cell::Text(id)) => vec![main(json!(format!("{{{}}}", id.to_uppercase())))],
        ("Attachments", Cell::Boolean(any)) => vec![main(json!(u8::from(any).to_string()))],
        (_, Cell::Empty) => vec![main(json!(""))],
        (_, Cell::Text(text)) => match row.version.values.get(name) {
            Some(FieldValue::Url { description, .. }) => {
                vec![main(json!(text)), extra("desc", json!(description))]
            }
            _ => vec![main(json!(text))],
        },
        ("ID" | "FSObjType" | "owshiddenversion" | "_UIVersion", Cell::Number(number)) => {
            vec![main(json!(number.to_string()))]
        }
        (_, Cell::Number(number)) => {
            let text = number.to_string();
            vec![main(json!(text)), extra("", json!(text))]
        }
        (_, Cell::Boolean(yes)) => vec![
            main(json!(if yes { "Yes" } else { "No" })),
            extra("value", json!(u8::from(yes).to_string())),
        ],
        (_, Cell::DateTime(at)) => {
            let iso = at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
            let shown = if dates_in_utc {
                iso.clone()
            } else {
                local(at, date_only(row, name))
            };
            vec![main(json!(shown)), extra("", json!(iso))]
        }
        (_, Cell::Texts(texts)) => vec![main(json!(texts))],
        (_, Cell::Links(links)) => vec![main(linked(row, name, links))],
    }
}

fn date_only(row: &ItemRow<'_>, name: &str) -> bool {
    let kind = row.list.field(name).map(|field| &field.kind);
    matches!(kind, Some(FieldKind::DateTime { date_only: true }))
}

/// As a site in English (United States) and UTC shows it.
fn local(at: Timestamp, date_only: bool) -> String {
    let format = if date_only {
        "%-m/%-d/%Y"
    } else {
        "%-m/%-d/%Y %-I:%M %p"
    };
    at.to_zoned(TimeZone::UTC).strftime(format).to_string()
}

fn linked(row: &ItemRow<'_>, name: &str, links: Vec<(u32, String)>) -> Value {
    let lookup = matches!(
        row.list.field(name).map(|field| &field.kind),
        Some(FieldKind::Lookup { .. })
    );
    let users = &row.session.site().users;
    let one = |(id, title): (u32, String)| {
        if lookup {
            return json!({"lookupId": id, "lookupValue": title, "isSecretFieldValue": false});
        }
        let email = users.get(&PrincipalId(id)).map_or("", |user| user.email.as_str());
        json!({"id": id.to_string(), "title": title, "email": email, "sip": email, "picture": ""})
    };
    Value::Array(links.into_iter().map(one).collect())
}
