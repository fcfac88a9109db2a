//! The CSV file: written as people write it, judged on the shell, and read as the form reads it.

use std::collections::BTreeMap;
use std::fmt::Write;

use dev_tenant::seed::EVERYDAY;
use dev_tenant::sharepoint::state::field_value::FieldValue;
use dev_tenant::sharepoint::state::item::Item;
use e2e::bulk;
use e2e::hire;
use e2e::house::House;
use e2e::rows::{self, DEFINITIONS};
use forms::{Context, Schema, csv};
use serde_json::Value;

const USERS_CREATE: &str = include_str!("../../../manifests/workflows/users-create.json");
const HEADINGS: &str = "姓,名,社員番号,部署,役職,上長,ユーザー名,ライセンス,所属グループ";
const LICENCE: &str = "Microsoft 365 E3";
const MANAGERS: [&str; 2] = ["naoki.kiryu", hire::MANAGER];
/// Of everybody, as the form offers them.
pub(crate) const GROUPS: [&str; 2] = [EVERYDAY[0], EVERYDAY[1]];

pub(crate) fn write(house: &House, rows: usize) -> String {
    let domain = &house.world().names.domain;
    let mut text = format!("{HEADINGS}\r\n");
    for number in 1..=rows {
        let (manager, name) = (MANAGERS[number % MANAGERS.len()], bulk::local(number));
        let groups = GROUPS.join(";");
        write!(
            text,
            "高橋,花{number},{number:06},営業部,主任,{manager}@{domain},{name},{LICENCE},{groups}\r\n"
        )
        .expect("a text");
    }
    text
}

/// The rows, in which nothing is wrong.
pub(crate) fn read(house: &House, text: &str) -> Vec<Value> {
    judged(house, text);
    let definition: Value = serde_json::from_str(USERS_CREATE).expect("JSON");
    let schema: Schema = serde_json::from_value(definition["form"].clone()).expect("a form");
    let context = Context {
        today: "2026-01-01".parse().expect("a day"),
        masters: masters(house),
        naming: forms::HouseNaming::default(),
    };
    let fields = csv::fields_of(&schema, "people").expect("rows");
    let read = csv::read(text, fields, &context).expect("a readable file");
    read.rows.into_iter().map(Value::Object).collect()
}

fn judged(house: &House, text: &str) {
    let path = house.folder.path().join("intake.csv");
    std::fs::write(&path, text).expect("a file");
    let path = path.to_str().expect("a readable path");
    let checked = house.run(&["csv", "check", "--workflow", "users-create", path]);
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    let said: Vec<&str> = said.lines().filter(|line| !line.contains("申請理由")).collect();
    assert!(
        said.iter().all(|line| line.contains("row(s)")),
        "nothing is wrong with the rows: {said:#?}"
    );
}

/// What the form offers, as the site shows it.
fn masters(house: &House) -> BTreeMap<String, forms::Master> {
    let tenant = house.world().tenant();
    let word = |item: &Item, column: &str| match item.value(column) {
        Some(FieldValue::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let masters = rows::items(&tenant, DEFINITIONS).filter(|item| word(item, "PFKind") == "master");
    masters
        .map(|item| {
            let body = serde_json::from_str(&word(item, "PFBody")).expect("a master");
            (word(item, "Title"), body)
        })
        .collect()
}
