//! Rows that applicants write: an application for an account of the dev tenant's company.

use serde_json::{Value, json};

use crate::house::House;

/// A valid form for the account with this local part.
pub fn account(house: &House, local: &str) -> Value {
    let domain = &house.world().names.domain;
    json!({
        "lastName": "高橋", "firstName": "花", "lastNameKana": "タカハシ", "firstNameKana": "ハナ",
        "employeeNumber": "123456", "department": "営業部",
        "manager": { "upn": format!("naoki.kiryu@{domain}") },
        "startDate": day_after_tomorrow(house), "upnLocal": local,
    })
}

/// A day that is not yet over anywhere.
fn day_after_tomorrow(house: &House) -> String {
    let now = house.world().clock.now();
    let day = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    day.saturating_add(jiff::Span::new().days(2)).to_string()
}

/// The inbox row of a form; not yet applied for.
pub fn draft(form: &Value) -> Value {
    json!({
        "Title": "新規ユーザー", "PFKind": "application", "PFWorkflow": "user-create", "PFDefVersion": 1,
        "PFPayload": form.to_string(),
    })
}

/// The inbox row of a form that is applied for at once.
pub fn application(form: &Value) -> Value {
    let mut row = draft(form);
    row["PFApplicantAction"] = json!("申請");
    row
}
