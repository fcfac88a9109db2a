//! Employs the staff: accounts with posts and managers, licensed but for the newest, and the sender's mailbox.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::staff::{Employee, STAFF};
use super::{SENDER, SPE_E3};
use crate::directory::{Directory, ObjectId, User};
use crate::world::Ids;

/// Posts from the top; everyone reports to the nearest one above in the department.
const RANKS: [&str; 4] = ["部長", "課長", "主任", "担当"];
const FIRST_EMPLOYEE_NUMBER: usize = 100_001;

pub(super) fn employ(directory: &mut Directory, ids: &mut Ids, domain: &str, now: Timestamp) {
    let mut hired: Vec<(ObjectId, &Employee)> = Vec::new();
    for (at, employee) in STAFF.iter().enumerate() {
        let id = ids.object_id();
        let mut user = account(id, employee, at, domain, now);
        user.manager = manager(&hired, employee);
        hired.push((id, employee));
        directory.users.insert(id, user);
    }
    let sender = mailbox(ids.object_id(), domain, now);
    directory.users.insert(sender.id, sender);
}

fn account(id: ObjectId, employee: &Employee, at: usize, domain: &str, now: Timestamp) -> User {
    let (surname, given, _, _, local, department, post) = *employee;
    let upn = format!("{local}@{domain}");
    let properties = json!({
        "surname": surname, "givenName": given, "mail": upn, "mailNickname": local, "department": department,
        "jobTitle": post, "companyName": "コントソ株式会社", "employeeId": (FIRST_EMPLOYEE_NUMBER + at).to_string(),
        "usageLocation": "JP", "preferredLanguage": "ja-JP", "userType": "Member",
        "proxyAddresses": [format!("SMTP:{upn}")],
    });
    let licensed = post != "担当" || at.is_multiple_of(2);
    User {
        licences: if licensed {
            BTreeMap::from([(SPE_E3, BTreeSet::new())])
        } else {
            BTreeMap::new()
        },
        ..person(id, &upn, &format!("{surname} {given}"), properties, now)
    }
}

/// A shared mailbox: an account nobody signs in with.
fn mailbox(id: ObjectId, domain: &str, now: Timestamp) -> User {
    let upn = format!("{SENDER}@{domain}");
    let properties = json!({
        "mail": upn, "mailNickname": SENDER, "usageLocation": "JP", "userType": "Member",
        "proxyAddresses": [format!("SMTP:{upn}")],
    });
    User {
        account_enabled: false,
        ..person(id, &upn, "申請ポータル通知", properties, now)
    }
}

fn person(id: ObjectId, upn: &str, name: &str, properties: Value, now: Timestamp) -> User {
    User {
        id,
        user_principal_name: upn.to_owned(),
        display_name: name.to_owned(),
        account_enabled: true,
        properties: match properties {
            Value::Object(properties) => properties,
            _ => Map::new(),
        },
        manager: None,
        licences: BTreeMap::new(),
        inherited: Vec::new(),
        password: None,
        created: now,
        deleted: None,
        visible_from: now,
    }
}

/// The last hired of the nearest higher post in the department; heads report to the head of the company.
fn manager(hired: &[(ObjectId, &Employee)], employee: &Employee) -> Option<ObjectId> {
    let rank = |post: &str| RANKS.iter().position(|rank| *rank == post);
    let above = hired
        .iter()
        .filter(|(_, other)| other.5 == employee.5 && rank(other.6) < rank(employee.6));
    let nearest = above.max_by_key(|(_, other)| rank(other.6));
    nearest.or(hired.first()).map(|(id, _)| *id)
}
