//! What the planner promises to applicants and approvers.

use std::collections::{BTreeMap, BTreeSet};

use forms::{Code, Language};
use proptest::prelude::*;
use provision::{
    AccountPlan, AccountStep, AssignedLicences, GroupView, LicenceView, PersonView, Plan, Plans, TenantView,
    UserWish, WishFields, differs, plan,
};
use uuid::Uuid;

const MANAGER: Uuid = Uuid::from_u128(1);
const SKU: Uuid = Uuid::from_u128(2);
const SALES: Uuid = Uuid::from_u128(3);
const LIST: Uuid = Uuid::from_u128(4);

/// With all services.
fn held<const N: usize>(skus: [Uuid; N]) -> AssignedLicences {
    skus.map(|sku| (sku, BTreeSet::new())).into()
}

fn licence(name: &str, free: i64) -> LicenceView {
    LicenceView {
        name: name.to_owned(),
        free,
        services: BTreeMap::new(),
    }
}

fn wish() -> UserWish {
    let properties = [
        ("surname", "高橋"),
        ("givenName", "花"),
        ("employeeId", "123456"),
        ("employeeHireDate", "2027-01-04"),
        ("department", "営業部"),
        ("jobTitle", ""),
    ];
    UserWish {
        application: "a-1".to_owned(),
        user_principal_name: "h.takahashi@contoso.com".to_owned(),
        display_name: "高橋 花".to_owned(),
        properties: properties
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
        usage_location: Some("JP".to_owned()),
        manager: Some(MANAGER),
        licences: held([SKU]),
        held: BTreeSet::new(),
        groups: BTreeSet::from([SALES]),
        fields: WishFields {
            user_principal_name: "upnLocal".to_owned(),
            manager: "manager".to_owned(),
            licence: "licence".to_owned(),
            groups: "groups".to_owned(),
        },
    }
}

fn group(name: &str, writable: bool) -> GroupView {
    GroupView {
        name: name.to_owned(),
        writable,
    }
}

fn view() -> TenantView {
    TenantView {
        domains: BTreeSet::from(["contoso.com".to_owned()]),
        holders: Vec::new(),
        manager: Some(PersonView {
            name: "鈴木 次郎".to_owned(),
            enabled: true,
        }),
        licences: BTreeMap::from([(SKU, licence("SPE_E3", 3))]),
        groups: BTreeMap::from([(SALES, group("営業", true)), (LIST, group("全社", false))]),
    }
}

/// Of an account.
fn of(plan: &Plan) -> &AccountPlan {
    plan.account().expect("a plan for an account")
}

fn planned() -> Plan {
    plan(&wish(), &view()).expect("a good wish")
}

#[test]
fn the_account_comes_first_and_every_step_has_its_own_name() {
    let ids: Vec<String> = planned().step_ids().iter().map(ToString::to_string).collect();
    let (licence, group) = (format!("assign-licence:{SKU}"), format!("add-to-group:{SALES}"));
    assert_eq!(ids, ["create-user", "set-manager", &licence, &group]);
}

#[test]
fn approvers_read_every_change_in_their_language() {
    let japanese = [
        "アカウント: （なし） → h.takahashi@contoso.com",
        "表示名: （なし） → 高橋 花",
        "メールの別名: （なし） → h.takahashi",
        "部署: （なし） → 営業部",
        "利用開始日: （なし） → 2027-01-04",
        "社員番号: （なし） → 123456",
        "名: （なし） → 花",
        "申請の識別子: （なし） → provisioning-flow:a-1",
        "姓: （なし） → 高橋",
        "利用場所: （なし） → JP",
        "上長: （なし） → 鈴木 次郎",
        "ライセンス: （なし） → SPE_E3",
        "グループ「営業」: メンバーでない → メンバー",
    ];
    let read = planned().preview(Language::Ja);
    for line in japanese {
        assert!(read.iter().any(|found| found == line), "{line} in {read:#?}");
    }
    assert_eq!(read.len(), japanese.len());
    let english = planned().preview(Language::En);
    assert_eq!(english.len(), read.len());
    assert_eq!(english.last().unwrap(), "Group 「営業」: not a member → member");
}

/// Makes the plan impossible.
type Fault = fn(&mut UserWish, &mut TenantView);

/// Wishes for which something stands in the way.
const WISH_FAULTS: [(Fault, Code, &str); 7] = [
    (
        |wish, _| wish.user_principal_name = "@contoso.com".into(),
        Code::NotUpnLocal,
        "upnLocal",
    ),
    (
        |wish, _| wish.user_principal_name = format!("{}@contoso.com", "a".repeat(65)),
        Code::TooLong,
        "upnLocal",
    ),
    (
        |wish, _| wish.usage_location = None,
        Code::UsageLocationMissing,
        "licence",
    ),
    (
        |wish, _| wish.groups = BTreeSet::from([LIST]),
        Code::GroupNotWritable,
        "groups",
    ),
    (
        |wish, _| set(wish, "accountEnabled", "true"),
        Code::UnknownField,
        "accountEnabled",
    ),
    (
        |wish, _| set(wish, "department", &"部".repeat(65)),
        Code::TooLong,
        "department",
    ),
    (
        |wish, _| set(wish, "employeeHireDate", "2027-02-30"),
        Code::NotDate,
        "employeeHireDate",
    ),
];

/// Tenants that stand in the way.
const VIEW_FAULTS: [(Fault, Code, &str); 7] = [
    (|_, view| view.holders.push(SKU), Code::Taken, "upnLocal"),
    (|_, view| view.domains.clear(), Code::UnknownDomain, "upnLocal"),
    (|_, view| view.manager = None, Code::ManagerGone, "manager"),
    (
        |_, view| manager_enabled(view, false),
        Code::ManagerGone,
        "manager",
    ),
    (|_, view| view.licences.clear(), Code::UnknownLicence, "licence"),
    (|_, view| seats(view, 0), Code::NoSeat, "licence"),
    (|_, view| view.groups.clear(), Code::UnknownGroup, "groups"),
];

