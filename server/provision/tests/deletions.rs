//! What counts against the limit of deletions: objects, each once, and not what comes back with a click.

use provision::{
    AccountKey, AccountPlan, AccountStep, GroupIdentity, GroupKey, GroupPlan, GroupStep, Licence, Plan,
    Plans, TeamStep,
};
use serde_json::json;
use uuid::Uuid;

const OBJECT: Uuid = Uuid::from_u128(1);

fn account(steps: Vec<AccountStep>) -> Plan {
    let account = AccountKey::marked("h.takahashi@contoso.example", "m");
    Plan::Account(AccountPlan { account, steps })
}

fn group(steps: Vec<GroupStep>) -> Plan {
    let group = GroupKey {
        display_name: "営業".to_owned(),
        identity: GroupIdentity::Standing { id: OBJECT },
    };
    Plan::Group(GroupPlan { group, steps })
}

#[test]
fn x08_an_object_counts_once_whatever_is_done_to_it() {
    let name = || "営業".to_owned();
    let leaves = account(vec![
        AccountStep::BlockSignIn {},
        AccountStep::RemoveFromGroup {
            group: OBJECT,
            name: name(),
        },
        AccountStep::DeleteUser {},
    ]);
    let moves = account(vec![
        AccountStep::RemoveLicence(Licence {
            sku: OBJECT,
            name: name(),
        }),
        AccountStep::RemoveFromGroup {
            group: OBJECT,
            name: name(),
        },
    ]);
    assert_eq!(Plans::One(leaves.clone()).deletions(), 1);
    assert_eq!(Plans::One(moves.clone()).deletions(), 0);
    let rows = vec![leaves.clone(), moves, leaves];
    assert_eq!(Plans::Rows { rows }.deletions(), 2);
}

/// As the plan of a family stands in an application.
fn read(family: &str, step: &str) -> usize {
    let key = json!({ "displayName": "a", "address": "a@contoso.example", "id": OBJECT, "kind": "security" });
    let plan = json!({ family: key, "steps": [{ "do": step, "kind": "security" }] });
    let plans = Plans::read(&plan).unwrap_or_else(|error| panic!("{plan}: {error}"));
    plans.deletions()
}

#[test]
fn x08_every_family_has_its_deletions() {
    for (family, step, counts) in [
        ("group", "deleteGroup", 1),
        ("group", "restoreGroup", 0),
        ("list", "deleteList", 1),
        ("mailbox", "deleteMailbox", 1),
        ("mailbox", "blockSignIn", 0),
        ("contact", "deleteContact", 1),
    ] {
        assert_eq!(read(family, step), counts, "{family} {step}");
    }
    let team = |step| group(vec![GroupStep::Team(step)]);
    assert!(team(TeamStep::ArchiveTeam {}).deletes());
    assert!(!team(TeamStep::UnarchiveTeam {}).deletes());
}
