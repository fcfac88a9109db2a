//! Services of licences that are not used: what approvers read, what is planned, and where the way back leads.

#[path = "licences/back.rs"]
mod back;

use std::collections::{BTreeMap, BTreeSet};

use forms::{Code, Language};
use provision::{
    AccountStep, AccountView, AssignedLicences, Assignment, ChangeFields, ChangeWish, FailedLicence,
    LicenceTurnover, LicenceView, Plan, Plans, Services, StepId, TenantView, UserWish, WishFields, differs,
    plan, plan_change, plan_change_rows,
};
use serde_json::{Map, json};
use uuid::Uuid;

const ACCOUNT: Uuid = Uuid::from_u128(9);
const E3: Uuid = Uuid::from_u128(2);
const E5: Uuid = Uuid::from_u128(3);
const MAIL: Uuid = Uuid::from_u128(4);
const CHAT: Uuid = Uuid::from_u128(5);
const NEWS: Uuid = Uuid::from_u128(6);

const NAMES: [(Uuid, &str); 3] = [
    (MAIL, "EXCHANGE_S_ENTERPRISE"),
    (CHAT, "TEAMS1"),
    (NEWS, "NEWS_OF_THE_HOUSE"),
];

fn services(ids: &[Uuid]) -> Services {
    let named = NAMES.iter().filter(|(id, _)| ids.contains(id));
    named.map(|(id, name)| (*id, (*name).to_owned())).collect()
}

fn without(licences: &[(Uuid, &[Uuid])]) -> AssignedLicences {
    let off = |(sku, off): &(Uuid, &[Uuid])| (*sku, off.iter().copied().collect());
    licences.iter().map(off).collect()
}

fn offered() -> BTreeMap<Uuid, LicenceView> {
    let licence = |name: &str, free| LicenceView {
        name: name.to_owned(),
        free,
        services: services(&[MAIL, CHAT, NEWS]),
    };
    BTreeMap::from([(E3, licence("SPE_E3", 0)), (E5, licence("SPE_E5", 1))])
}

/// An account that holds these.
fn view(held: &[(Uuid, &[Uuid])]) -> AccountView {
    AccountView {
        user_principal_name: "h.takahashi@contoso.com".to_owned(),
        display_name: "高橋 花".to_owned(),
        enabled: true,
        synced: false,
        guest: false,
        properties: Map::from_iter([("usageLocation".to_owned(), json!("JP"))]),
        manager: None,
        receiver: None,
        licences: without(held),
        inherited_licences: BTreeSet::new(),
        failed_licences: Vec::new(),
        groups: BTreeSet::new(),
        wanted_manager: None,
        wanted_licences: offered(),
        wanted_groups: BTreeMap::new(),
        leaving: None,
    }
}

fn wish(add: &[(Uuid, &[Uuid])], remove: &[Uuid]) -> ChangeWish {
    ChangeWish {
        account: ACCOUNT,
        licences: LicenceTurnover {
            add: without(add),
            remove: remove.iter().copied().collect(),
        },
        fields: ChangeFields {
            account: "user".to_owned(),
            add_licences: "add".to_owned(),
            remove_licences: "remove".to_owned(),
            ..ChangeFields::default()
        },
        ..ChangeWish::default()
    }
}

fn planned(wish: &ChangeWish, view: &AccountView) -> Plan {
    plan_change(wish, Some(view)).expect("a good wish")
}

fn codes(wish: &ChangeWish, view: &AccountView) -> Vec<(Code, String)> {
    let issues = plan_change(wish, Some(view)).expect_err("something stands against it");
    issues
        .into_iter()
        .map(|issue| (issue.code, issue.field))
        .collect()
}

fn steps(plan: &Plan) -> &[AccountStep] {
    &plan.account().expect("a plan for an account").steps
}

/// The lines after the one that names the account.
fn read(plan: &Plan, language: Language) -> Vec<String> {
    plan.preview(language).split_off(1)
}

