//! The way back from a plan leads exactly to what stood there before, and says what it cannot bring back.

use forms::Language;
use provision::{
    AccountKey, AccountPlan, AccountStep, Assignment, Change, Executed, Former, Given, Licence, Lost,
    NewAccount, Plan, StepId, inverse,
};
use serde_json::{Map, Value, json};
use uuid::Uuid;

const MANAGER: Uuid = Uuid::from_u128(1);
const SKU: Uuid = Uuid::from_u128(2);
const GROUP: Uuid = Uuid::from_u128(3);
const ACCOUNT: Uuid = Uuid::from_u128(9);

fn text(text: &str) -> String {
    text.to_owned()
}

/// Of an account.
fn of(plan: &Plan) -> &AccountPlan {
    plan.account().expect("a plan for an account")
}

fn whole() -> Plan {
    Plan::Account(plan())
}

fn plan() -> AccountPlan {
    let attributes = Map::from_iter([(text("department"), json!("営業部"))]);
    AccountPlan {
        account: AccountKey::marked("h.takahashi@contoso.example", "m"),
        steps: vec![
            AccountStep::CreateUser(NewAccount {
                display_name: text("高橋 花"),
                mail_nickname: text("h.takahashi"),
                attributes,
            }),
            AccountStep::SetManager {
                manager: MANAGER,
                name: text("鈴木"),
                from: Former::Unsaid,
            },
            AccountStep::AssignLicence(Assignment::whole(SKU, "SPE_E3")),
            AccountStep::AddToGroup {
                group: GROUP,
                name: text("営業"),
            },
        ],
    }
}

/// Every step was begun; this stood there before.
fn executed(images: [Value; 4]) -> Executed {
    let mut executed = Executed::default();
    for (step, image) in plan().steps.iter().zip(images) {
        executed.begun(step.id(), image);
    }
    executed.done(&json!({ "account": ACCOUNT }));
    executed
}

fn nothing() -> [Value; 4] {
    [
        json!({ "account": null }),
        json!({ "account": ACCOUNT, "manager": null }),
        json!({ "account": ACCOUNT, "licences": [] }),
        json!({ "account": ACCOUNT, "member": false }),
    ]
}

fn ids(plan: &Plan) -> Vec<String> {
    plan.step_ids().iter().map(ToString::to_string).collect()
}

#[test]
fn t22_i10_what_was_made_from_nothing_is_taken_away_the_last_step_first() {
    let back = inverse(&whole(), &executed(nothing()));
    let group = format!("remove-from-group:{GROUP}");
    let licence = format!("remove-licence:{SKU}");
    assert_eq!(
        ids(&back.plan),
        [group.as_str(), &licence, "remove-manager", "delete-user"]
    );
    assert_eq!(
        of(&back.plan).account.id(),
        Some(ACCOUNT),
        "whatever it is called by then"
    );
    let name = text("SPE_E3");
    assert_eq!(back.lost, [Lost::DataOfLicence { name }, Lost::WorkOfAccount]);
    for language in [Language::Ja, Language::En] {
        assert!(back.lost.iter().all(|lost| !lost.words(language).is_empty()));
        assert_eq!(back.plan.preview(language).len(), 4 + 2, "and what is lost");
    }
}

#[test]
fn t22_what_stood_there_before_is_put_back_and_what_was_so_already_stays() {
    let other = Uuid::from_u128(7);
    let was = json!({ "id": ACCOUNT, "displayName": "高橋", "department": "営業部", "mailNickname": "h.takahashi" });
    let back = inverse(
        &whole(),
        &executed([
            json!({ "account": was }),
            json!({ "account": ACCOUNT, "manager": other }),
            json!({ "account": ACCOUNT, "licences": [SKU] }),
            json!({ "account": ACCOUNT, "member": true }),
        ]),
    );
    let map = |name: &str| Map::from_iter([(text("displayName"), json!(name))]);
    assert_eq!(
        of(&back.plan).steps,
        [
            AccountStep::SetManager {
                manager: other,
                name: other.to_string(),
                from: Former::Person {
                    id: MANAGER,
                    name: text("鈴木")
                },
            },
            AccountStep::UpdateUser(Change {
                from: map("高橋 花"),
                to: map("高橋")
            }),
        ]
    );
}

#[test]
fn t22_what_was_never_begun_is_left_alone() {
    let mut executed = Executed::default();
    executed.begun(StepId::create_user(), json!({ "account": null }));
    let back = inverse(&whole(), &executed);
    assert_eq!(ids(&back.plan), ["delete-user"]);
    assert_eq!(of(&inverse(&whole(), &Executed::default()).plan).steps, []);
}

#[test]
fn t23_a_way_back_has_a_way_back_of_its_own_that_restores_the_account_first() {
    let back = inverse(&whole(), &executed(nothing())).plan;
    let mut executed = Executed::default();
    let images = [
        json!({ "account": ACCOUNT, "member": true }),
        json!({ "account": ACCOUNT, "licences": [SKU] }),
        json!({ "account": ACCOUNT, "manager": MANAGER }),
        json!({ "account": ACCOUNT }),
    ];
    for (step, image) in of(&back).steps.iter().zip(images) {
        executed.begun(step.id(), image);
    }
    let again = inverse(&back, &executed);
    let (licence, group) = (format!("assign-licence:{SKU}"), format!("add-to-group:{GROUP}"));
    assert_eq!(
        ids(&again.plan),
        ["restore-user", "set-manager", licence.as_str(), group.as_str()]
    );
    assert_eq!(again.lost, []);
}

