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
        assert!(request_of(&part).paths() <= crate::csom::MAX_OBJECT_PATHS);
    }
}

fn request_of(part: &SetAccess) -> Request {
    let mut request = Request::new();
    let web = request.web();
    let mut grants = Grants::new(&mut request, web);
    let list = request.list(web, Uuid::nil());
    part.add_to(&mut request, &mut grants, list);
    request
}

/// Requests, their bytes, and resource units of one change.
fn price(have: &[Assignment], want: &BTreeSet<Grant>) -> [usize; 3] {
    let change = SetAccess::between(ItemId(7), Some(have), want).unwrap();
    let parts = if change.is_large() {
        change.parts()
    } else {
        vec![change.clone()]
    };
    let bytes = parts
        .iter()
        .map(|part| request_of(part).xml().unwrap().len())
        .sum();
    [parts.len(), bytes, change.resource_units() as usize]
}

/// Those who are asked at a step are let in, and stay as readers when the next one opens.
#[test]
fn a_step_of_sixty_people_is_one_request_when_it_opens_and_two_when_it_closes() {
    const DECIDE: i32 = 1_073_741_927;
    const READ: i32 = 1_073_741_926;
    let mut prices = Vec::new();
    for people in [5, 20, 60, 250] {
        let level = |role| (11..11 + people).map(|who| (who, role)).collect::<Vec<_>>();
        let opened = want(&level(DECIDE));
        let held: Vec<_> = (11..11 + people).map(|who| (who, &[DECIDE][..])).collect();
        prices.push((
            people,
            price(&[], &opened),
            price(&have(&held), &want(&level(READ))),
        ));
    }
    assert_eq!(
        prices,
        [
            (5, [1, 2_634, 25], [1, 3_544, 50]),
            (20, [1, 6_984, 100], [1, 10_643, 200]),
            (60, [1, 18_723, 300], [2, 30_508, 600]),
            (250, [3, 77_155, 1_250], [6, 125_551, 2_500]),
        ]
    );
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