#[test]
fn r06_approvers_read_services_that_are_not_used_by_their_names() {
    let new = planned(&wish(&[(E5, &[MAIL, NEWS])], &[]), &view(&[]));
    assert_eq!(
        read(&new, Language::Ja),
        [
            "ライセンス: （なし） → SPE_E5",
            "Exchange Online (Plan 2)（SPE_E5）: 使わない",
            "NEWS_OF_THE_HOUSE（SPE_E5）: 使わない",
        ]
    );
    let changed = planned(&wish(&[(E3, &[MAIL])], &[]), &view(&[(E3, &[CHAT])]));
    let lines = read(&changed, Language::En);
    assert_eq!(
        lines[..2],
        [
            "Exchange Online (Plan 2) (SPE_E3): used → not used",
            "Microsoft Teams (SPE_E3): not used → used",
        ]
    );
    assert!(lines[2].contains("SPE_E3 (Exchange Online (Plan 2))") && lines.len() == 3);
    let rows = vec![new, changed];
    let sums = Plans::Rows { rows }.preview(Language::Ja);
    let given =
        "ライセンス SPE_E5（使わないサービス: Exchange Online (Plan 2)、NEWS_OF_THE_HOUSE）: （なし） → 1 件";
    assert!(sums.iter().any(|line| line == given), "{sums:#?}");
}

#[test]
fn r06_a_held_licence_changes_its_services_in_the_seat_that_it_has() {
    let rows = plan_change_rows(
        &[wish(&[(E3, &[MAIL])], &[]), wish(&[(E3, &[MAIL])], &[])],
        &[Some(view(&[(E3, &[])])), Some(view(&[(E3, &[CHAT])]))],
    );
    let rows: Vec<Plan> = rows
        .into_iter()
        .map(|row| row.expect("no seat is needed"))
        .collect();
    let from = |off: &[Uuid]| Assignment {
        without: services(&[MAIL]),
        from: Some(services(off)),
        ..Assignment::whole(E3, "SPE_E3")
    };
    assert_eq!(steps(&rows[0]), [AccountStep::AssignLicence(from(&[]))]);
    assert_eq!(steps(&rows[1]), [AccountStep::AssignLicence(from(&[CHAT]))]);
    assert_eq!(rows.iter().flat_map(Plan::licences).count(), 0, "nor reserved");
    assert!(
        differs(&rows[0], &rows[1]),
        "what stood there is a part of what is approved"
    );
    let whole = planned(&wish(&[(E3, &[])], &[]), &view(&[(E3, &[MAIL])]));
    assert_eq!(
        read(&whole, Language::Ja),
        ["Exchange Online (Plan 2)（SPE_E3）: 使わない → 使う"]
    );
    assert_eq!(
        codes(&wish(&[(E3, &[MAIL])], &[]), &view(&[(E3, &[MAIL])])),
        [(Code::NothingToDo, "user".to_owned())]
    );
    assert_eq!(
        codes(&wish(&[(E3, &[MAIL])], &[]), &view(&[])),
        [(Code::NoSeat, "add".to_owned())],
        "a new one needs a seat"
    );
}

#[test]
fn r06_services_that_take_the_place_of_one_another_are_one_request() {
    let both = planned(&wish(&[(E3, &[MAIL]), (E5, &[CHAT])], &[]), &view(&[(E3, &[])]));
    assert!(
        matches!(steps(&both), [AccountStep::ChangeLicences { give, take }]
        if give.len() == 2 && take.is_empty())
    );
    let profile = planned(&wish(&[(E5, &[MAIL])], &[E3]), &view(&[(E3, &[CHAT])]));
    assert!(
        matches!(steps(&profile), [AccountStep::ChangeLicences { give, take }]
        if give.len() == 1 && take.len() == 1)
    );
    assert_eq!(profile.licences().collect::<Vec<_>>(), [(E5, "SPE_E5")]);
}

