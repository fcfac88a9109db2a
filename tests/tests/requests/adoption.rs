//! 所有者引継ぎ: what nobody answers for who may sign in is refused with a word about adoption, adopted, and then
//! managed as ever.

use std::collections::BTreeSet;

use e2e::house::House;
use serde_json::{Value, json};

use super::groups::{self, Family, MICROSOFT_365, OWNER, SECURITY, TARGET, change, deleted, found, person};
use super::stage::{ADOPTION, Kind, SUBJECT, Stage};
use super::{distributions, lists, team_changes};

const fn adopts(workflow: &'static str) -> Kind {
    Kind {
        workflow,
        last: ADOPTION,
    }
}

fn codes(codes: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(code, field): &(&str, &str)| ((*code).to_owned(), (*field).to_owned());
    codes.iter().map(owned).collect()
}

fn asked(stage: &Stage, field: &str, target: &str) -> Value {
    let target = found(stage, target).expect("the target");
    json!({ field: target.id.0, "owners": [stage.person(OWNER)], "reason": "所有者が退職したため" })
}

fn without_owners(house: &House) {
    change(house, TARGET, |group| group.owners.clear());
}

/// Without any owner it is Information Systems who decides.
async fn is_adopted_and_then_managed(family: Family, adopts: Kind) {
    let stage = Stage::prepared(0, |house| {
        groups::equip(house, family);
        without_owners(house);
    })
    .await;
    let told = stage.refused(family.delete, &deleted(&stage)).await;
    assert_eq!(told, codes(&[("orphaned", "group")]));
    let form = asked(&stage, "group", TARGET);
    let (number, read) = stage.adopt(adopts, &form, None).await;
    assert!(read.contains("所有者の追加: "), "{read}");
    let owner = BTreeSet::from([person(&stage.house, OWNER)]);
    assert_eq!(found(&stage, TARGET).expect("the target").owners, owner);
    let again = stage.refused(adopts, &form).await;
    assert_eq!(again, codes(&[("not_orphaned", "group")]));
    let undone = stage.undo_refused(adopts, &number).await;
    assert_eq!(undone, codes(&[("nothing_to_do", "")]));
    stage.carry_out(family.delete, &deleted(&stage)).await;
    assert!(found(&stage, TARGET).is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn r19_a_security_group_without_owners_is_adopted_and_then_managed() {
    is_adopted_and_then_managed(SECURITY, adopts("group-adopt")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r19_a_microsoft_365_group_without_owners_is_adopted_and_then_managed() {
    is_adopted_and_then_managed(MICROSOFT_365, adopts("m365-group-adopt")).await;
}

/// The manager of the owner who may not sign in decides.
#[tokio::test(flavor = "multi_thread")]
async fn r19_i10_a_team_whose_owners_are_all_blocked_is_adopted_by_leave_of_their_manager_and_given_back() {
    let stage = team_changes::stage(0).await;
    let id = team_changes::target(&stage);
    let manager = stage.manager_of(SUBJECT).await;
    stage.change_user(SUBJECT, |user| user.account_enabled = false);
    let form =
        json!({ "team": id.0, "items": ["description"], "description": "営業", "reason": "整理のため" });
    let told = stage.refused(team_changes::CHANGE, &form).await;
    assert_eq!(told, codes(&[("orphaned", "team")]));
    let team = adopts("team-adopt");
    let (number, _) = stage
        .adopt(team, &asked(&stage, "team", TARGET), Some(&manager))
        .await;
    let [last, new] = [SUBJECT, OWNER].map(|local| person(&stage.house, local));
    assert_eq!(
        found(&stage, TARGET).expect("the team").owners,
        BTreeSet::from([last, new])
    );
    stage.undo_adoption(team, &number).await;
    let team = found(&stage, TARGET).expect("the team");
    assert_eq!(team.owners, BTreeSet::from([last]));
    assert!(!team.members.contains(&new));
}

#[tokio::test(flavor = "multi_thread")]
async fn r19_a_mailing_list_whose_owner_is_blocked_is_adopted_and_then_changed() {
    let stage = lists::stage(0).await;
    stage.change_user(SUBJECT, |user| user.account_enabled = false);
    let told = stage.refused(lists::CHANGE, &lists::renamed(&stage)).await;
    assert_eq!(told, codes(&[("orphaned", "list")]));
    let form = asked(&stage, "list", lists::TARGET);
    stage.adopt(adopts("list-adopt"), &form, None).await;
    let owners = found(&stage, lists::TARGET).expect("the list").owners;
    assert!(owners.contains(&person(&stage.house, OWNER)));
    stage.carry_out(lists::CHANGE, &lists::renamed(&stage)).await;
}

/// What gives no rights is adopted by a request of its own, and its only owner is not taken away again.
#[tokio::test(flavor = "multi_thread")]
async fn r19_a_distribution_list_without_owners_is_adopted_and_then_changed() {
    let stage = distributions::stage(0).await;
    change(&stage.house, lists::TARGET, |list| list.owners.clear());
    let renamed = lists::renamed(&stage);
    let told = stage.refused(distributions::CHANGE, &renamed).await;
    assert_eq!(told, codes(&[("orphaned", "list")]));
    let adopts = adopts("distribution-adopt");
    let form = asked(&stage, "list", lists::TARGET);
    let (number, read) = stage.adopt(adopts, &form, None).await;
    assert!(read.contains("対象の配布グループ: 全社連絡"), "{read}");
    let owner = BTreeSet::from([person(&stage.house, OWNER)]);
    assert_eq!(found(&stage, lists::TARGET).expect("the list").owners, owner);
    let again = stage.refused(adopts, &form).await;
    assert_eq!(again, codes(&[("not_orphaned", "list")]));
    let undone = stage.undo_refused(adopts, &number).await;
    assert_eq!(undone, codes(&[("nothing_to_do", "")]));
    stage.carry_out(distributions::CHANGE, &renamed).await;
    assert!(found(&stage, "全社員連絡").is_some());
}
