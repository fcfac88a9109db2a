//! An index changes how an answer is found, never the answer.

use serde_json::{Value, json};

use super::harness::{House, MORI, SATO, app, house};

const LIST: &str = "web/lists/getbytitle('Things')";
const COLUMNS: [&str; 4] = ["PFText", "PFNumber", "PFDate", "PFPerson"];

fn made() -> House {
    let house = house();
    house.list("Things");
    for (name, kind) in COLUMNS.into_iter().zip(["Text", "Number", "DateTime", "User"]) {
        let schema = format!("<Field Type='{kind}' Name='{name}' DisplayName='{name}'/>");
        let body = json!({"parameters": {"SchemaXml": schema, "Options": 8}});
        assert_eq!(
            house
                .post(&app(), &format!("{LIST}/fields/createfieldasxml"), &body)
                .status,
            200
        );
    }
    let people = [house.ensure(MORI), house.ensure(SATO)];
    for number in 0_u32..40 {
        let person = people[number as usize % 2];
        let body = json!({
            "Title": format!("no. {number}"),
            "PFText": (number % 3 != 0).then(|| format!("Kind {}", number % 5)),
            "PFNumber": (number % 4 != 0).then(|| f64::from(number) / 2.0 - 5.0),
            "PFDate": (number % 7 != 0).then(|| format!("2026-11-{:02}T{:02}:30:00Z", number % 28 + 1, number % 24)),
            "PFPersonId": (number % 6 != 0).then_some(person),
        });
        assert_eq!(house.post(&app(), &format!("{LIST}/items"), &body).status, 201);
    }
    house
}

/// Where `{mori}` stands for a person's number.
const FILTERS: [&str; 21] = [
    "PFText eq 'KIND 2'",
    "PFText eq null",
    "PFText ne 'Kind 2'",
    "'Kind 1' eq PFText",
    "PFNumber gt 3",
    "3.5 ge PFNumber",
    "PFNumber eq null",
    "PFNumber eq -4.5",
    "PFNumber lt 0 and PFText eq 'Kind 1'",
    "PFNumber gt 8 or PFText eq 'Kind 4'",
    "PFDate ge datetime'2026-11-10T10:00:00Z'",
    "PFDate lt '2026-11-05T00:00:00Z'",
    "PFDate eq datetime'2026-11-02T01:30:00Z'",
    "not (PFText eq 'Kind 2')",
    "startswith(PFText,'Kind')",
    "ID gt 30 and PFText eq 'Kind 2'",
    "ID eq 3 or ID eq 39",
    "ID le 5",
    "Id ge 10 and Id lt 12",
    "PFText eq 'Kind 3' or ID eq 1",
    "PFPersonId eq {mori}",
];

/// The numbers that every filter finds, by OData and by CAML.
fn answers(house: &House) -> Vec<Vec<u64>> {
    let mori = house.ensure(MORI);
    let compare = |operator: &str, field: &str, kind: &str, value: &str| {
        format!("<{operator}><FieldRef Name='{field}'/><Value Type='{kind}'>{value}</Value></{operator}>")
    };
    let wheres = [
        compare("Eq", "PFText", "Text", "kind 2"), compare("Neq", "PFText", "Text", "Kind 2"), compare("BeginsWith", "PFText", "Text", "kind"),
        compare("Geq", "PFNumber", "Number", "3"), compare("Lt", "PFNumber", "Number", "-1"), compare("Eq", "PFDate", "DateTime", "2026-11-09T00:00:00Z"),
        compare("Gt", "PFDate", "DateTime", "2026-11-20T12:00:00Z"), compare("Eq", "PFPerson", "Integer", &mori.to_string()),
        compare("Eq", "PFPerson", "Text", MORI), compare("Leq", "ID", "Counter", "4"),
        "<IsNull><FieldRef Name='PFText'/></IsNull>".to_owned(), "<IsNotNull><FieldRef Name='PFNumber'/></IsNotNull>".to_owned(),
        "<In><FieldRef Name='PFText'/><Values><Value Type='Text'>Kind 1</Value><Value Type='Text'>KIND 4</Value></Values></In>".to_owned(),
        format!("<And>{}{}</And>", compare("Eq", "PFText", "Text", "Kind 2"), compare("Gt", "PFNumber", "Number", "2")),
        format!("<Or>{}{}</Or>", compare("Eq", "PFText", "Text", "Kind 2"), compare("Lt", "ID", "Counter", "3")),
    ];
    let ids = |answer: &[Value]| answer.iter().map(|item| item["Id"].as_u64().unwrap()).collect();
    let odata = FILTERS.iter().map(|filter| {
        let filter = filter.replace("{mori}", &mori.to_string());
        ids(house
            .get(&app(), &format!("{LIST}/items?$select=Id&$filter={filter}"))
            .values())
    });
    let caml = wheres.iter().map(|filter| {
        let view = format!("<View><Query><Where>{filter}</Where></Query></View>");
        ids(house
            .post(
                &app(),
                &format!("{LIST}/GetItems"),
                &json!({"query": {"ViewXml": view}}),
            )
            .values())
    });
    odata.chain(caml).collect()
}

#[test]
fn an_index_finds_what_a_scan_finds_also_after_changes() {
    let house = made();
    let scanned = answers(&house);
    assert!(
        scanned.iter().all(|found| !found.is_empty() && found.len() < 40),
        "{scanned:?}"
    );
    let index = |on: bool| {
        for name in COLUMNS {
            let field = format!("{LIST}/fields/getbyinternalnameortitle('{name}')");
            assert_eq!(
                house.merge(&app(), &field, "*", &json!({"Indexed": on})).status,
                204
            );
        }
    };
    index(true);
    assert_eq!(answers(&house), scanned);
    for id in [3, 8, 21] {
        let body = json!({"PFText": "Kind 2", "PFNumber": null, "PFDate": "2026-11-09T23:59:59Z"});
        assert_eq!(
            house
                .merge(&app(), &format!("{LIST}/items({id})"), "*", &body)
                .status,
            204
        );
    }
    house.send(
        &app(),
        "DELETE",
        &format!("{LIST}/items(9)"),
        &[("if-match", "*")],
        "",
    );
    let indexed = answers(&house);
    assert_ne!(indexed, scanned);
    index(false);
    assert_eq!(answers(&house), indexed);
}
