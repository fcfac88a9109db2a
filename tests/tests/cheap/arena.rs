//! A tenant with people and lists, where each contender does the same under the same eyes.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::time::Instant;

use dev_tenant::directory::{ObjectId, User};
use dev_tenant::seed::{ALMIGHTY, SITE};
use e2e::client::ClientTenant;
use jiff::{SignedDuration, Timestamp};
use m365::sharepoint::{FieldWish, ItemQuery, ListRef, Site};
use m365::{
    Cloud, Credential, Pace, Priority, SharePoint, Tenant, TenantSettings, Transport, TransportSettings,
    USER_AGENT, Work,
};
use serde_json::Value;
use uuid::Uuid;

use crate::case::{Case, KEY, Kind, OwnRow, Wish, wishes};
use crate::contender::{Contender, Script, seal};
use crate::wire::{Carried, Wire};

const LEVEL: &str = "Read";
/// Two approvers, or three people for all.
const SHARED: usize = 3;
/// So many that the budget lets preparations and checks through.
const LICENCES: u64 = 100_000;

/// A clock that skips, so that our own budget does not hold a measurement of one burst back.
pub(crate) struct Clock(AtomicI64);

impl Clock {
    pub(crate) fn skip_a_minute(&self) {
        self.0.fetch_add(60, Ordering::SeqCst);
    }
}

impl m365::Clock for Clock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now() + SignedDuration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

/// What one contender needed for one case.
#[derive(Debug)]
pub(crate) struct Cost {
    pub(crate) writes: u64,
    pub(crate) reads: u64,
    /// Bytes on the wire, headers and TLS included.
    pub(crate) sent: u64,
    pub(crate) received: u64,
    pub(crate) units: u64,
    pub(crate) seconds: f64,
}

impl Cost {
    pub(crate) fn bytes(&self) -> u64 {
        self.sent + self.received
    }
}

pub(crate) struct Arena {
    tenant: ClientTenant,
    wire: Wire,
    level: i32,
    everyone: Vec<i32>,
    lists: AtomicUsize,
}

impl Arena {
    pub(crate) async fn open(applicants: usize) -> Self {
        let tenant = ClientTenant::start().await;
        let wire = Wire::to(tenant.running.address).await;
        let (site, _) = sign_in(&tenant, &wire);
        let level = site.role_definition(LEVEL).await.expect("levels").expect(LEVEL);
        let mut everyone = Vec::new();
        for name in hired(&tenant, SHARED + applicants) {
            let person = site.ensure_user(&name).await.expect("an answer");
            everyone.push(person.expect("a site user").id.0);
        }
        Self {
            tenant,
            wire,
            level: level.id.0,
            everyone,
            lists: AtomicUsize::new(0),
        }
    }

    /// The case with an empty list of its own.
    pub(crate) async fn case(&self, kind: Kind) -> Case {
        let (site, _) = sign_in(&self.tenant, &self.wire);
        let title = format!("Sealed{}", self.lists.fetch_add(1, Ordering::SeqCst));
        let id = site.create_list(&title).await.expect("a list").id;
        let list = site.list(ListRef::Id(id));
        for name in [KEY, "PFNumber", "PFStatus"] {
            let wish = FieldWish {
                name,
                title: name,
                kind: "Text",
                ..FieldWish::default()
            };
            list.create_field(&wish).await.expect("a column");
        }
        list.index_field(KEY, true).await.expect("an index");
        Case {
            list: id,
            title,
            level: self.level,
            own_row: kind.own_row,
            items: wishes(kind, &self.everyone),
        }
    }

    /// Counts from when the contender has signed in until it is done.
    pub(crate) async fn measure(&self, contender: Contender, case: &Case, latency: u32) -> Cost {
        let cost = match contender {
            Contender::Ours => {
                let (site, clock) = sign_in(&self.tenant, &self.wire);
                site.info().await.expect("signed in");
                let before = self.begin(latency);
                seal(&site, &clock, case).await;
                self.end(before)
            }
            Contender::PnPjs(batch) => {
                let file = self.tenant.folder().join("case.json");
                std::fs::write(&file, case.json(batch).to_string()).expect("the case");
                let mut command = self.tenant.command("seal.mjs", "almighty");
                command.env("PF_CASE", file).env("USER_AGENT", USER_AGENT);
                command.env("PF_DEV_TENANT", self.wire.address.to_string());
                tokio::task::block_in_place(|| {
                    let mut script = Script::start(command);
                    let before = self.begin(latency);
                    script.run();
                    let cost = self.end(before);
                    script.end();
                    cost
                })
            }
        };
        self.tenant.running.world.tenant().switches.latency_millis = 0;
        cost
    }

    #[expect(clippy::disallowed_methods, reason = "speed lies in real time")]
    fn begin(&self, latency: u32) -> (Instant, Carried) {
        let world = &self.tenant.running.world;
        world.tenant().switches.latency_millis = latency;
        world.meter.reset();
        (Instant::now(), self.wire.carried())
    }

