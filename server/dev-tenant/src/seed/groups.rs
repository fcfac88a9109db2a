//! Security groups: one for each department, some for everyday use, and the administrators of the workflow site.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::members_of;
use crate::directory::{Directory, Group, ObjectId};
use crate::world::Ids;

/// The group whose members administer and audit the workflow.
pub const ADMINISTRATORS: &str = "申請ポータル管理者";
/// Plain security groups that a form offers.
pub const EVERYDAY: [&str; 4] = [
    "全社共有フォルダー",
    "VPN 利用者",
    "営業支援システム",
    "会計システム",
];

const DEPARTMENTS: [&str; 6] = [
    "経営企画部",
    "営業部",
    "人事部",
    "経理部",
    "開発部",
    "情報システム部",
];

pub(super) fn found(directory: &mut Directory, ids: &mut Ids, now: Timestamp) {
    for department in DEPARTMENTS {
        let members = members_of(directory, department).into_iter().collect();
        add(directory, group(ids.object_id(), department, members, now));
    }
    for name in EVERYDAY {
        add(directory, group(ids.object_id(), name, BTreeSet::new(), now));
    }
    let heads = members_of(directory, "情報システム部")
        .into_iter()
        .take(2)
        .collect();
    add(directory, group(ids.object_id(), ADMINISTRATORS, heads, now));
    add(directory, distribution_list(ids.object_id(), now));
}

fn add(directory: &mut Directory, group: Group) {
    directory.groups.insert(group.id, group);
}

fn group(id: ObjectId, name: &str, members: BTreeSet<ObjectId>, now: Timestamp) -> Group {
    let nickname = format!("group-{}", id.0.simple());
    let properties =
        json!({"securityEnabled": true, "mailEnabled": false, "mailNickname": nickname, "groupTypes": []});
    Group {
        id,
        display_name: name.to_owned(),
        unique_name: None,
        properties: object(properties),
        members,
        owners: BTreeSet::new(),
        licences: BTreeMap::new(),
        licences_changed: None,
        made_by_app: false,
        team: None,
        operations: Vec::new(),
        picture: None,
        created: now,
        deleted: None,
        visible_from: now,
    }
}

/// Graph cannot change this one: Exchange owns it.
fn distribution_list(id: ObjectId, now: Timestamp) -> Group {
    let properties = json!({
        "securityEnabled": false, "mailEnabled": true, "mailNickname": "zensha", "groupTypes": [],
        "mail": "zensha@contoso.onmicrosoft.com", "proxyAddresses": ["SMTP:zensha@contoso.onmicrosoft.com"],
    });
    Group {
        properties: object(properties),
        ..group(id, "全社連絡", BTreeSet::new(), now)
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
