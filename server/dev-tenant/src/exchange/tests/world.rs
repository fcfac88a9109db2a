//! A tenant with two licensed people, and an app that runs cmdlets.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method};
use jiff::SignedDuration;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::call::{Call, Reply};
use crate::caller::{AppCaller, Caller};
use crate::directory::{AppId, Directory, ObjectId, Sku};
use crate::exchange::{Exchange, answer};
use crate::graph::{Mailboxes, answer_as};
use crate::ledger::Ledger;
use crate::sharepoint::SharePoint;
use crate::switches::{ExchangeSwitches, Switches};
use crate::world::{Ids, Tenant, TenantNames, World};

pub(super) const HOST: &str = "outlook.office365.com";
pub(super) const ADMINISTRATOR: &str = "29232cdf-9323-42fd-ade2-1d097af3e4de";
const SKU: Uuid = Uuid::from_u128(7);

/// Exchange finds at once what it made.
pub(super) fn world() -> World {
    world_with(Switches {
        exchange: ExchangeSwitches {
            sees_itself_seconds: 0,
            ..ExchangeSwitches::default()
        },
        ..Switches::default()
    })
}

pub(super) fn world_with(switches: Switches) -> World {
    let names = TenantNames {
        id: Uuid::from_u128(1),
        name: "contoso".to_owned(),
        domain: "contoso.onmicrosoft.com".to_owned(),
        display_name: "Contoso".to_owned(),
    };
    let sku = Sku {
        sku_id: SKU,
        part_number: "SPE_E3".to_owned(),
        enabled_units: 9,
        plans: BTreeMap::from([(Uuid::from_u128(8), "EXCHANGE_S_ENTERPRISE".to_owned())]),
    };
    let tenant = Tenant {
        directory: Directory {
            skus: vec![sku],
            ..Directory::default()
        },
        sharepoint: SharePoint::default(),
        mailboxes: Mailboxes::default(),
        exchange: Exchange::default(),
        ledger: Ledger::default(),
        switches,
        ids: Ids::seeded(1),
    };
    let world = World::new(names, tenant);
    for name in ["hanako", "taro"] {
        licensed(&world, name);
    }
    world
}

/// A person with a mailbox; his id.
pub(super) fn licensed(world: &World, name: &str) -> String {
    let id = graph(world, "POST /users", &person(name)).1["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let body = json!({"addLicenses": [{"skuId": SKU}], "removeLicenses": []});
    assert_eq!(
        graph(world, &format!("POST /users/{id}/assignLicense"), &body).0,
        200
    );
    id
}

pub(super) fn person(name: &str) -> Value {
    json!({"accountEnabled": true, "displayName": name, "mailNickname": name, "usageLocation": "JP",
        "userPrincipalName": format!("{name}@contoso.onmicrosoft.com"), "passwordProfile": {"password": "Correct-Horse-9"}})
}

pub(super) fn app(role: &str, wids: &[&str]) -> Caller {
    let roles = [
        role,
        "User.ReadWrite.All",
        "Group.ReadWrite.All",
        "Directory.Read.All",
        "LicenseAssignment.ReadWrite.All",
        "Mail.Send",
    ];
    Caller::App(AppCaller {
        app_id: AppId(Uuid::from_u128(3)),
        principal: ObjectId(Uuid::from_u128(4)),
        display_name: "Flow".to_owned(),
        roles: roles.into_iter().map(str::to_owned).collect(),
        wids: wids.iter().map(|wid| (*wid).to_owned()).collect(),
        by_certificate: true,
    })
}

pub(super) fn administrator() -> Caller {
    app("Exchange.ManageAsApp", &[ADMINISTRATOR])
}

pub(super) fn post(endpoint: &str, body: &Value) -> Call {
    let tenant = Uuid::from_u128(1);
    let (path, query) = endpoint.split_once('?').unwrap_or((endpoint, ""));
    Call {
        method: Method::POST,
        host: HOST.to_owned(),
        path: format!("/adminapi/{}", path.replacen('/', &format!("/{tenant}/"), 1)),
        query: query.to_owned(),
        headers: HeaderMap::new(),
        body: body.to_string().into(),
        request_id: Uuid::from_u128(99),
    }
}

pub(super) fn input(cmdlet: &str, parameters: &Value) -> Value {
    json!({"CmdletInput": {"CmdletName": cmdlet, "Parameters": parameters}})
}

pub(super) fn send(world: &World, caller: Option<&Caller>, call: &Call) -> Reply {
    answer(world, caller, call, &|_| None)
}

/// Runs a cmdlet as an administrator: status and body.
pub(super) fn run(world: &World, cmdlet: &str, parameters: &Value) -> (u16, Value) {
    let call = post("beta/InvokeCommand", &input(cmdlet, parameters));
    let reply = send(world, Some(&administrator()), &call);
    (
        reply.status,
        serde_json::from_slice(&reply.body).unwrap_or(Value::Null),
    )
}

/// Runs a cmdlet that must succeed: its rows.
pub(super) fn rows(world: &World, cmdlet: &str, parameters: &Value) -> Vec<Value> {
    let (status, body) = run(world, cmdlet, parameters);
    assert_eq!(status, 200, "{cmdlet} {parameters}: {body}");
    body["value"].as_array().unwrap().clone()
}

/// Runs a cmdlet that must fail: status and the type of the exception, without its namespace.
pub(super) fn failure(world: &World, cmdlet: &str, parameters: &Value) -> (u16, String) {
    let (status, body) = run(world, cmdlet, parameters);
    let message = body["error"]["details"][0]["message"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let exception = message.split('|').nth(1).unwrap_or_default();
    (
        status,
        exception.rsplit('.').next().unwrap_or_default().to_owned(),
    )
}

/// Calls Graph.
pub(super) fn graph(world: &World, line: &str, body: &Value) -> (u16, Value) {
    let (method, url) = line.split_once(' ').unwrap();
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let call = Call {
        method: method.parse().unwrap(),
        host: "graph.microsoft.com".to_owned(),
        path: format!("/v1.0{path}"),
        query: query.to_owned(),
        headers: HeaderMap::new(),
        body: if body.is_null() {
            Bytes::new()
        } else {
            body.to_string().into()
        },
        request_id: Uuid::from_u128(98),
    };
    let reply = answer_as(world, &administrator(), &call);
    (
        reply.status,
        serde_json::from_slice(&reply.body).unwrap_or(Value::Null),
    )
}

pub(super) fn header(call: &mut Call, name: &'static str, value: &'static str) {
    call.headers.insert(name, HeaderValue::from_static(value));
}

pub(super) fn wait(world: &World, seconds: i64) {
    world.clock.advance(SignedDuration::from_secs(seconds));
}

/// Keys of the ledger that begin so.
pub(super) fn effects(world: &World, prefix: &str) -> usize {
    let tenant = world.tenant();
    tenant
        .ledger
        .effects
        .iter()
        .filter(|effect| effect.key.starts_with(prefix))
        .count()
}

pub(super) fn list(name: &str) -> Value {
    json!({"Name": name, "ManagedBy": ["hanako"]})
}

pub(super) fn names<'v>(rows: &'v [Value], field: &str) -> Vec<&'v str> {
    rows.iter().filter_map(|row| row[field].as_str()).collect()
}
