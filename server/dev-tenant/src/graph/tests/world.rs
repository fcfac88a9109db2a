//! A tenant with one SKU of two seats, and an app that calls.

use std::collections::BTreeMap;

use http::{HeaderMap, HeaderValue};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::call::{Call, Reply};
use crate::caller::{AppCaller, Caller};
use crate::directory::{AppId, Directory, ObjectId, Sku};
use crate::graph::{Mailboxes, answer_as};
use crate::ledger::Ledger;
use crate::sharepoint::SharePoint;
use crate::switches::Switches;
use crate::world::{Ids, Tenant, TenantNames, World};

pub(super) const SKU: Uuid = Uuid::from_u128(7);
pub(super) const PLAN: Uuid = Uuid::from_u128(8);

pub(super) fn world(lag: u32) -> World {
    let names = TenantNames {
        id: Uuid::from_u128(1),
        name: "contoso".to_owned(),
        domain: "contoso.onmicrosoft.com".to_owned(),
        display_name: "Contoso".to_owned(),
    };
    let sku = Sku {
        sku_id: SKU,
        part_number: "SPE_E3".to_owned(),
        enabled_units: 2,
        plans: BTreeMap::from([(PLAN, "EXCHANGE_S_ENTERPRISE".to_owned())]),
    };
    let tenant = Tenant {
        directory: Directory {
            skus: vec![sku],
            ..Directory::default()
        },
        sharepoint: SharePoint::default(),
        mailboxes: Mailboxes::default(),
        exchange: crate::exchange::Exchange::default(),
        ledger: Ledger::default(),
        switches: Switches {
            replication_lag_seconds: lag,
            ..Switches::default()
        },
        ids: Ids::seeded(1),
    };
    World::new(names, tenant)
}

pub(super) const ALL: &[&str] = &[
    "User.ReadWrite.All",
    "Group.ReadWrite.All",
    "Directory.Read.All",
    "LicenseAssignment.ReadWrite.All",
    "Mail.ReadWrite",
    "Mail.Send",
];

pub(super) fn app(roles: &[&str]) -> Caller {
    Caller::App(AppCaller {
        app_id: AppId(Uuid::from_u128(3)),
        principal: ObjectId(Uuid::from_u128(4)),
        display_name: "Flow".to_owned(),
        roles: roles.iter().map(|role| (*role).to_owned()).collect(),
        wids: Vec::new(),
        by_certificate: true,
    })
}

/// Sends `line` = "METHOD /path?query" with headers as an app holding `roles`.
pub(super) fn send(
    world: &World,
    roles: &[&str],
    line: &str,
    headers: &[(&'static str, &'static str)],
    body: &Value,
) -> (u16, Value) {
    let reply = reply_to(world, roles, line, headers, body);
    let body = serde_json::from_slice(&reply.body).unwrap_or(Value::Null);
    (reply.status, body)
}

/// A tenant in which nobody is told to go slower with teams.
pub(super) fn unlimited() -> World {
    let world = world(0);
    world.tenant().switches.teams.limits = false;
    world
}

/// Status and headers of the reply.
pub(super) fn header(
    world: &World,
    roles: &[&str],
    line: &str,
    body: &Value,
) -> (u16, Vec<(String, String)>) {
    let reply = reply_to(world, roles, line, &[], body);
    (reply.status, reply.headers)
}

/// Sends bytes.
pub(super) fn bytes(world: &World, roles: &[&str], line: &str, kind: &'static str, body: Vec<u8>) -> Reply {
    let mut call = call_of(line, &[("content-type", kind)], &Value::Null);
    call.body = body.into();
    answer_as(world, &app(roles), &call)
}

/// The whole reply to a call without a body.
pub(super) fn reply(world: &World, roles: &[&str], line: &str) -> Reply {
    reply_to(world, roles, line, &[], &Value::Null)
}

fn reply_to(
    world: &World,
    roles: &[&str],
    line: &str,
    headers: &[(&'static str, &'static str)],
    body: &Value,
) -> Reply {
    answer_as(world, &app(roles), &call_of(line, headers, body))
}

fn call_of(line: &str, headers: &[(&'static str, &'static str)], body: &Value) -> Call {
    let (method, url) = line.split_once(' ').unwrap();
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.insert(*name, HeaderValue::from_static(value));
    }
    Call {
        method: method.parse().unwrap(),
        host: "graph.microsoft.com".to_owned(),
        path: format!("/v1.0{path}"),
        query: query.to_owned(),
        headers: map,
        body: if body.is_null() {
            String::new()
        } else {
            body.to_string()
        }
        .into(),
        request_id: Uuid::from_u128(99),
    }
}

pub(super) fn call(world: &World, line: &str, body: &Value) -> (u16, Value) {
    send(world, ALL, line, &[], body)
}

pub(super) fn person(name: &str) -> Value {
    json!({"accountEnabled": true, "displayName": name, "mailNickName": name, "usageLocation": "JP",
        "userPrincipalName": format!("{name}@contoso.onmicrosoft.com"),
        "passwordProfile": {"password": "Correct-Horse-9"}})
}

/// Creates a user and gives his id.
pub(super) fn user(world: &World, name: &str) -> String {
    let (status, body) = call(world, "POST /users", &person(name));
    assert_eq!(status, 201, "{body}");
    body["id"].as_str().unwrap().to_owned()
}
