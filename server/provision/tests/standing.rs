//! What the planner promises about accounts that are there already.

use std::collections::{BTreeMap, BTreeSet};

use forms::{Code, Language};
use provision::{
    AccountView, ChangeFields, ChangeWish, GroupView, LicenceView, ManagerWish, PersonView, Plan, SignIn,
    Turnover, plan_change, plan_change_rows,
};
use serde_json::json;
use uuid::Uuid;

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
    }
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
        properties: properties.as_object().cloned().unwrap_or_default(),
        manager: Some((BOSS, "鈴木 次郎".to_owned())),
        licences: BTreeSet::from([HELD]),
        inherited_licences: BTreeSet::new(),
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
        "上長: （なし） → 佐藤 三郎",
    ];
    assert_eq!(read, lines);
}

#[test]
fn r03_r04_whoever_leaves_is_stopped_first_and_the_account_goes_last() {
    let wish = ChangeWish {
        sign_in: Some(SignIn::Blocked),
        manager: Some(ManagerWish::Nobody),
        licences: Turnover {
            add: BTreeSet::new(),
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
        licences: Turnover {
            add: BTreeSet::from([NEW]),
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
        licences: Turnover {
            add: BTreeSet::from([HELD]),
            remove: BTreeSet::from([NEW]),
        },
        ..wish()
    };
    assert_eq!(issues(&wish, &view()), [(Code::NothingToDo, "user".to_owned())]);
}

#[test]
fn r18_what_a_directory_on_premises_masters_is_refused_early_and_the_rest_is_not() {
    let synced = AccountView {
        synced: true,
        ..view()
    };
    let block = ChangeWish {
        sign_in: Some(SignIn::Blocked),
        ..wish()
    };
    assert_eq!(
        issues(&block, &synced),
        [(Code::SyncedFromPremises, "user".to_owned())]
    );
    let licence = ChangeWish {
        licences: Turnover {
            add: BTreeSet::from([NEW]),
            remove: BTreeSet::new(),
        },
        ..wish()
    };
    assert!(
        plan_change(&licence, Some(&synced)).is_ok(),
        "licences are given here"
    );
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