#[test]
fn t23_an_amendment_changes_what_differs_and_gives_before_it_takes_away() {
    let mut wanted = plan();
    let AccountStep::CreateUser(new) = &mut wanted.steps[0] else {
        panic!("an account")
    };
    new.attributes.insert(text("department"), json!("開発部"));
    let other = Uuid::from_u128(4);
    wanted.steps[2] = AccountStep::AssignLicence(Assignment::whole(other, "SPE_E5"));
    wanted.steps.pop();
    let steps = Given::by([&plan()]).steps_to(&Given::by([&wanted]));
    let amended = AccountPlan {
        account: plan().account,
        steps,
    };
    let taken = format!("remove-from-group:{GROUP}");
    assert_eq!(
        ids(&Plan::Account(amended.clone())),
        ["update-user", "change-licences", &taken]
    );
    assert!(Plan::Account(amended.clone()).preview(Language::Ja)[0].contains("営業部 → 開発部"));
    let now = Given::by([&plan(), &amended]);
    assert_eq!(now, Given::by([&wanted]));
    assert!(now.licences().contains(&other) && now.steps_to(&now).is_empty());
}

/// Where the plans of two licences exclude each other, only one request takes both.
#[test]
fn r06_i10_licences_that_took_the_place_of_each_other_change_back_in_one_step() {
    let other = Uuid::from_u128(4);
    let licence = |sku: Uuid, name: &str| Licence {
        sku,
        name: text(name),
    };
    let plan = Plan::Account(AccountPlan {
        account: AccountKey::standing("h.takahashi@contoso.example", ACCOUNT),
        steps: vec![AccountStep::ChangeLicences {
            give: vec![Assignment::whole(other, "SPE_E5")],
            take: vec![licence(SKU, "SPE_E3")],
        }],
    });
    let back_from = |held: &Value| {
        let mut executed = Executed::default();
        executed.begun(
            StepId::new("change-licences"),
            json!({ "account": ACCOUNT, "licences": held }),
        );
        of(&inverse(&plan, &executed).plan).steps.clone()
    };
    let give = vec![Assignment::whole(SKU, "SPE_E3")];
    let take = vec![licence(other, "SPE_E5")];
    assert_eq!(
        back_from(&json!([SKU])),
        [AccountStep::ChangeLicences { give, take }]
    );
    assert_eq!(
        back_from(&json!([])),
        [AccountStep::RemoveLicence(licence(other, "SPE_E5"))]
    );
    assert_eq!(
        back_from(&json!([other])),
        [],
        "it held the new one and not the old"
    );
}

/// A change of an account that was there, step by step, with what stood there before.
#[test]
fn i10_a_change_of_a_standing_account_leads_back_to_what_it_was() {
    let steps = [
        (
            AccountStep::BlockSignIn {},
            json!({ "account": ACCOUNT, "enabled": true }),
        ),
        (
            AccountStep::UpdateUser(Change {
                from: Map::from_iter([(text("department"), json!("営業部"))]),
                to: Map::from_iter([(text("department"), Value::Null)]),
            }),
            json!({ "account": { "id": ACCOUNT, "department": "営業部" } }),
        ),
        (
            AccountStep::RemoveLicence(Licence {
                sku: SKU,
                name: text("SPE_E3"),
            }),
            json!({ "account": ACCOUNT, "licences": [SKU] }),
        ),
    ];
    let plan = AccountPlan {
        account: AccountKey::standing("h.takahashi@contoso.example", ACCOUNT),
        steps: steps.iter().map(|(step, _)| step.clone()).collect(),
    };
    let mut executed = Executed::default();
    for (step, image) in steps {
        executed.begun(step.id(), image);
    }
    let back = inverse(&Plan::Account(plan.clone()), &executed);
    let licence = format!("assign-licence:{SKU}");
    assert_eq!(
        ids(&back.plan),
        [licence.as_str(), "update-user", "allow-sign-in"]
    );
    assert_eq!(of(&back.plan).account, plan.account);
    assert!(
        back.plan
            .preview(Language::Ja)
            .iter()
            .any(|line| line == "部署: （なし） → 営業部")
    );
}

#[test]
fn r05_nothing_leads_back_to_the_password_that_was_there_and_that_is_said() {
    let step = AccountStep::ResetPassword {
        to: MANAGER,
        name: text("鈴木"),
    };
    let id = step.id();
    let plan = Plan::Account(AccountPlan {
        account: AccountKey::standing("h.takahashi@contoso.example", ACCOUNT),
        steps: vec![step],
    });
    let untouched = inverse(&plan, &Executed::default());
    assert!(untouched.plan.is_empty() && untouched.lost.is_empty());
    let mut begun = Executed::default();
    begun.begun(id, json!({ "account": ACCOUNT }));
    let back = inverse(&plan, &begun);
    assert!(back.plan.is_empty());
    assert_eq!(back.lost, [Lost::Password]);
    assert!(Lost::Password.words(Language::En).contains("does not come back"));
}
