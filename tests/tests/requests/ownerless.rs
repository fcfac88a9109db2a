//! What nobody answers for who may sign in is recognised before anybody asks for a change of it: in the night, by mail,
//! by `doctor` and where forms offer it, until somebody answers for it again.

use std::collections::{BTreeMap, BTreeSet};

use dev_tenant::directory::Group;
use dev_tenant::sharepoint::state::field_value::FieldValue;
use dev_tenant::sharepoint::state::item::Item;
use e2e::house::{House, pause};
use e2e::person::Person;
use e2e::post::mails;
use e2e::rows::{self, DEFINITIONS};
use e2e::scene::cast::{ADMINISTRATOR, APPLICANT, EXPERTS, sign_in};
use e2e::scene::until_told;
use jiff::SignedDuration;
use serde_json::json;

use super::groups::{OWNER, TARGET, change, found, person};
use super::lists;
use super::stage::{ADOPTION, Kind, SUBJECT, Stage};

/// A night lies in it, whichever hour it is, and what is made at its end is still young.
const A_DAY: SignedDuration = SignedDuration::from_hours(25);
pub(super) const TOLD: &str = "【所有者なし】";
/// Was made within the day of the search.
pub(super) const YOUNG: &str = "経理部";
const ADOPT: Kind = Kind {
    workflow: "group-adopt",
    last: ADOPTION,
};
const GROUP_WAITS: &str = "営業部 → 「所有者引継ぎ(セキュリティ グループ)」";
const LIST_WAITS: &str = "全社連絡 → 「所有者引継ぎ(メーリングリスト)」";
const LOOK: std::time::Duration = std::time::Duration::from_millis(200);
const LOOKS: u32 = 400;

fn every_group(house: &House, change: impl Fn(&mut Group)) {
    let mut tenant = house.world().tenant();
    tenant.directory.groups.values_mut().for_each(change);
}

/// Everything has an owner, but for what is too young to have one; the only owner of [`TARGET`] is blocked.
pub(super) fn equip(house: &House) {
    let owner = person(house, OWNER);
    every_group(house, |group| group.owners = BTreeSet::from([owner]));
    lists::equip(house);
    let blocked = person(house, SUBJECT);
    change(house, TARGET, |group| group.owners = BTreeSet::from([blocked]));
    change(house, lists::TARGET, |list| list.owners = BTreeSet::from([owner]));
    change(house, YOUNG, |group| {
        group.owners.clear();
        group.created += A_DAY;
    });
}

async fn stage() -> Stage {
    let stage = Stage::prepared(0, equip).await;
    stage.change_user(SUBJECT, |user| user.account_enabled = false);
    // The first look at the clock says which night is the first.
    stage.settle().await;
    stage
}

/// A day later; whoever administers, for sign-ins end while days pass.
pub(super) async fn next_day(stage: &Stage) -> Person {
    let passed = stage.house.tenant.advance(A_DAY);
    passed.expect("the clock's file");
    Person::sign_in(&stage.house, ADMINISTRATOR).await
}

/// The mails about it, once there are so many.
async fn told(stage: &Stage, administrator: &Person, number: usize) -> Vec<String> {
    for _ in 0..LOOKS {
        let found = mails(&stage.house, administrator, TOLD);
        if found.len() >= number {
            return found;
        }
        pause(LOOK).await;
    }
    panic!("{number} mails do not come\n{}", stage.house.log());
}

