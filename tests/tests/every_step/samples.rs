//! One wish for each workflow of `manifests/workflows`, about an object of its own, that makes a plan with as many of
//! the workflow's kinds of step as fit into one.

use dev_tenant::seed::{EVERYDAY, SPE_E3, SPE_E5};
use serde_json::{Value, json};

use super::ground::Ground;
use e2e::hire;

pub(crate) struct Sample {
    /// Key of the workflow.
    pub(crate) workflow: &'static str,
    /// What must be in the tenant before anybody asks.
    pub(crate) equip: fn(&Ground<'_>),
    /// The form.
    pub(crate) wish: fn(&Ground<'_>) -> Value,
}

const fn sample(workflow: &'static str, equip: fn(&Ground<'_>), wish: fn(&Ground<'_>) -> Value) -> Sample {
    Sample {
        workflow,
        equip,
        wish,
    }
}

/// They own what is there, and what is made.
const OWNER: &str = "mai.noguchi";
const NEXT_OWNER: &str = "mari.komatsu";
const MEMBER: &str = "rina.fukuda";
const NEXT_MEMBER: &str = "jun.arai";

/// Groups of the tenant, each for one sample.
const CHANGED_GROUP: &str = EVERYDAY[2];
const DELETED_GROUP: &str = EVERYDAY[3];
const CHANGED_TEAM: &str = "経理部";
const DELETED_TEAM: &str = "人事部";
const CHANGED_LIST: &str = "全社連絡";
const DELETED_LIST: &str = "全社連絡（旧）";

pub(crate) const SAMPLES: &[Sample] = &[
    sample(
        "user-create",
        |_| {},
        |ground| hire::form(ground.house, "hana.takahashi"),
    ),
    sample(
        "users-create",
        |_| {},
        |ground| {
            let row = |number: usize| {
                json!({ "lastName": "高橋", "firstName": format!("花{number}"), "employeeNumber": format!("{number:06}"),
                "department": "営業部", "upnLocal": format!("bulk{number}"),
                "licence": SPE_E3.to_string(), "groups": [ground.group(EVERYDAY[0])] })
            };
            json!({ "startDate": hire::first_day(ground.house), "managers": "same", "manager": ground.person(OWNER),
            "reason": "新入社員の入社", "people": [row(1), row(2)] })
        },
    ),
    sample(
        "user-change",
        |ground| {
            ground.user("naoki.kiryu", |user| {
                let organisation = json!({ "division": "東", "costCenter": "K1" });
                user.properties.insert("employeeOrgData".to_owned(), organisation);
            });
        },
        |ground| {
            json!({ "user": ground.person("naoki.kiryu"), "reason": "人事異動のため",
                "items": ["name", "department", "post", "manager", "office", "phone", "mobile", "employee", "cost"],
                "lastName": "桐生", "firstName": "尚樹", "department": "開発部", "post": "課長",
                "manager": ground.person(OWNER), "office": "東京", "phone": "03-0000-0000", "mobile": "090-0000-0000",
                "employeeNumber": "654321" })
        },
    ),
    sample("user-block", |_| {}, |ground| about(ground, "shota.fujii")),
    sample(
        "user-allow",
        |ground| ground.user("yumi.nishikawa", |user| user.account_enabled = false),
        |ground| about(ground, "yumi.nishikawa"),
    ),
    sample("user-delete", |_| {}, |ground| about(ground, "ayaka.murakami")),
    sample(
        "user-licences",
        |ground| {
            ground.user("daisuke.ando", |user| {
                user.licences = [(SPE_E3, std::collections::BTreeSet::new())].into();
            });
        },
        |ground| {
            let mut form = about(ground, "daisuke.ando");
            form["add"] = json!([SPE_E5.to_string()]);
            form["remove"] = json!([SPE_E3.to_string()]);
            form
        },
    ),
    sample(
        "group-create",
        |_| {},
        |ground| new(ground, "新製品プロジェクト", "new-product"),
    ),
    sample(
        "group-change",
        |ground| ground.owned(CHANGED_GROUP, OWNER, MEMBER),
        |ground| changed(ground, "group", CHANGED_GROUP, "営業支援"),
    ),
    sample(
        "group-delete",
        |ground| ground.owned(DELETED_GROUP, OWNER, MEMBER),
        |ground| gone(ground, "group", DELETED_GROUP),
    ),
    sample(
        "m365-group-create",
        |_| {},
        |ground| new_unified(ground, "新製品チーム", "new-product-team"),
    ),
    sample(
        "m365-group-change",
        |ground| ground.unified(CHANGED_TEAM, "accounting", OWNER, MEMBER),
        |ground| changed(ground, "group", CHANGED_TEAM, "経理財務部"),
    ),
    sample(
        "m365-group-delete",
        |ground| ground.unified(DELETED_TEAM, "people", OWNER, MEMBER),
        |ground| gone(ground, "group", DELETED_TEAM),
    ),
    sample(
        "team-create",
        |_| {},
        |ground| new_unified(ground, "新製品の会議", "new-product-talk"),
    ),
    sample(
        "list-create",
        |_| {},
        |ground| {
            json!({ "name": "営業部全員", "alias": "sales-all", "outside": "closed", "reason": "連絡のため",
            "owners": [ground.person(OWNER)], "members": [ground.person(NEXT_MEMBER), ground.person("kei.morita")] })
        },
    ),
    sample(
        "list-change",
        |ground| ground.owned(CHANGED_LIST, OWNER, MEMBER),
        |ground| {
            let mut form = changed(ground, "list", CHANGED_LIST, "全社員連絡");
            form["items"] = json!(["name", "outside", "owners", "members"]);
            form["outside"] = json!("open");
            form.as_object_mut().expect("a form").remove("description");
            form
        },
    ),
    sample(
        "list-delete",
        |ground| {
            ground.copied(CHANGED_LIST, DELETED_LIST, "zensha-old");
            ground.owned(DELETED_LIST, OWNER, MEMBER);
        },
        |ground| gone(ground, "list", DELETED_LIST),
    ),
];

fn about(ground: &Ground<'_>, local: &str) -> Value {
    json!({ "user": ground.person(local), "reason": "人事異動のため" })
}

fn new(ground: &Ground<'_>, name: &str, nickname: &str) -> Value {
    json!({ "name": name, "nickname": nickname, "description": "新製品の準備", "reason": "新製品のため",
        "owners": [ground.person(OWNER), ground.person(NEXT_OWNER)],
        "members": [ground.person(MEMBER), ground.person("kei.morita")] })
}

/// The same of Microsoft 365.
fn new_unified(ground: &Ground<'_>, name: &str, nickname: &str) -> Value {
    let mut form = new(ground, name, nickname);
    form["visibility"] = json!("private");
    form
}

fn changed(ground: &Ground<'_>, field: &str, name: &str, becomes: &str) -> Value {
    json!({ field: ground.group(name), "items": ["name", "description", "owners", "members"],
        "reason": "組織変更のため", "name": becomes, "description": "新しい説明",
        "addOwners": [ground.person(NEXT_OWNER)], "removeOwners": [ground.person(OWNER)],
        "addMembers": [ground.person(NEXT_MEMBER)], "removeMembers": [ground.person(MEMBER)] })
}

fn gone(ground: &Ground<'_>, field: &str, name: &str) -> Value {
    json!({ field: ground.group(name), "reason": "使わなくなったため" })
}