#[test]
fn r01_r06_a_new_account_gets_all_licences_of_a_profile_at_once() {
    let wish = UserWish {
        application: "a-1".to_owned(),
        user_principal_name: "h.takahashi@contoso.com".to_owned(),
        display_name: "高橋 花".to_owned(),
        properties: BTreeMap::new(),
        usage_location: Some("JP".to_owned()),
        manager: None,
        licences: without(&[(E3, &[MAIL]), (E5, &[])]),
        held: BTreeSet::from([E3]),
        groups: BTreeSet::new(),
        fields: WishFields::default(),
    };
    let tenant = TenantView {
        domains: BTreeSet::from(["contoso.com".to_owned()]),
        licences: offered(),
        ..TenantView::default()
    };
    let made = plan(&wish, &tenant).expect("the seat of the first is its own");
    assert!(
        matches!(&steps(&made)[1..], [AccountStep::ChangeLicences { give, .. }]
        if give[0].without == services(&[MAIL]) && give[1].without.is_empty())
    );
    let unheld = UserWish {
        held: BTreeSet::new(),
        ..wish.clone()
    };
    assert_eq!(plan(&unheld, &tenant).expect_err("no seat")[0].code, Code::NoSeat);
    let unknown = UserWish {
        licences: without(&[(E5, &[Uuid::from_u128(77)])]),
        ..wish
    };
    let issues = plan(&unknown, &tenant).expect_err("no such service");
    assert_eq!(issues[0].code, Code::UnknownLicence);
}

#[test]
fn r06_what_a_group_gives_in_vain_is_told_before_it_is_given_to_the_account_in_vain() {
    let mut refused = view(&[]);
    refused.failed_licences = vec![FailedLicence {
        sku: E5,
        without: BTreeSet::from([CHAT]),
        error: "MutuallyExclusiveViolation".to_owned(),
    }];
    let told = plan_change(&wish(&[(E5, &[])], &[]), Some(&refused)).expect_err("it would fail");
    assert_eq!((told[0].code, told[0].field.as_str()), (Code::RuleBroken, "add"));
    let words = ["ja", "en"].map(|language| told[0].args[language].as_str().unwrap_or_default());
    assert!(words.iter().all(|words| words.contains("SPE_E5")), "{words:?}");
    for other in [wish(&[(E5, &[CHAT, MAIL])], &[]), wish(&[(E5, &[])], &[E3])] {
        let mut view = refused.clone();
        view.licences = without(&[(E3, &[])]);
        assert!(plan_change(&other, Some(&view)).is_ok(), "it may work");
    }
}

/// Sealed plans lie in journals under a hash of their JSON.
#[test]
fn plans_that_were_sealed_before_services_could_be_off_are_read_and_sealed_as_they_were() {
    let account = json!({ "userPrincipalName": "h.takahashi@contoso.com", "id": ACCOUNT });
    let licence = json!({ "sku": E3, "name": "SPE_E3" });
    let step = |name: &str| json!({ "do": name, "sku": E3, "name": "SPE_E3" });
    let swap = json!({ "do": "changeLicences", "give": [licence], "take": [licence] });
    let steps = [step("assignLicence"), step("removeLicence"), swap];
    let sealed = json!({ "account": account, "steps": steps });
    let read = Plans::read(&sealed).expect("a plan");
    assert_eq!(read.body().expect("JSON"), sealed);
    assert_eq!(
        read.step_ids(),
        [
            StepId::new(format!("assign-licence:{E3}")),
            StepId::new(format!("remove-licence:{E3}")),
            StepId::new("change-licences"),
        ]
    );
    let now = planned(&wish(&[(E5, &[MAIL])], &[]), &view(&[]));
    let again = Plans::read(&Plans::One(now.clone()).body().expect("JSON")).expect("a plan");
    assert_eq!(again, Plans::One(now), "sealing forgets no service");
}