/// What a master shows on the site.
fn shown(house: &House, master: &str) -> Vec<String> {
    let tenant = house.world().tenant();
    let word = |item: &Item, column: &str| match item.value(column) {
        Some(FieldValue::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let mut masters = rows::items(&tenant, DEFINITIONS).filter(|item| word(item, "PFKind") == "master");
    let found = masters.find(|item| word(item, "Title") == master);
    let body = word(found.expect("a master of this name"), "PFBody");
    let master: forms::Master = serde_json::from_str(&body).expect("a master");
    master.options.into_iter().map(|option| option.label.ja).collect()
}

/// Until a master shows a name as it should be.
async fn is_shown(stage: &Stage, (master, name): (&str, &str), wanted: bool) {
    for _ in 0..LOOKS {
        if shown(&stage.house, master).iter().any(|label| label == name) == wanted {
            return;
        }
        pause(LOOK).await;
    }
    let shown = shown(&stage.house, master);
    panic!(
        "{master}: {name} is wanted: {wanted}; {shown:?}\n{}",
        stage.house.log()
    );
}

pub(super) fn doctor(stage: &Stage) -> String {
    let told = stage.house.run(&["doctor"]);
    String::from_utf8_lossy(&told.stdout).into_owned()
}

/// By an application; sign-ins of the day before are over.
async fn adopted(stage: &mut Stage) {
    let [applicant, expert] = sign_in(&stage.house, [APPLICANT, EXPERTS[0]]).await;
    stage.applicant = applicant;
    let target = found(stage, TARGET).expect("the target").id.0;
    let form = json!({ "group": target, "owners": [stage.person(OWNER)], "reason": "所有者が休職したため" });
    stage.adopt(ADOPT, &form, Some(&expert)).await;
}

/// The marks of [`TARGET`] by master: where nothing is asked of it, it keeps its name.
async fn is_marked(stage: &Stage, marked: bool) {
    let with_mark = BTreeMap::from([
        ("standingGroups", true),
        ("managedGroups", true),
        ("groups", false),
    ]);
    for (master, takes_mark) in with_mark {
        let is_so = marked && takes_mark;
        is_shown(stage, (master, "営業部（所有者なし）"), is_so).await;
        is_shown(stage, (master, "営業部"), !is_so).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r19_what_nobody_answers_for_is_found_in_the_night_told_once_and_shown_until_somebody_does() {
    let mut stage = stage().await;
    let administrator = next_day(&stage).await;
    let first = until_told(&stage.house, &administrator, TOLD).await.join("\n");
    assert!(first.contains(GROUP_WAITS), "{first}");
    for silent in ["全社連絡", YOUNG, "開発部", "申請ポータル管理者"] {
        assert!(!first.contains(silent), "{silent} in {first}");
    }
    is_marked(&stage, true).await;
    let line = "注意    owners: サインインできる所有者がいません: 営業部。\
「所有者引継ぎ(セキュリティ グループ)」を申請してください";
    let said = doctor(&stage);
    assert!(said.contains(line), "{said}");

    // Forms say so until it is adopted, and not until the next night.
    adopted(&mut stage).await;
    is_marked(&stage, false).await;

    // That tells of what is new alone.
    change(&stage.house, lists::TARGET, |list| list.owners.clear());
    let owner = person(&stage.house, OWNER);
    change(&stage.house, YOUNG, |group| {
        group.owners = BTreeSet::from([owner]);
    });
    next_day(&stage).await;
    let both = told(&stage, &administrator, 2).await;
    let second: Vec<&String> = both.iter().filter(|mail| mail.contains(LIST_WAITS)).collect();
    assert_eq!(second.len(), 1, "{both:?}");
    assert!(!second[0].contains("営業部 →"), "{both:?}");
    is_shown(&stage, ("standingMailingLists", "全社連絡（所有者なし）"), true).await;

    // Somebody makes an owner of himself elsewhere.
    change(&stage.house, lists::TARGET, |list| {
        list.owners = BTreeSet::from([owner]);
    });
    next_day(&stage).await;
    is_shown(&stage, ("standingMailingLists", "全社連絡"), true).await;
    let said = doctor(&stage);
    assert!(said.contains("正常    owners"), "{said}");
    stage.settle().await;
    assert_eq!(
        mails(&stage.house, &administrator, TOLD).len(),
        2,
        "nobody is told twice"
    );
}
