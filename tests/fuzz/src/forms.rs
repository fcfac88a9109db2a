//! Rows that people keep in files, and conditions that administrators write.

use std::collections::BTreeMap;

use forms::condition::{Fact, Facts, Vocabulary};
use forms::{Condition, Context, Date, Formula, Language, Schema, Values, csv, read_rows, rows_files};
use serde_json::{Map, Value, json};

use crate::{first_line, text};

/// The field of rows and its form.
const ROWS: &str = "people";
const SCHEMA: &str = include_str!("../rows.json");
const ALL: &str = include_str!("../schema.json");

fn today() -> Date {
    "2026-04-01".parse().expect("a date")
}

/// A file as a spreadsheet saves it.
pub(super) fn csv(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    if let Ok(table) = csv::read_table(text) {
        let names = table.iter().flat_map(Map::keys);
        assert!(
            names
                .into_iter()
                .all(|name| name.trim() == name && !name.is_empty())
        );
    }
    let schema = Schema::parse(SCHEMA).expect("the schema is good");
    let fields = csv::fields_of(&schema, ROWS).expect("a field of rows");
    let context = Context {
        today: today(),
        masters: BTreeMap::new(),
        naming: forms::HouseNaming::default(),
    };
    let Ok(read) = csv::read(text, fields, &context) else {
        return;
    };
    assert_eq!(read.rows.len(), read.lines.len());
    assert!(read.rows.len() <= csv::MAX_ROWS);
    assert!(read.lines.is_sorted_by(|line, next| line < next));
    let is_field = |key: &String| fields.iter().any(|field| field.key.as_str() == key);
    assert!(read.rows.iter().flat_map(Map::keys).all(is_field));
    for language in [Language::Ja, Language::En] {
        drop(csv::write(&read.rows, fields, &context.masters, language, &[]));
    }
    let rows: Value = read.rows.into_iter().map(Value::Object).collect();
    if let Ok(values) = Values::parse(&json!({ ROWS: rows }).to_string()) {
        drop(csv::judge(&schema, ROWS, &values, &context));
    }
}

/// A form whose rows stand in a file on the first line, and the file behind it.
pub(super) fn rows_file(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let (form, file) = first_line(text);
    let Ok(values) = Values::parse(form) else { return };
    for (key, announced) in rows_files(&values) {
        assert!(values.get(&key).is_some());
        let Some(rows) = read_rows(&announced, file.as_bytes()) else {
            continue;
        };
        let rows = rows.as_array().expect("rows");
        assert!(rows.len() == announced.rows && rows.iter().all(Value::is_object));
    }
}

/// One value of each type, by its name.
struct Known;

impl Facts for Known {
    fn value(&self, _root: &str, key: &str) -> Fact<'_> {
        match key {
            "kind" | "name" => Fact::from("temporary"),
            "days" => Fact::from(i64::MAX),
            "flag" => Fact::from(true),
            "start" => Fact::from(today()),
            "groups" => Fact::List(vec!["a".into(), "b".into()]),
            "rows" => Fact::Rows(usize::MAX),
            _ => Fact::Absent,
        }
    }

    fn today(&self) -> Date {
        today()
    }
}

/// What was read is written so that it is read again, and answers whatever it is held against.
pub(super) fn condition(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let schema = Schema::parse(ALL).expect("the schema is good");
    let vocabulary = Vocabulary::of(&schema);
    if let Ok(condition) = Condition::parse(text) {
        let again = Condition::parse(&condition.to_string());
        assert_eq!(again.as_ref(), Ok(&condition));
        let holds = condition.holds(&Known);
        assert_eq!(again.map(|again| again.holds(&Known)), Ok(holds));
        drop(condition.check(&vocabulary));
        condition.names();
    }
    if let Ok(formula) = Formula::parse(text) {
        assert_eq!(Formula::parse(&formula.to_string()).as_ref(), Ok(&formula));
        drop(formula.value(&Known));
    }
}