fn set(wish: &mut UserWish, name: &str, value: &str) {
    wish.properties.insert(name.to_owned(), value.to_owned());
}

fn seats(view: &mut TenantView, free: i64) {
    view.licences.values_mut().for_each(|licence| licence.free = free);
}

fn manager_enabled(view: &mut TenantView, enabled: bool) {
    view.manager = view
        .manager
        .take()
        .map(|manager| PersonView { enabled, ..manager });
}

#[test]
fn every_obstacle_is_told_at_the_field_that_mends_it() {
    for (fault, code, field) in WISH_FAULTS.into_iter().chain(VIEW_FAULTS) {
        let (mut wish, mut view) = (wish(), view());
        fault(&mut wish, &mut view);
        let issues = plan(&wish, &view).expect_err(field);
        let told: Vec<_> = issues
            .iter()
            .map(|issue| (issue.code, issue.field.as_str()))
            .collect();
        assert_eq!(told, [(code, field)]);
    }
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let nothing = TenantView::default();
    let issues = plan(&wish(), &nothing).unwrap_err();
    let codes: Vec<Code> = issues.iter().map(|issue| issue.code).collect();
    let all = [
        Code::UnknownDomain,
        Code::ManagerGone,
        Code::UnknownLicence,
        Code::UnknownGroup,
    ];
    assert_eq!(codes, all);
}

#[test]
fn a_plan_differs_when_it_does_something_else_and_only_then() {
    let mut renamed = view();
    renamed.groups.insert(SALES, group("第一営業", true));
    seats(&mut renamed, 1);
    assert!(!differs(&planned(), &plan(&wish(), &renamed).unwrap()));
    let changes: [fn(&mut UserWish); 5] = [
        |wish| wish.licences.clear(),
        |wish| wish.groups.clear(),
        |wish| wish.manager = None,
        |wish| wish.display_name.push('x'),
        |wish| drop(wish.properties.remove("department")),
    ];
    for change in changes {
        let mut other = wish();
        change(&mut other);
        assert!(differs(&planned(), &plan(&other, &view()).unwrap()));
    }
}

#[test]
fn an_apostrophe_in_the_name_stays_out_of_the_mail_nickname() {
    let mut wish = wish();
    wish.user_principal_name = "p.o'neil@contoso.com".to_owned();
    let plan = plan(&wish, &view()).unwrap();
    let AccountStep::CreateUser(new) = &of(&plan).steps[0] else {
        panic!("the account comes first");
    };
    assert_eq!(new.mail_nickname, "p.oneil");
}

prop_compose! {
    fn any_wish()(
        local in "[a-z']{0,4}", properties in proptest::collection::btree_map("department|city|employeeHireDate|x", ".{0,3}|2027-01-04", 0..4),
        location in proptest::option::of("JP|"), manager in any::<bool>(), licence in any::<bool>(),
        groups in proptest::collection::btree_set(3u128..6, 0..3),
    ) -> UserWish {
        UserWish {
            user_principal_name: format!("{local}@contoso.com"), properties, usage_location: location,
            manager: manager.then_some(MANAGER), licences: if licence { held([SKU]) } else { AssignedLicences::new() },
            groups: groups.into_iter().map(Uuid::from_u128).collect(), ..wish()
        }
    }
}

prop_compose! {
    fn any_view()(taken in any::<bool>(), enabled in any::<bool>(), free in -1i64..3) -> TenantView {
        let mut view = view();
        view.holders = taken.then_some(SKU).into_iter().collect();
        manager_enabled(&mut view, enabled);
        seats(&mut view, free);
        view
    }
}

proptest! {
    #[test]
    fn a_plan_never_does_what_the_tenant_cannot_take(wish in any_wish(), view in any_view()) {
        let Ok(plan) = plan(&wish, &view) else { return Ok(()) };
        prop_assert!(view.holders.is_empty());
        let account_first = matches!(of(&plan).steps[0], AccountStep::CreateUser(_));
        prop_assert!(account_first);
        for step in &of(&plan).steps {
            match step {
                AccountStep::CreateUser(new) => prop_assert!(!new.mail_nickname.is_empty()),
                AccountStep::SetManager { .. } => prop_assert!(view.manager.as_ref().unwrap().enabled),
                AccountStep::AssignLicence { .. } => prop_assert!(
                    view.licences[&SKU].free > 0 && wish.usage_location.as_deref() == Some("JP")),
                AccountStep::AddToGroup { group, .. } => prop_assert!(view.groups[group].writable),
                other => prop_assert!(false, "nothing is taken away: {other:?}"),
            }
        }
        let ids: BTreeSet<_> = plan.step_ids().into_iter().collect();
        prop_assert_eq!(ids.len(), of(&plan).steps.len());
    }

    #[test]
    fn the_same_tenant_gives_the_same_bytes_however_many_seats_are_left(wish in any_wish(), view in any_view(), left in 1i64..9) {
        let mut later = view.clone();
        if view.licences[&SKU].free > 0 {
            seats(&mut later, left);
        }
        match (plan(&wish, &view), plan(&wish, &later)) {
            (Ok(a), Ok(b)) => {
                let (a, b) = (Plans::One(a).body().unwrap(), Plans::One(b).body().unwrap());
                prop_assert_eq!(a.to_string(), b.to_string());
                prop_assert_eq!(Plans::read(&a).unwrap().body().unwrap(), b);
            }
            (a, b) => prop_assert_eq!(a, b),
        }
    }
}