    fn end(&self, (started, before): (Instant, Carried)) -> Cost {
        let seconds = started.elapsed().as_secs_f64();
        let now = self.wire.carried();
        let usage = self.tenant.running.world.meter.usage();
        let sum = |part: &str| {
            let of = |usage| {
                let usage: Option<Value> = serde_json::to_value(usage).ok();
                usage.and_then(|usage| usage[part].as_u64())
            };
            usage.values().filter_map(of).sum::<u64>()
        };
        Cost {
            writes: sum("writes"),
            reads: sum("requests") - sum("writes"),
            sent: now.sent - before.sent,
            received: now.received - before.received,
            units: sum("resourceUnits"),
            seconds: (seconds * 100.0).round() / 100.0,
        }
    }

    /// Whether everything is as wished, whoever did it: every item, its columns, and who may read it.
    pub(crate) async fn check(&self, case: &Case) {
        let (site, _) = sign_in(&self.tenant, &self.wire);
        let list = site.list(ListRef::Id(case.list));
        let query = ItemQuery::select(&[KEY, "Title", "PFNumber", "PFStatus"]);
        let found = list.items(&query).await.expect("the items");
        assert_eq!(found.len(), case.items.len(), "{}", case.title);
        let key = |wish: &Wish| wish.fields[0].1.clone();
        let wished: BTreeMap<_, _> = case.items.iter().map(|wish| (key(wish), wish)).collect();
        for item in &found {
            let wish = wished[item.text(KEY).expect("a key")];
            for (name, text) in &wish.fields {
                assert_eq!(item.text(name), Some(text.as_str()));
            }
            let assignments = list.item_assignments(item.id).await.expect("who reads it");
            let levels = |id: i32| {
                let held = assignments.iter().find(|held| held.principal_id.0 == id)?;
                let roles = held.role_definition_bindings.iter();
                Some(roles.map(|role| role.id.0).collect::<Vec<_>>())
            };
            for person in wish.people {
                assert_eq!(levels(person), Some(vec![case.level]), "{item:?}");
            }
            let others = assignments.len() - wish.people.len();
            assert!(
                others <= usize::from(case.own_row == OwnRow::Stays),
                "{assignments:?}"
            );
        }
    }
}

/// The site through the product's client, with a budget of its own, as the app that PnPjs signs in as.
fn sign_in(tenant: &ClientTenant, wire: &Wire) -> (Site, Arc<Clock>) {
    let world = &tenant.running.world;
    let host = format!("{}.sharepoint.com", world.names.name);
    let hosts = ["login.microsoftonline.com", host.as_str()];
    let transport = Transport::new(&TransportSettings {
        ca_pem: Some(std::fs::read(&tenant.running.ca_file).expect("the CA")),
        addresses: hosts.map(|host| (host.to_owned(), wire.address)).into(),
    });
    let settings = TenantSettings {
        tenant_id: world.names.id,
        client_id: almighty(tenant),
        credentials: vec![
            Credential::from_files(&[tenant.certificate("almighty")])
                .expect("a certificate")
                .into(),
        ],
        cloud: Cloud::default(),
        pace: Pace::default(),
        sharepoint: SharePoint::Online,
    };
    let clock = Arc::new(Clock(AtomicI64::new(0)));
    let tenant = Tenant::new(transport.expect("a client"), Arc::clone(&clock) as _, settings);
    let tenant = tenant.expect("a tenant");
    tenant.set_licences(LICENCES);
    let work = Work {
        correlation: Uuid::nil(),
        priority: Priority::People,
    };
    let site = tenant.for_work(work).site(&format!("https://{host}{SITE}"));
    (site.expect("an address"), clock)
}

fn almighty(tenant: &ClientTenant) -> Uuid {
    let world = tenant.running.world.tenant();
    let mut apps = world.directory.apps.values();
    let app = apps.find(|app| app.display_name == ALMIGHTY);
    app.expect("the app").app_id.0
}

/// Puts people into the directory, and gives their names.
fn hired(tenant: &ClientTenant, count: usize) -> Vec<String> {
    let mut world = tenant.running.world.tenant();
    let users = &mut world.directory.users;
    let someone = users.values().find(|user| user.account_enabled);
    let someone = someone.expect("somebody").clone();
    let (_, domain) = someone.user_principal_name.split_once('@').expect("an address");
    let hire = |number: usize| User {
        id: ObjectId(Uuid::from_u128(0xb3_0000 + number as u128)),
        user_principal_name: format!("applicant{number}@{domain}"),
        ..someone.clone()
    };
    let people: Vec<_> = (0..count).map(hire).collect();
    let names = people.iter().map(|user| user.user_principal_name.clone());
    let names = names.collect();
    users.extend(people.into_iter().map(|user| (user.id, user)));
    names
}
