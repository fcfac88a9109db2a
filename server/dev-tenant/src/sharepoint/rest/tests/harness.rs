//! A tenant with one site and a few people.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

use crate::call::{Call, Reply};
use crate::caller::{AppCaller, Caller, Channel, PersonCaller};
use crate::directory::{AppId, Directory, ObjectId, User};
use crate::sharepoint::SharePoint;
use crate::sharepoint::birth::classic_site;
use crate::sharepoint::rest::answer;
use crate::sharepoint::state::people::GrantRole;
use crate::sharepoint::state::site::AppGrant;
use crate::switches::Switches;
use crate::world::{Ids, Tenant, TenantNames, World};

pub(super) const OWNER: &str = "owner";
pub(super) const SATO: &str = "sato";
pub(super) const MORI: &str = "mori";

pub(super) struct House {
    pub(super) world: World,
}

pub(super) fn id_of(name: &str) -> ObjectId {
    let mut bytes = [0; 16];
    bytes[..name.len()].copy_from_slice(name.as_bytes());
    ObjectId(Uuid::from_bytes(bytes))
}

fn user(name: &str) -> User {
    let address = format!("{name}@contoso.onmicrosoft.com");
    User {
        id: id_of(name),
        user_principal_name: address.clone(),
        display_name: name.to_owned(),
        account_enabled: true,
        properties: Map::from_iter([("mail".to_owned(), json!(address))]),
        manager: None,
        licences: BTreeMap::new(),
        inherited: Vec::new(),
        password: None,
        created: "2026-01-01T00:00:00Z".parse().unwrap(),
        deleted: None,
        visible_from: "2026-01-01T00:00:00Z".parse().unwrap(),
    }
}

/// Owner is site admin; everybody in the directory may enter as a visitor once `open_to_all` was called.
pub(super) fn house() -> House {
    let people = [OWNER, SATO, MORI].map(user);
    let mut ids = Ids::seeded(7);
    let site = classic_site(&mut ids, "/sites/flow", "Flow", &[&people[0]], people[0].created);
    let directory = Directory {
        users: people.into_iter().map(|user| (user.id, user)).collect(),
        ..Directory::default()
    };
    let tenant = Tenant {
        directory,
        sharepoint: SharePoint {
            sites: vec![site],
            ..SharePoint::default()
        },
        mailboxes: crate::graph::Mailboxes::default(),
        exchange: crate::exchange::Exchange::default(),
        ledger: crate::ledger::Ledger::default(),
        switches: Switches::default(),
        ids,
    };
    let names = TenantNames {
        id: Uuid::from_u128(1),
        name: "contoso".to_owned(),
        domain: "contoso.onmicrosoft.com".to_owned(),
        display_name: "Contoso".to_owned(),
    };
    let house = House {
        world: World::new(names, tenant),
    };
    grant(&house, GrantRole::FullControl);
    house
}

pub(super) fn app_id() -> AppId {
    AppId(Uuid::from_u128(42))
}

pub(super) fn grant(house: &House, role: GrantRole) {
    let grant = AppGrant {
        app: app_id(),
        display_name: "Flow".to_owned(),
        role,
    };
    house.world.tenant().sharepoint.sites[0].grants = BTreeMap::from([(Uuid::from_u128(9), grant)]);
}

pub(super) fn app() -> Caller {
    app_by(true)
}

pub(super) fn app_by(by_certificate: bool) -> Caller {
    Caller::App(AppCaller {
        app_id: app_id(),
        principal: ObjectId(Uuid::from_u128(43)),
        display_name: "Flow".to_owned(),
        roles: vec!["Sites.Selected".to_owned()],
        wids: Vec::new(),
        by_certificate,
    })
}

pub(super) fn person(name: &str) -> Caller {
    Caller::Person(PersonCaller {
        person: id_of(name),
        channel: Channel::Token {
            app_id: AppId(Uuid::from_u128(5)),
            scopes: vec!["AllSites.FullControl".to_owned()],
        },
    })
}

pub(super) fn browser(name: &str) -> Caller {
    Caller::Person(PersonCaller {
        person: id_of(name),
        channel: Channel::Cookie,
    })
}

pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) reply: Reply,
    pub(super) json: Value,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.reply.headers.iter();
        headers
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    pub(super) fn code(&self) -> &str {
        self.json["odata.error"]["code"].as_str().unwrap_or_default()
    }

    pub(super) fn values(&self) -> &Vec<Value> {
        self.json["value"].as_array().unwrap()
    }
}

impl House {
    pub(super) fn send(
        &self,
        caller: &Caller,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Bytes>,
    ) -> Answer {
        let call = call(method, path, headers, body);
        let reply = answer(&self.world, caller, &call);
        Answer {
            status: reply.status,
            json: serde_json::from_slice(&reply.body).unwrap_or_default(),
            reply,
        }
    }

    pub(super) fn get(&self, caller: &Caller, path: &str) -> Answer {
        self.send(caller, "GET", path, &[], "")
    }

    pub(super) fn post(&self, caller: &Caller, path: &str, body: &Value) -> Answer {
        self.send(caller, "POST", path, &[], body.to_string())
    }

    pub(super) fn merge(&self, caller: &Caller, path: &str, etag: &str, body: &Value) -> Answer {
        let headers = [("x-http-method", "MERGE"), ("if-match", etag)];
        self.send(caller, "POST", path, &headers, body.to_string())
    }

    /// A level of its own for people, given on the web, as a set-up would.
    pub(super) fn level(&self, name: &str, mask: u64) -> u32 {
        let body = json!({"Name": name, "BasePermissions": {
            "High": (mask >> 32).to_string(), "Low": (mask & 0xffff_ffff).to_string()
        }});
        let made = self.post(&app(), "web/roledefinitions", &body);
        assert_eq!(made.status, 201, "{}", made.json);
        u32::try_from(made.json["Id"].as_u64().unwrap()).unwrap()
    }

    pub(super) fn ensure(&self, name: &str) -> u64 {
        let login = format!("i:0#.f|membership|{name}@contoso.onmicrosoft.com");
        let user = self.post(&app(), "web/ensureuser", &json!({"logonName": login}));
        assert_eq!(user.status, 200, "{}", user.json);
        user.json["Id"].as_u64().unwrap()
    }

    pub(super) fn list(&self, title: &str) {
        let made = self.post(&app(), "web/lists", &json!({"Title": title, "BaseTemplate": 100}));
        assert_eq!(made.status, 201, "{}", made.json);
    }

    pub(super) fn give(&self, object: &str, who: u64, level: u32) {
        let path =
            format!("{object}/roleassignments/addroleassignment(principalid={who}, roledefid={level})");
        let given = self.post(&app(), &path, &json!({}));
        assert_eq!(given.status, 200, "{}", given.json);
    }

    pub(super) fn keys(&self) -> BTreeSet<String> {
        self.world
            .tenant()
            .ledger
            .effects
            .iter()
            .map(|effect| effect.key.clone())
            .collect()
    }
}

/// View + add + edit own rows, view versions, forms and remote APIs: no delete, no override.
pub(super) const APPLY: u64 = 0x30_0000_0000 | 0b0110_0111 | 1 << 12 | 1 << 16 | 1 << 17 | 1 << 27;
/// Read, versions included, and edit.
pub(super) const DECIDE: u64 = 0x30_0000_0000 | 0b0110_0101 | 1 << 12 | 1 << 16 | 1 << 17 | 1 << 27;

pub(super) fn call(method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Call {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let mut map = HeaderMap::new();
    map.insert(
        "accept",
        HeaderValue::from_static("application/json;odata=nometadata"),
    );
    for (name, value) in headers {
        map.insert(
            HeaderName::from_bytes(name.as_bytes()).unwrap(),
            HeaderValue::from_str(value).unwrap(),
        );
    }
    Call {
        method: Method::from_bytes(method.as_bytes()).unwrap(),
        host: "contoso.sharepoint.com".to_owned(),
        path: format!("/sites/flow/_api/{path}").replace(' ', "%20"),
        query: query.replace(' ', "%20"),
        headers: map,
        body: body.into(),
        request_id: Uuid::from_u128(77),
    }
}
