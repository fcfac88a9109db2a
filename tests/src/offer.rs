//! Workflows that a test asks for in place of the shipped ones.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::house::House;

const USER_CREATE: &str = include_str!("../../manifests/workflows/user-create.json");

impl House {
    /// Offers the shipped workflow with other steps. Before `setup`.
    pub fn offer_steps(&self, steps: &[Value]) {
        self.offer(&json!({ "steps": steps }));
    }

    /// Offers the shipped workflow with other members, or with others again. Before `setup`.
    pub fn offer(&self, members: &Value) {
        let mut definition: Value = serde_json::from_str(USER_CREATE).expect("JSON");
        let changed = definition.as_object_mut().expect("members");
        changed.extend(members.as_object().expect("members").clone());
        let folder = self.folder.path().join("workflows");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("user-create.json"), definition.to_string()).expect("a definition");
        let from = "[site]\nworkflows = \"workflows\"\n";
        self.configure(|text| {
            if text.contains(from) {
                return text;
            }
            text.replace("[site]\n", from)
        });
    }

    /// Counts deadlines in this calendar.
    pub fn count_in(&self, calendar: &Value) {
        std::fs::write(self.folder.path().join("calendar.json"), calendar.to_string()).expect("a calendar");
        self.configure(|text| format!("[calendar]\nfile = \"calendar.json\"\n{text}"));
    }
}

/// The manager's approval alone, with further members.
pub fn managers_approval(more: &Value) -> Value {
    let mut approval = json!({ "assignees": [{ "from": "manager" }], "quorum": { "of": "any" } });
    let members = approval.as_object_mut().expect("members");
    members.extend(more.as_object().expect("members").clone());
    json!({
        "key": "manager", "title": { "ja": "上長承認", "en": "Manager's approval" },
        "kind": { "approval": approval },
    })
}

/// A step of any kind.
pub fn step(key: &str, title: &str, kind: &Value) -> Value {
    json!({ "key": key, "title": { "ja": title, "en": key }, "kind": kind })
}

/// An approval by these people (object ids), with further members.
pub fn approval_of(key: &str, title: &str, people: &[Uuid], more: &Value) -> Value {
    let mut approval = json!({ "assignees": named(people), "quorum": { "of": "any" } });
    let members = approval.as_object_mut().expect("members");
    members.extend(more.as_object().expect("members").clone());
    step(key, title, &json!({ "approval": approval }))
}

/// The source that names these people.
pub fn named(people: &[Uuid]) -> Value {
    json!([{ "from": "people", "people": people }])
}
