//! 操作: what a person asks of an application through a row of the inbox, and what the row answers.

use serde_json::{Value, json};

use crate::house::House;
use crate::person::Person;
use crate::rows::INBOX;
use crate::scene::until;

/// A row that asks for `action`; `more` are further columns.
pub fn row(number: &str, action: &str, more: &Value) -> Value {
    let mut row =
        json!({ "Title": action, "PFKind": "act", "PFApplicantAction": action, "PFNumber": number });
    if let (Some(row), Some(more)) = (row.as_object_mut(), more.as_object()) {
        row.extend(more.clone());
    }
    row
}

/// Asks, and waits for the answer: the state's code, or the code of why it was refused.
pub async fn ask(house: &House, by: &Person, number: &str, action: &str, more: &Value) -> String {
    let row = by.add(INBOX, &row(number, action, more)).await;
    let answered = |row: &Value| !row["PFStatus"].is_null() || !row["PFIssues"].is_null();
    let row = until(house, by, (INBOX, row), answered).await;
    if let Some(state) = row["PFStatus"].as_str() {
        return state.to_owned();
    }
    let issues = row["PFIssues"].as_str().expect("issues");
    let issues: Value = serde_json::from_str(issues).expect("JSON");
    issues[0]["code"].as_str().expect("a code").to_owned()
}

/// Why somebody asks.
pub fn because(reason: &str) -> Value {
    json!({ "PFDecisionComment": reason })
}
