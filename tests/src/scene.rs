//! One application among people who are signed in: the words in which scenarios are told.

pub mod cast;

use std::time::Duration;

use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::forms;
use crate::house::{House, pause};
use crate::person::{Person, list_path};
use crate::post::mails;
use crate::rows::{APPLICATIONS, INBOX};

pub const MANAGERS_STEP: &str = "上長承認";
pub const IT_STEP: &str = "情報システム部 合議";
/// Looked at this often, so many times at most.
const LOOK: Duration = Duration::from_millis(200);
const LOOKS: u32 = 400;

/// Reads until what is read is as wanted.
pub async fn until(
    house: &House,
    by: &Person,
    (list, item): (&str, i64),
    wanted: impl Fn(&Value) -> bool,
) -> Value {
    let mut seen = Value::Null;
    for _ in 0..LOOKS {
        match by.read(list, item).await {
            Ok(row) if wanted(&row) => return row,
            Ok(row) => seen = row,
            Err(status) => seen = json!(status.as_u16()),
        }
        pause(LOOK).await;
    }
    panic!("it stays so: {seen}\n{}", house.log());
}

/// Until somebody may no longer read an application.
pub async fn until_shut_out(house: &House, who: &Person, item: i64) {
    for _ in 0..LOOKS {
        if is_shut_out(who, item).await {
            return;
        }
        pause(LOOK).await;
    }
    panic!("he still reads it\n{}", house.log());
}

pub async fn is_shut_out(who: &Person, item: i64) -> bool {
    let refused = who.read(APPLICATIONS, item).await.err();
    refused.is_some_and(|status| [401, 403, 404].contains(&status.as_u16()))
}

/// Object ids of the people who have rights on an application's item, as its owner sees them.
pub async fn holders(owner: &Person, item: i64) -> Vec<String> {
    let path = format!(
        "{}/items({item})/roleassignments?$expand=Member",
        list_path(APPLICATIONS)
    );
    let (status, found) = owner.send(Method::GET, &path, &[], None).await;
    let assignments = found["value"].as_array();
    let assignments = assignments.unwrap_or_else(|| panic!("{status}: {found}"));
    let id = |assignment: &Value| match &assignment["Member"]["AadObjectId"] {
        Value::String(id) => Some(id.clone()),
        named => named["NameId"].as_str().map(str::to_owned),
    };
    assignments.iter().filter_map(id).collect()
}

/// Until a mail of this subject lies in somebody's mailbox; its texts.
pub async fn until_told(house: &House, to: &Person, subject: &str) -> Vec<String> {
    for _ in 0..LOOKS {
        let found = mails(house, to, subject);
        if !found.is_empty() {
            return found;
        }
        pause(LOOK).await;
    }
    panic!("nobody was told {subject}\n{}", house.log());
}

/// Hands in a row of the inbox that is ready, or adds one; the numbers of row and item, once `approver` is asked.
pub async fn apply(house: &House, applicant: &Person, approver: &Person, local: &str) -> (i64, i64) {
    let form = forms::account(house, local);
    let row = applicant.add(INBOX, &forms::application(&form)).await;
    (row, item_of(house, applicant, approver, row).await)
}

/// The item of a row, once `approver` can read it.
pub async fn item_of(house: &House, applicant: &Person, approver: &Person, row: i64) -> i64 {
    let row = until(house, applicant, (INBOX, row), |row| row["PFStatus"] == "IA").await;
    let number = row["PFNumber"].as_str().expect("a number");
    let path = format!(
        "{}/items?$select=Id&$filter=PFNumber eq '{number}'",
        list_path(APPLICATIONS)
    );
    for _ in 0..LOOKS {
        let (_, found) = approver.send(Method::GET, &path, &[], None).await;
        if let Some(id) = found["value"][0]["Id"].as_i64() {
            return id;
        }
        pause(LOOK).await;
    }
    panic!("the approver sees no {number}\n{}", house.log());
}

/// A decision for the step that an item shows.
pub fn approval(item: &Value, by: &Person) -> Value {
    let token = item["PFStepToken"].as_str().expect("a step token");
    json!({ "PFDecision": "承認", "PFDecisionFor": format!("{token}:{}", by.id) })
}

/// Votes once the step is asked and its assignee is let in.
pub async fn vote(house: &House, by: &Person, item: i64, step: &str) {
    let asked = until(house, by, (APPLICATIONS, item), |row| row["PFStepName"] == step).await;
    for _ in 0..LOOKS {
        if try_vote(by, item, &asked).await.is_success() {
            return;
        }
        pause(LOOK).await;
    }
    panic!("he may not vote\n{}", house.log());
}

pub async fn try_vote(by: &Person, item: i64, asked: &Value) -> StatusCode {
    by.change(APPLICATIONS, item, &approval(asked, by)).await
}

/// Time passes until the product asks the directory again.
pub fn a_while(house: &House) {
    let pass = house.tenant.advance(SignedDuration::from_mins(4));
    pass.expect("the clock's file");
}
