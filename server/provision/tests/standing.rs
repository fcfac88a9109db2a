//! What the planner promises about accounts that are there already.

use std::collections::{BTreeMap, BTreeSet};

use forms::{Code, Language};
use provision::{
    AccountView, AssignedLicences, ChangeFields, ChangeWish, GroupView, LicenceTurnover, LicenceView,
    ManagerWish, PersonView, Plan, SignIn, Turnover, plan_change, plan_change_rows,
};
use serde_json::json;
use uuid::Uuid;

#[path = "standing/synced.rs"]
mod synced;

const ACCOUNT: Uuid = Uuid::from_u128(9);
const BOSS: Uuid = Uuid::from_u128(1);
const HELD: Uuid = Uuid::from_u128(2);
const NEW: Uuid = Uuid::from_u128(3);
const MEMBER_OF: Uuid = Uuid::from_u128(4);
const OTHER: Uuid = Uuid::from_u128(5);

fn named<View: Clone>(views: [(Uuid, View); 2]) -> BTreeMap<Uuid, View> {
    views.into()
}

fn licence(name: &str, free: i64) -> LicenceView {
    LicenceView {
        name: name.to_owned(),
        free,
        services: BTreeMap::new(),
    }
}

/// With all services.
fn whole(sku: Uuid) -> AssignedLicences {
    AssignedLicences::from([(sku, BTreeSet::new())])
}

fn group(name: &str) -> GroupView {
    GroupView {
        name: name.to_owned(),
        writable: true,
    }
}

fn view() -> AccountView {
    let properties = json!({ "department": "営業部", "jobTitle": null, "businessPhones": [], "usageLocation": "JP",
        "employeeOrgData": { "division": "東", "costCenter": "K1" } });
    AccountView {
        user_principal_name: "h.takahashi@contoso.com".to_owned(),
        display_name: "高橋 花".to_owned(),
        enabled: true,
        synced: false,
        guest: false,
        properties: properties.as_object().cloned().unwrap_or_default(),
        manager: Some((BOSS, "鈴木 次郎".to_owned())),
        receiver: Some((BOSS, "鈴木 次郎".to_owned())),
        licences: whole(HELD),
        inherited_licences: BTreeSet::new(),
        failed_licences: Vec::new(),
        groups: BTreeSet::from([MEMBER_OF]),
        wanted_manager: Some(PersonView {
            name: "佐藤 三郎".to_owned(),
            enabled: true,
        }),
        wanted_licences: named([(HELD, licence("SPE_E3", 0)), (NEW, licence("SPE_E5", 1))]),
        wanted_groups: named([(MEMBER_OF, group("営業")), (OTHER, group("開発"))]),
        leaving: None,
    }
}

fn wish() -> ChangeWish {
    ChangeWish {
        account: ACCOUNT,
        fields: ChangeFields {
            account: "user".to_owned(),
            manager: "manager".to_owned(),
            add_licences: "licence".to_owned(),
            remove_licences: "oldLicences".to_owned(),
            add_groups: "groups".to_owned(),
            remove_groups: "oldGroups".to_owned(),
        },
        ..ChangeWish::default()
    }
}

