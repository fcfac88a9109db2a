use std::collections::BTreeSet;

use super::*;

fn have(rows: &[(i32, &[i32])]) -> Vec<Assignment> {
    let row = |(principal, roles): &(i32, &[i32])| {
        let roles: Vec<_> = roles
            .iter()
            .map(|id| serde_json::json!({ "Id": id, "Name": "r", "BasePermissions": { "High": "0", "Low": "1" } }))
            .collect();
        serde_json::from_value(serde_json::json!({
            "PrincipalId": principal, "RoleDefinitionBindings": roles,
            "Member": { "LoginName": "l", "Title": "t", "PrincipalType": 1 },
        }))
        .unwrap()
    };
    rows.iter().map(row).collect()
}

fn want(grants: &[(i32, i32)]) -> BTreeSet<Grant> {
    grants
        .iter()
        .map(|(p, r)| Grant {
            principal: PrincipalId(*p),
            role: RoleDefinitionId(*r),
        })
        .collect()
}

#[test]
fn an_item_that_is_right_costs_nothing() {
    let have = have(&[(11, &[1]), (12, &[2])]);
    assert_eq!(
        SetAccess::between(ItemId(7), Some(&have), &want(&[(11, 1), (12, 2)])),
        None
    );
}

#[test]
fn who_should_not_be_there_goes_and_a_wrong_level_is_replaced() {
    let have = have(&[(11, &[1]), (12, &[1]), (1_073_741_822, &[9])]);
    let change = SetAccess::between(ItemId(7), Some(&have), &want(&[(11, 1), (12, 2), (13, 1)])).unwrap();
    assert_eq!(change.remove, [PrincipalId(12), PrincipalId(1_073_741_822)]);
    assert_eq!(
        change.add,
        want(&[(12, 2), (13, 1)]).into_iter().collect::<Vec<_>>()
    );
    assert!(!change.break_inheritance);
}

#[test]
fn an_inheriting_item_is_cut_off_even_for_nobody() {
    let change = SetAccess::between(ItemId(7), None, &want(&[])).unwrap();
    assert!(change.break_inheritance && change.remove.is_empty() && change.add.is_empty());
}
