//! What the planner promises of rows.

use std::collections::{BTreeMap, BTreeSet};

use forms::{Code, Language};
use provision::{
    AccountKey, AccountPlan, AccountStep, Executed, GroupView, LicenceView, PersonView, Plan, Plans, StepId,
    TenantView, UserWish, WishFields, are_independent, inverse, plan_rows,
};
use uuid::Uuid;

const MANAGER: Uuid = Uuid::from_u128(1);
const SKU: Uuid = Uuid::from_u128(2);
const SALES: Uuid = Uuid::from_u128(3);

fn wish(local: &str) -> UserWish {
    UserWish {
        application: format!("a-1#{local}"),
        user_principal_name: format!("{local}@contoso.com"),
        display_name: "高橋 花".to_owned(),
        properties: BTreeMap::new(),
        usage_location: Some("JP".to_owned()),
        manager: Some(MANAGER),
        licences: BTreeMap::from([(SKU, BTreeSet::new())]),
        held: BTreeSet::new(),
        groups: BTreeSet::from([SALES]),
        fields: WishFields::default(),
    }
}

fn view() -> TenantView {
    let sales = GroupView {
        name: "営業".to_owned(),
        writable: true,
    };
    let licence = LicenceView {
        name: "SPE_E3".to_owned(),
        free: 3,
        services: BTreeMap::new(),
    };
    TenantView {
        domains: BTreeSet::from(["contoso.com".to_owned()]),
        holders: Vec::new(),
        manager: Some(PersonView {
            name: "鈴木 次郎".to_owned(),
            enabled: true,
        }),
        licences: BTreeMap::from([(SKU, licence)]),
        groups: BTreeMap::from([(SALES, sales)]),
    }
}

/// Of an account.
fn of(plan: &Plan) -> &AccountPlan {
    plan.account().expect("a plan for an account")
}

#[test]
fn f10_each_row_has_a_plan_of_its_own_and_the_first_rows_get_the_seats() {
    let wishes = ["a", "b", "c", "d", "e"].map(wish);
    let mut views = vec![view(); 5];
    views[1].holders = vec![MANAGER];
    let planned = plan_rows(&wishes, &views);
    let codes: Vec<Option<Code>> = planned
        .iter()
        .map(|planned| planned.as_ref().err().map(|issues| issues[0].code))
        .collect();
    // Three seats are free: a row that is refused for another reason counted for one all the same.
    let taken = [
        None,
        Some(Code::Taken),
        None,
        Some(Code::NoSeat),
        Some(Code::NoSeat),
    ];
    assert_eq!(codes, taken);
    let rows: Vec<Plan> = planned.into_iter().flatten().collect();
    let account = &of(&rows[1]).account;
    let marked = AccountKey::marked(&account.user_principal_name, "provisioning-flow:a-1#c");
    assert_eq!(*account, marked);
    let plans = Plans::Rows { rows };
    assert_eq!(plans.step_ids(), [StepId::row(1), StepId::row(2)]);
    let read = Plans::read(&plans.body().expect("JSON")).expect("a plan");
    assert_eq!(read.row(&StepId::row(2)), plans.row(&StepId::row(2)));
    assert!(!read.differ(&plans) && read.row(&StepId::row(3)).is_none());
}

#[test]
fn f10_approvers_read_what_rows_come_to_and_the_first_of_them() {
    let planned = plan_rows(&[wish("first")], &[view()]).remove(0);
    let rows = vec![planned.expect("a good row"); 30];
    let lines = Plans::Rows { rows }.preview(Language::Ja);
    assert_eq!(
        lines[..4],
        [
            "アカウント: （なし） → 30 件",
            "グループ「営業」: （なし） → 30 件",
            "ライセンス SPE_E3: （なし） → 30 件",
            "1 行目 first@contoso.com: （なし） → 高橋 花、鈴木 次郎、SPE_E3、営業",
        ]
    );
    assert_eq!(lines.len(), 3 + 20 + 1);
    assert!(lines[23].starts_with("… 他 10 行"), "{}", lines[23]);
}

#[test]
fn t23_of_rows_that_are_undone_the_sums_say_what_goes_and_what_does_not_come_back() {
    let made = plan_rows(&[wish("first")], &[view()])
        .remove(0)
        .expect("a good row");
    let mut executed = Executed::default();
    executed.begun(StepId::create_user(), serde_json::json!({ "account": null }));
    let gone = inverse(&made, &executed).plan;
    let left = Plan::Account(AccountPlan {
        account: of(&gone).account.clone(),
        steps: vec![AccountStep::RemoveFromGroup {
            group: SALES,
            name: "営業".to_owned(),
        }],
    });
    let lines = Plans::Rows {
        rows: vec![gone.clone(), gone, left],
    }
    .preview(Language::Ja);
    assert_eq!(
        lines[..5],
        [
            "アカウント: 2 件 → （なし）",
            "グループ「営業」: 1 件 → （なし）",
            "1 行目 first@contoso.com: アカウントの削除",
            "2 行目 first@contoso.com: アカウントの削除",
            "3 行目 first@contoso.com: − 営業",
        ]
    );
    assert!(
        lines[5].starts_with("※ ") && lines[5].contains("元に戻りません"),
        "{}",
        lines[5]
    );
    assert_eq!(lines.len(), 6, "told once for all rows");
}

#[test]
fn f10_rows_about_one_account_are_told_from_those_that_can_go_side_by_side() {
    let planned = |wish: &UserWish| {
        plan_rows(std::slice::from_ref(wish), &[view()])
            .remove(0)
            .expect("a plan")
    };
    let [a, b, twin] = ["a", "b", "A"].map(|local| planned(&wish(local)));
    assert!(are_independent([&a, &b]));
    assert!(
        !are_independent([&a, &b, &twin]),
        "the name of one is that of another"
    );
    let [quoted, plain] = ["o'brien", "obrien"].map(|local| planned(&wish(local)));
    assert!(!are_independent([&quoted, &plain]), "both want one nickname");
}