fn properties(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

fn ids(plan: &Plan) -> Vec<String> {
    plan.step_ids().iter().map(ToString::to_string).collect()
}

fn issues(wish: &ChangeWish, view: &AccountView) -> Vec<(Code, String)> {
    let issues = plan_change(wish, Some(view)).expect_err("something stands against it");
    issues
        .into_iter()
        .map(|issue| (issue.code, issue.field))
        .collect()
}

#[test]
fn r02_only_what_differs_is_changed_and_approvers_read_before_and_after() {
    let wish = ChangeWish {
        properties: properties(&[
            ("department", "開発部"),
            ("jobTitle", ""),
            ("businessPhones", "03-0000-0000"),
            ("costCenter", ""),
            ("division", "東"),
        ]),
        manager: Some(ManagerWish::Be(Uuid::from_u128(7))),
        ..wish()
    };
    let plan = plan_change(&wish, Some(&view())).expect("a good wish");
    assert_eq!(ids(&plan), ["update-user", "set-manager"]);
    let read = plan.preview(Language::Ja);
    let lines = [
        "対象のアカウント: h.takahashi@contoso.com",
        "電話: （なし） → 03-0000-0000",
        "部署: 営業部 → 開発部",
        "コストセンター: K1 → （なし）",
        "上長: 鈴木 次郎 → 佐藤 三郎",
    ];
    assert_eq!(read, lines);
}

#[test]
fn r03_r04_whoever_leaves_is_stopped_first_and_the_account_goes_last() {
    let wish = ChangeWish {
        sign_in: Some(SignIn::Blocked),
        manager: Some(ManagerWish::Nobody),
        licences: LicenceTurnover {
            add: AssignedLicences::new(),
            remove: BTreeSet::from([HELD]),
        },
        groups: Turnover {
            add: BTreeSet::from([OTHER]),
            remove: BTreeSet::from([MEMBER_OF]),
        },
        delete: true,
        ..wish()
    };
    let plan = plan_change(&wish, Some(&view())).expect("a good wish");
    let (licence, group) = (
        format!("remove-licence:{HELD}"),
        format!("remove-from-group:{MEMBER_OF}"),
    );
    let given = format!("add-to-group:{OTHER}");
    assert_eq!(
        ids(&plan),
        [
            "block-sign-in",
            "remove-manager",
            &licence,
            &given,
            &group,
            "delete-user"
        ]
    );
    assert!(
        plan.preview(Language::En)
            .iter()
            .any(|line| line.contains("signed out everywhere"))
    );
}

#[test]
fn r06_a_licence_is_changed_and_never_missing_meanwhile() {
    let swap = ChangeWish {
        licences: LicenceTurnover {
            add: whole(NEW),
            remove: BTreeSet::from([HELD]),
        },
        ..wish()
    };
    let plan = plan_change(&swap, Some(&view())).expect("a good wish");
    assert_eq!(ids(&plan), ["change-licences"], "both in one request");
    let two = [swap.clone(), swap.clone()];
    let rows = plan_change_rows(&two, &[Some(view()), Some(view())]);
    assert!(rows[0].is_ok() && rows[1].is_err(), "one seat is free");
    let mut nowhere = view();
    nowhere.properties.remove("usageLocation");
    assert_eq!(
        issues(&swap, &nowhere),
        [(Code::UsageLocationMissing, "licence".to_owned())]
    );
    let mut of_group = view();
    of_group.licences.clear();
    of_group.inherited_licences.insert(HELD);
    assert_eq!(
        issues(&swap, &of_group),
        [(Code::LicenceOfGroup, "oldLicences".to_owned())]
    );
}

#[test]
fn what_is_as_wished_already_needs_no_application() {
    let wish = ChangeWish {
        properties: properties(&[("department", "営業部"), ("jobTitle", "")]),
        manager: Some(ManagerWish::Be(BOSS)),
        sign_in: Some(SignIn::Allowed),
        licences: LicenceTurnover {
            add: whole(HELD),
            remove: BTreeSet::from([NEW]),
        },
        ..wish()
    };
    assert_eq!(issues(&wish, &view()), [(Code::NothingToDo, "user".to_owned())]);
}

fn anew() -> ChangeWish {
    ChangeWish {
        reset_password: true,
        ..wish()
    }
}

#[test]
fn r05_approvers_read_who_is_handed_the_new_password_and_that_the_old_one_is_gone() {
    let plan = plan_change(&anew(), Some(&view())).expect("a good wish");
    assert_eq!(ids(&plan), ["reset-password"]);
    assert!(plan.is_for_good());
    assert!(!plan.deletes(), "nobody is shut out for good");
    let account = plan.account().expect("an account");
    let (step, to) = account.hand_over().expect("somebody is shown it");
    assert_eq!((step.as_str(), to), ("reset-password", BOSS));
    let read = plan.preview(Language::Ja);
    assert_eq!(read[2], "新しいパスワードの受取人（上長）: 鈴木 次郎");
    assert!(read[1].starts_with("パスワード: 再発行") && read[3].starts_with("※ パスワードは"));
    let other = AccountView {
        receiver: Some((OTHER, "鈴木 次郎".to_owned())),
        ..view()
    };
    let other = plan_change(&anew(), Some(&other)).expect("a good wish");
    assert!(provision::differs(&plan, &other), "handed to somebody else");
}

#[test]
fn r05_r18_a_password_that_is_not_ours_to_set_or_that_nobody_can_be_handed_is_refused_early() {
    let refused = |change: fn(&mut AccountView)| {
        let mut view = view();
        change(&mut view);
        let told = issues(&anew(), &view);
        told.into_iter().map(|(code, _)| code).collect::<Vec<_>>()
    };
    assert_eq!(refused(|view| view.synced = true), [Code::SyncedFromPremises]);
    assert_eq!(refused(|view| view.guest = true), [Code::GuestAccount]);
    assert_eq!(refused(|view| view.receiver = None), [Code::ManagerGone]);
}

#[test]
fn what_stands_against_a_change_is_told_at_its_field() {
    assert_eq!(
        plan_change(&wish(), None).expect_err("gone")[0].code,
        Code::AccountGone
    );
    let own_manager = ChangeWish {
        manager: Some(ManagerWish::Be(ACCOUNT)),
        ..wish()
    };
    assert_eq!(
        issues(&own_manager, &view()),
        [(Code::ManagerGone, "manager".to_owned())]
    );
    let bad = ChangeWish {
        properties: properties(&[
            ("displayName", ""),
            ("accountEnabled", "false"),
            ("employeeId", "12345678901234567"),
            ("employeeHireDate", "soon"),
        ]),
        groups: Turnover {
            add: BTreeSet::from([Uuid::from_u128(77)]),
            remove: BTreeSet::new(),
        },
        ..wish()
    };
    let told = issues(&bad, &view());
    for (code, field) in [
        (Code::Required, "displayName"),
        (Code::UnknownField, "accountEnabled"),
        (Code::TooLong, "employeeId"),
        (Code::NotDate, "employeeHireDate"),
        (Code::UnknownGroup, "groups"),
    ] {
        assert!(
            told.contains(&(code, field.to_owned())),
            "{code:?} {field} in {told:?}"
        );
    }
}
