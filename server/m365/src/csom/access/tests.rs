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
fn a_large_change_is_cut_into_requests_that_take_before_they_give() {
    let many: Vec<_> = (0..250).map(|n| (2_000 + n, 1)).collect();
    let held: Vec<_> = (0..120).map(|n| (1_000 + n, &[1][..])).collect();
    let change = SetAccess::between(ItemId(7), Some(&have(&held)), &want(&many)).unwrap();
    let sizes: Vec<_> = change
        .parts()
        .iter()
        .map(|part| (part.remove.len(), part.add.len()))
        .collect();
    assert_eq!(sizes, [(100, 0), (20, 0), (0, 100), (0, 100), (0, 50)]);
    let given: Vec<_> = change.parts().into_iter().flat_map(|part| part.add).collect();
    assert_eq!(given, change.add);
    for part in SetAccess::between(ItemId(7), None, &want(&many)).unwrap().parts() {
        let mut request = Request::new();
        let web = request.web();
        let mut grants = Grants::new(&mut request, web);
        let list = request.list(web, Uuid::nil());
        part.add_to(&mut request, &mut grants, list);
        assert!(request.paths() <= crate::csom::MAX_OBJECT_PATHS);
    }
}

#[test]
fn permissions_are_charged_one_by_one() {
    let change = SetAccess::between(ItemId(7), None, &want(&[(11, 1), (12, 1)])).unwrap();
    assert_eq!(
        change.resource_units(),
        5 * 4,
        "cut off, give two, take the app's row"
    );
}

#[test]
fn an_inheriting_item_is_cut_off_even_for_nobody() {
    let change = SetAccess::between(ItemId(7), None, &want(&[])).unwrap();
    assert!(change.break_inheritance && change.remove.is_empty() && change.add.is_empty());
}
