//! Rows out of a file and into one.

use forms::csv::{CsvError, CsvProblem, MAX_ROWS, Notes, fields_of, judge, read, write};
use forms::{Code, Context, Field, Language, Schema, Values, normalise};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn form() -> Schema {
    let label = |ja: &str, en: &str| json!({"ja": ja, "en": en});
    let schema = json!({"sections": [{"key": "s", "title": label("一括", "Bulk"), "fields": [
        {"key": "people", "label": label("対象者", "People"), "input": {"type": "rows", "maxRows": 1000, "fields": [
            {"key": "name", "label": label("氏名", "Name"), "required": true, "input": {"type": "text"}},
            {"key": "local", "label": label("ユーザー名", "User name"), "availability": "upn",
                "input": {"type": "text", "rule": {"name": "upnLocal"}}},
            {"key": "start", "label": label("開始日", "Start"), "input": {"type": "date", "earliest": 0}},
            {"key": "kind", "label": label("区分", "Kind"), "input": {"type": "choice", "options": [
                {"value": "staff", "label": label("社員", "Staff")}, {"value": "guest", "label": label("ゲスト", "Guest")}]}},
            {"key": "groups", "label": label("グループ", "Groups"), "input": {"type": "choices", "options": {"master": "groups"}}},
            {"key": "manager", "label": label("上長", "Manager"), "input": {"type": "person"}},
            {"key": "seats", "label": label("席", "Seats"), "input": {"type": "number", "min": -9, "max": 9}},
            {"key": "note", "label": label("備考", "Note"), "visibleWhen": "row.kind = \"guest\"", "input": {"type": "lines"}},
        ]}},
    ]}]});
    Schema::parse(&schema.to_string()).expect("a good schema")
}

fn context() -> Context {
    serde_json::from_value(json!({"today": "2026-11-24", "masters": {"groups": {"options": [
        {"value": "g1", "label": {"ja": "営業", "en": "Sales"}},
        {"value": "g2", "label": {"ja": "開発", "en": "Development"}},
    ]}}}))
    .expect("a context")
}

fn fields(schema: &Schema) -> &[Field] {
    fields_of(schema, "people").expect("rows")
}

fn rows_of(text: &str) -> Value {
    json!(read(text, fields(&form()), &context()).expect(text).rows)
}

fn with_rows(rows: &Value) -> Values {
    let values = json!({ "people": rows });
    let values: Values = serde_json::from_value(values).expect("an object");
    normalise(&form(), &values)
}

#[test]
fn a_file_is_read_by_keys_or_labels_in_any_order() {
    let expected = json!([
        {"name": "佐藤, 花子", "kind": "guest", "start": "2026-12-01", "note": "a\nb \"c\""},
        {"name": "伊藤", "kind": "staff", "seats": -5},
    ]);
    let ja = "\u{FEFF}開始日,氏名,区分,備考,席\r\n2026/12/1,\"佐藤, 花子\",ゲスト,\"a\nb \"\"c\"\"\",\r\n,伊藤,社員,,'-5\r\n,,,,\r\n";
    let keys =
        "start,name,kind,note,seats\n2026-12-01,\"佐藤, 花子\",guest,\"a\nb \"\"c\"\"\"\n\n,伊藤,Staff,,-5";
    assert_eq!(rows_of(ja), expected);
    assert_eq!(rows_of(keys), expected);
    let more = "Groups,Manager,Name\n営業; g2 ;x,sato@contoso.com,A\n";
    assert_eq!(
        rows_of(more),
        json!([{"groups": ["g1", "g2", "x"], "manager": {"upn": "sato@contoso.com"}, "name": "A"}])
    );
}

#[test]
fn a_file_that_cannot_be_read_is_told_with_line_and_column() {
    let (long, wide) = ("x".repeat(2_000_001), ",".repeat(300));
    let many = format!("name\n{}", "a\n".repeat(MAX_ROWS + 1));
    for (text, line, column, problem) in [
        ("", 1, 1, CsvProblem::NoHeader),
        ("name,nome\na,b", 1, 2, CsvProblem::UnknownColumn),
        ("name,氏名\na,b", 1, 2, CsvProblem::ColumnTwice),
        ("name,kind\n\"a\nb\",\nx,y,z", 4, 3, CsvProblem::ExtraCell),
        ("name,kind\na,b\"c", 2, 2, CsvProblem::StrayQuote),
        ("name,kind\na,\"b\"c", 2, 2, CsvProblem::StrayQuote),
        ("name,kind\r\na,\"b\r\nc", 2, 2, CsvProblem::QuoteNotClosed),
        ("name\n\u{FFFD}", 2, 1, CsvProblem::Undecodable),
        (many.as_str(), MAX_ROWS + 2, 1, CsvProblem::TooManyRows),
        (long.as_str(), 1, 1, CsvProblem::TooBig),
        (wide.as_str(), 1, 201, CsvProblem::TooManyColumns),
    ] {
        let error = read(text, fields(&form()), &context()).expect_err(text);
        assert_eq!(
            error,
            CsvError {
                line,
                column,
                problem
            },
            "{}",
            text.chars().take(30).collect::<String>()
        );
    }
}

