//! How many permission scopes and assignments there may be.

use serde_json::json;

use super::harness::{DECIDE, House, MORI, app, house};
use crate::sharepoint::operations::limits::{
    ASSIGNMENTS_A_SCOPE, ITEMS_BELOW_A_BREAK, LOOKUP_COLUMNS_A_QUERY, UNIQUE_SCOPES_A_LIST,
};
use crate::sharepoint::state::ids::{ItemId, PrincipalId, ScopeId};
use crate::sharepoint::state::list::List;
use crate::sharepoint::state::role::LIMITED_ACCESS;
use crate::sharepoint::state::scope::Scope;

const ITEMS: &str = "web/lists/getbytitle('PFApplications')/items";

/// A list with one item, and what `more` makes of it.
fn list(more: impl FnOnce(&mut List)) -> House {
    let house = house();
    house.list("PFApplications");
    assert_eq!(house.post(&app(), ITEMS, &json!({"Title": "first"})).status, 201);
    {
        let mut tenant = house.world.tenant();
        let mut lists = tenant.sharepoint.sites[0].lists.values_mut();
        more(lists.find(|list| list.title == "PFApplications").unwrap());
    }
    house
}

fn broken(house: &House) -> super::harness::Answer {
    house.post(
        &app(),
        &format!("{ITEMS}(1)/breakroleinheritance(false, true)"),
        &json!({}),
    )
}

/// As many items that inherit as `count`, besides the first.
fn inheriting(list: &mut List, count: usize) {
    let first = list.items[&ItemId(1)].clone();
    for id in (2..).take(count) {
        let mut item = first.clone();
        item.id = ItemId(id);
        list.items.insert(item);
    }
}

/// As many sealed items as `count`, besides the first.
fn sealed(list: &mut List, count: usize) {
    let first = list.items[&ItemId(1)].clone();
    for id in (2..).take(count) {
        let mut item = first.clone();
        item.id = ItemId(id);
        item.scope = Some(Scope::empty(ScopeId(uuid::Uuid::from_u128(id.into()))));
        list.items.insert(item);
    }
}

fn full() -> Scope {
    let mut scope = Scope::empty(ScopeId(uuid::Uuid::from_u128(1)));
    for id in (100_000..).take(ASSIGNMENTS_A_SCOPE) {
        scope.add(PrincipalId(id), LIMITED_ACCESS);
    }
    scope
}

#[test]
fn a_list_takes_50000_scopes_and_refuses_the_next() {
    let house = list(|list| sealed(list, UNIQUE_SCOPES_A_LIST - 1));
    assert_eq!(broken(&house).status, 200);

    let house = list(|list| sealed(list, UNIQUE_SCOPES_A_LIST));
    let refused = broken(&house);
    assert_eq!(refused.status, 500);
    assert_eq!(refused.code(), "-2146232832, Microsoft.SharePoint.SPException");
    let told = refused.json["odata.error"]["message"]["value"].as_str();
    assert_eq!(
        told.unwrap_or_default(),
        "You cannot break inheritance for this item because there are too many items with unique permissions in this list."
    );
}

#[test]
fn a_scope_that_holds_5000_principals_takes_no_other_but_new_levels_for_these() {
    let house = list(|_| ());
    let (level, mori) = (house.level("PF-Decide", DECIDE), house.ensure(MORI));
    assert_eq!(broken(&house).status, 200);
    let give = |house: &House| {
        let path =
            format!("{ITEMS}(1)/roleassignments/addroleassignment(principalid={mori},roledefid={level})");
        house.post(&app(), &path, &json!({})).status
    };
    let scope_of_item = |scope: Scope| {
        let mut tenant = house.world.tenant();
        let mut lists = tenant.sharepoint.sites[0].lists.values_mut();
        let list = lists.find(|list| list.title == "PFApplications").unwrap();
        list.items
            .change(ItemId(1), |item| item.scope = Some(scope))
            .unwrap();
    };
    scope_of_item(full());
    assert_eq!(give(&house), 500);
    let mut known = full();
    known.assignments.pop_first();
    known.add(PrincipalId(u32::try_from(mori).unwrap()), LIMITED_ACCESS);
    scope_of_item(known);
    assert_eq!(give(&house), 200);
}

#[test]
fn a_list_of_more_than_100000_items_is_not_cut_off_but_an_item_in_it_is() {
    let cut_off = |more: usize| {
        let house = list(|list| inheriting(list, ITEMS_BELOW_A_BREAK - 1 + more));
        let path = "web/lists/getbytitle('PFApplications')/breakroleinheritance(false, true)";
        let answer = house.post(&app(), path, &json!({}));
        assert_eq!(broken(&house).status, 200);
        answer
    };
    assert_eq!(cut_off(0).status, 200);
    let refused = cut_off(1);
    assert_eq!(refused.status, 500);
    let told = refused.json["odata.error"]["message"]["value"].as_str();
    assert!(
        told.unwrap_or_default()
            .contains("there are too many items in the folder"),
        "{}",
        refused.json
    );
}

#[test]
fn a_query_that_joins_more_than_12_people_is_refused_however_they_are_named() {
    let house = list(|_| ());
    let names: Vec<_> = (0..=LOOKUP_COLUMNS_A_QUERY)
        .map(|number| format!("PFPerson{number}"))
        .collect();
    for name in &names {
        let schema = format!("<Field Type='User' Name='{name}' DisplayName='{name}'/>");
        let body = json!({"parameters": {"SchemaXml": schema, "Options": 8}});
        let path = "web/lists/getbytitle('PFApplications')/fields/createfieldasxml";
        assert_eq!(house.post(&app(), path, &body).status, 200);
    }
    let ids: Vec<_> = names.iter().map(|name| format!("{name}Id")).collect();
    let ask = |query: String| house.get(&app(), &format!("{ITEMS}?{query}"));
    assert_eq!(ask(format!("$select={}", ids[1..].join(","))).status, 200);
    let titles: Vec<_> = names.iter().map(|name| format!("{name}/Title")).collect();
    for query in [
        format!("$select={}", ids.join(",")),
        format!("$select={}&$expand={}", titles.join(","), names.join(",")),
        format!("$select={}&$filter={} eq 1", ids[1..].join(","), ids[0]),
    ] {
        let refused = ask(query);
        assert_eq!(
            (refused.status, refused.code()),
            (500, "-2147024860, Microsoft.SharePoint.SPQueryThrottledException")
        );
    }
}

#[test]
fn the_scope_above_an_item_runs_full_of_limited_access() {
    let house = list(|list| list.scope = Some(full()));
    let (level, mori) = (house.level("PF-Decide", DECIDE), house.ensure(MORI));
    assert_eq!(broken(&house).status, 200);
    let path = format!("{ITEMS}(1)/roleassignments/addroleassignment(principalid={mori},roledefid={level})");
    assert_eq!(house.post(&app(), &path, &json!({})).status, 500);
    let rows = house.get(&app(), &format!("{ITEMS}(1)/roleassignments"));
    assert!(rows.values().iter().all(|row| row["PrincipalId"] != mori));
}
