//! One bulk application: many accounts by one approval.

use std::collections::{BTreeMap, BTreeSet};

use dev_tenant::seed::EVERYDAY;
use openssl::sha::sha256;
use serde_json::{Value, json};

use crate::hire::{self, APPLICANT, MANAGER, VOTERS};
use crate::house::House;
use crate::person::Person;
use crate::rows::{self, APPLICATIONS, INBOX};
use crate::watch::Watch;

/// More rows than this are asked of everybody in Information Systems.
const SMALL: usize = 100;
pub const THIRD_VOTER: &str = "kaori.uchida";

/// The local part of the user principal name of a row, from 1.
pub fn local(number: usize) -> String {
    format!("bulk{number:04}")
}

/// A good row.
pub fn row(house: &House, number: usize) -> Value {
    let domain = &house.world().names.domain;
    let mut row = json!({
        "lastName": "高橋", "firstName": format!("花{number}"), "employeeNumber": format!("{number:06}"),
        "department": "営業部", "manager": { "upn": format!("naoki.kiryu@{domain}") }, "upnLocal": local(number),
    });
    if number % 5 == 1 {
        row["groups"] = json!([house.group(EVERYDAY[0])]);
    }
    row
}

/// The form around rows.
pub fn form(house: &House, people: &Value) -> Value {
    json!({
        "startDate": hire::first_day(house), "managers": "each", "reason": "新入社員の入社", "people": people,
    })
}

fn inbox_row(form: &Value) -> Value {
    json!({
        "Title": "アカウント一括作成", "PFKind": "application", "PFWorkflow": "users-create", "PFDefVersion": 1,
        "PFPayload": form.to_string(),
    })
}

/// Submits rows that stand in the form itself; the number of the inbox row.
pub async fn submit(house: &House, people: Vec<Value>) -> i64 {
    let applicant = Person::sign_in(house, APPLICANT).await;
    let mut row = inbox_row(&form(house, &Value::Array(people)));
    row["PFApplicantAction"] = json!("申請");
    applicant.add(INBOX, &row).await
}

/// The same with the rows in a file, as a web part does for many: attached first, then named by its hash.
pub async fn submit_file(house: &House, people: &[Value]) -> i64 {
    submit_file_with(house, people, &[]).await
}

/// The same, and fields of these names, of which the form knows nothing, name the file too.
pub async fn submit_file_with(house: &House, people: &[Value], invented: &[String]) -> i64 {
    let applicant = Person::sign_in(house, APPLICANT).await;
    let content = json!(people).to_string();
    let hash = hex(&sha256(content.as_bytes()));
    let file = format!("people.{}.rows.json", &hash[..16]);
    let row = applicant.add(INBOX, &inbox_row(&json!({}))).await;
    applicant.attach(INBOX, row, &file, &content).await;
    let reference = json!({ "file": file, "sha256": hash, "rows": people.len() });
    let mut form = form(house, &reference);
    for name in invented {
        form[name] = reference.clone();
    }
    let applied = json!({ "PFPayload": form.to_string(), "PFApplicantAction": "申請" });
    let status = applicant.change(INBOX, row, &applied).await;
    assert!(status.is_success(), "{status}");
    row
}

fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default();
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(digit).collect()
}

/// Everybody agrees.
pub async fn agree(watch: &mut Watch, rows: usize) {
    watch
        .until("the manager is asked", |tenant| hire::is_at(tenant, "上長承認"))
        .await;
    hire::agree(watch, MANAGER).await;
    let (step, third) = if rows > SMALL {
        ("情報システム部 全員合議", Some(THIRD_VOTER))
    } else {
        ("情報システム部 合議", None)
    };
    watch
        .until("Information Systems are asked", |tenant| {
            hire::is_at(tenant, step)
        })
        .await;
    for voter in VOTERS.into_iter().chain(third) {
        hire::agree(watch, voter).await;
    }
}

/// Until the row of the inbox shows this state.
pub async fn until_state(watch: &mut Watch, row: i64, code: &str) {
    watch
        .until(code, |tenant| rows::text(tenant, INBOX, row, "PFStatus") == code)
        .await;
}

/// The number of the first application.
pub fn number(house: &House) -> String {
    rows::text(&house.world().tenant(), APPLICATIONS, 1, "PFNumber")
}

/// What an administrator does to it on the shell; what the command says.
pub fn administer(house: &House, administrator: &str, deed: &[&str]) -> String {
    let operator = format!("{administrator}@{}", house.world().names.domain);
    let number = number(house);
    let mut arguments = vec!["applications", "--application", &number, "--as", &operator];
    arguments.extend(deed);
    let done = house.run(&arguments);
    assert!(done.status.success(), "{done:?}");
    String::from_utf8_lossy(&done.stdout).trim().to_owned()
}

/// A row of the inbox that follows another application.
pub fn following(original: &str, link: &str) -> Value {
    let mut row = inbox_row(&json!({}));
    row["PFApplicantAction"] = json!("申請");
    row["PFOriginal"] = json!(original);
    row["PFLink"] = json!(link);
    row
}

/// Which of the rows' names belong to somebody.
pub fn standing(house: &House, rows: usize) -> Vec<String> {
    let tenant = house.world().tenant();
    let users = tenant.directory.users.values();
    let names: BTreeSet<&str> = users
        .filter_map(|user| user.user_principal_name.split('@').next())
        .collect();
    let ours = (1..=rows).map(local);
    ours.filter(|name| names.contains(name.as_str())).collect()
}

/// How often each account was deleted by the product, by object id.
pub fn deleted(house: &House) -> BTreeMap<String, usize> {
    let mut deleted = BTreeMap::new();
    for effect in house.effects() {
        if let Some(id) = effect.key.strip_prefix("graph:delete:user:") {
            *deleted.entry(id.to_owned()).or_default() += 1;
        }
    }
    deleted
}

/// What the sealed item says of the rows.
pub fn result(house: &House) -> String {
    rows::text(&house.world().tenant(), APPLICATIONS, 1, "PFExecResult")
}

/// How often the accounts of these rows were made, by name.
pub fn created(house: &House, rows: usize) -> BTreeMap<String, usize> {
    let mut created: BTreeMap<String, usize> = (1..=rows).map(|number| (local(number), 0)).collect();
    for effect in house.effects() {
        if let Some(upn) = effect.key.strip_prefix("graph:create:user:") {
            let name = upn.split('@').next().unwrap_or_default();
            *created.entry(name.to_owned()).or_default() += 1;
        }
    }
    created
}