#[test]
fn what_is_wrong_in_a_row_is_told_with_its_line() {
    let text = "name,local,start,kind,seats,note\nA,a,2026-12-01,guest,1,x\n\n,é,tomorrow,Gast,many,\nB,A,2026-11-23,staff,10,\n";
    let schema = form();
    let file = read(text, fields(&schema), &context()).expect("a file");
    assert_eq!(file.lines, [2, 4, 5]);
    let issues = judge(&schema, "people", &with_rows(&json!(file.rows)), &context());
    let told: Vec<_> = issues
        .iter()
        .map(|issue| (issue.field.as_str(), issue.code))
        .collect();
    assert_eq!(
        told,
        [
            ("people[1].name", Code::Required),
            ("people[1].local", Code::NotUpnLocal),
            ("people[1].start", Code::NotDate),
            ("people[1].kind", Code::UnknownChoice),
            ("people[1].seats", Code::WrongType),
            ("people[2].start", Code::TooEarly),
            ("people[2].seats", Code::TooLarge),
            ("people[2].local", Code::Duplicate),
        ]
    );
}

#[test]
fn a_template_names_the_columns_and_a_formula_is_not_run() {
    let schema = form();
    assert_eq!(
        write([], fields(&schema), &context().masters, Language::Ja, &[]),
        "\u{FEFF}氏名,ユーザー名,開始日,区分,グループ,上長,席,備考\r\n"
    );
    let row = json!({"name": "=HYPERLINK(\"x\")", "local": "-a", "kind": "guest", "groups": ["g1", "g2"], "seats": -1, "note": "＝1"});
    let row = row.as_object().expect("an object");
    let text = write([row], fields(&schema), &context().masters, Language::En, &[]);
    let line = text.lines().nth(1).expect("a row");
    assert_eq!(
        line,
        "\"'=HYPERLINK(\"\"x\"\")\",'-a,,Guest,Sales;Development,,'-1,'＝1"
    );
    assert_eq!(rows_of(&text), json!([row]));
}

#[test]
fn f10_notes_are_for_people_and_are_not_read_again() {
    let schema = form();
    let row = json!({"name": "伊藤", "kind": "staff"});
    let notes = Notes {
        name: "結果".to_owned(),
        cells: vec!["=失敗".to_owned()],
    };
    let rows = [row.as_object().expect("an object")];
    let text = write(rows, fields(&schema), &context().masters, Language::Ja, &[notes]);
    let mut lines = text.lines();
    assert!(lines.next().is_some_and(|header| header.ends_with(",備考,※結果")));
    assert!(
        lines.next().is_some_and(|line| line.ends_with(",'=失敗")),
        "not run"
    );
    assert_eq!(rows_of(&text), json!([row]));
}

#[test]
fn a_thousand_rows_are_read_and_judged() {
    let line = |at: usize| {
        format!(
            "社員 {at},user{at},2026/12/{},社員,営業;開発,boss@contoso.com,3,\n",
            at % 28 + 1
        )
    };
    let header = "name,local,start,kind,groups,manager,seats,note\n".to_owned();
    let text = (0..MAX_ROWS).fold(header, |text, at| text + &line(at));
    let schema = form();
    let file = read(&text, fields(&schema), &context()).expect("a file");
    assert_eq!(file.rows.len(), MAX_ROWS);
    assert_eq!(
        judge(&schema, "people", &with_rows(&json!(file.rows)), &context()),
        []
    );
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(names in prop::collection::vec("['=+@\\-\t,\"\r\n;a-z あ＝]{1,8}|\\PC{1,8}", 1..5)) {
        let schema = form();
        let rows: Vec<Map<String, Value>> = names
            .iter()
            .filter(|name| !name.trim().is_empty() && !name.contains('\u{FFFD}'))
            .map(|name| Map::from_iter([("name".to_owned(), json!(name)), ("kind".to_owned(), json!("guest"))]))
            .collect();
        let text = write(&rows, fields(&schema), &context().masters, Language::Ja, &[]);
        let read = read(&text, fields(&schema), &context()).expect("our own file");
        prop_assert_eq!(read.rows, rows);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(name|kind|,|\"|\r|\n|'|=|a|\\PC){0,60}") {
        let _ = read(&text, fields(&form()), &context());
    }
}
