//! Accounts.

use dev_tenant::seed::{EVERYDAY, SPE_E3, SPE_E5};
use e2e::hire;
use serde_json::json;

use super::super::ground::OWNER;
use super::super::objects::{HOLDER, LEAVER};
use super::{Sample, about, sample};

pub(super) const SAMPLES: &[Sample] = &[
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
    )
    .asked_anew_where(|ground| {
        ground.user("naoki.kiryu", |user| {
            user.properties.insert("jobTitle".to_owned(), json!("部長代理"));
        });
    }),
    sample("user-block", |_| {}, |ground| about(ground, "shota.fujii"))
    .parked_where(|ground| ground.user("shota.fujii", |user| user.account_enabled = false)),
    sample(
        "user-allow",
        |ground| ground.user("yumi.nishikawa", |user| user.account_enabled = false),
        |ground| about(ground, "yumi.nishikawa"),
    )
    .parked_where(|ground| ground.user("yumi.nishikawa", |user| user.account_enabled = true)),
    sample("user-password", |_| {}, |ground| about(ground, "yuto.hirano"))
    .asked_anew_where(|ground| ground.reports_to("yuto.hirano", OWNER)),
    sample("user-delete", |_| {}, |ground| about(ground, "ayaka.murakami"))
    .asked_anew_where(|ground| ground.user("ayaka.murakami", |user| user.account_enabled = false)),
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
    )
    .asked_anew_where(|ground| {
        ground.user("daisuke.ando", |user| {
            user.licences.insert(SPE_E5, std::collections::BTreeSet::new());
        });
    }),
    sample(
        "user-offboard",
        |ground| {
            ground.new_list("営業の連絡", "sales-talk", true);
            ground.joined("営業の連絡", LEAVER);
        },
        |ground| {
            json!({ "user": ground.person(LEAVER), "access": ground.person(HOLDER), "forward": ground.person(HOLDER),
            "reason": "退職のため" })
        },
    )
    .asked_anew_where(|ground| ground.joined(EVERYDAY[1], LEAVER)),
];
