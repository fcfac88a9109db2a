//! A small tenant for tests.

use jiff::Timestamp;
use serde_json::Map;
use uuid::Uuid;

use crate::caller::{AppCaller, Caller, Channel, PersonCaller};
use crate::directory::{AppId, Directory, ObjectId, User};
use crate::ledger::Ledger;
use crate::sharepoint::SharePoint;
use crate::sharepoint::birth::classic_site;
use crate::sharepoint::operations::field_schema;
use crate::sharepoint::operations::lists::{self, NewList};
use crate::sharepoint::operations::session::{Occasion, Session};
use crate::sharepoint::operations::{assignments, fields, people, securable::Securable};
use crate::sharepoint::state::ids::{ListId, PrincipalId, SiteId};
use crate::sharepoint::state::role;
use crate::switches::Switches;
use crate::world::{Ids, Tenant, TenantNames, World};

pub(crate) const OWNER: ObjectId = ObjectId(Uuid::from_u128(1));
pub(crate) const TARO: ObjectId = ObjectId(Uuid::from_u128(2));
pub(crate) const JIRO: ObjectId = ObjectId(Uuid::from_u128(3));

/// A site with one list "Applications" that visitors (Taro, Jiro) may read.
pub(crate) struct Fixture {
    pub(crate) world: World,
    pub(crate) site: SiteId,
    pub(crate) list: ListId,
    pub(crate) taro: PrincipalId,
}

fn user(id: ObjectId, name: &str, at: Timestamp) -> User {
    User {
        id,
        user_principal_name: format!("{name}@contoso.onmicrosoft.com"),
        display_name: name.to_owned(),
        account_enabled: true,
        properties: Map::new(),
        manager: None,
        licences: std::collections::BTreeMap::new(),
        inherited: Vec::new(),
        password: None,
        created: at,
        deleted: None,
        visible_from: at,
    }
}

pub(crate) fn app() -> Caller {
    Caller::App(AppCaller {
        app_id: AppId(Uuid::from_u128(9)),
        principal: ObjectId(Uuid::from_u128(10)),
        display_name: "Provisioning Flow".to_owned(),
        roles: vec!["Sites.FullControl.All".to_owned()],
        wids: Vec::new(),
        by_certificate: true,
    })
}

pub(crate) fn person(person: ObjectId) -> Caller {
    Caller::Person(PersonCaller {
        person,
        channel: Channel::Cookie,
    })
}

impl Fixture {
    pub(crate) fn new() -> Self {
        Self::with(Switches::default())
    }

    pub(crate) fn with(switches: Switches) -> Self {
        let at: Timestamp = "2026-11-24T00:00:00Z".parse().unwrap();
        let mut ids = Ids::seeded(7);
        let owner = user(OWNER, "owner", at);
        let site = classic_site(&mut ids, "/sites/flow", "Flow", &[&owner], at);
        let mut directory = Directory::default();
        for user in [owner, user(TARO, "taro", at), user(JIRO, "jiro", at)] {
            directory.users.insert(user.id, user);
        }
        let site_id = site.id;
        let tenant = Tenant {
            directory,
            sharepoint: SharePoint {
                sites: vec![site],
                last_event: 0,
            },
            mailboxes: crate::graph::Mailboxes::default(),
            exchange: crate::exchange::Exchange::default(),
            ledger: Ledger::default(),
            switches,
            ids,
        };
        let names = TenantNames {
            id: Uuid::from_u128(100),
            name: "contoso".to_owned(),
            domain: "contoso.onmicrosoft.com".to_owned(),
            display_name: "Contoso".to_owned(),
        };
        let world = World::new(names, tenant);
        let (list, taro) = furnish(&world, site_id);
        Self {
            world,
            site: site_id,
            list,
            taro,
        }
    }

    pub(crate) fn session<T>(&self, caller: &Caller, act: impl FnOnce(&mut Session<'_>) -> T) -> T {
        session(&self.world, self.site, caller, act)
    }

    pub(crate) fn titles(&self, caller: &Caller) -> Vec<String> {
        self.session(caller, |session| {
            let items = crate::sharepoint::operations::items::visible(session, self.list).unwrap();
            items
                .into_iter()
                .map(|item| item.value("Title").unwrap().brief())
                .collect()
        })
    }
}

fn session<T>(world: &World, site: SiteId, caller: &Caller, act: impl FnOnce(&mut Session<'_>) -> T) -> T {
    let occasion = Occasion {
        names: &world.names,
        at: world.clock.now(),
        request_id: Uuid::nil(),
    };
    let mut tenant = world.tenant();
    act(&mut Session::open(&mut tenant, occasion, site, caller).unwrap())
}

fn furnish(world: &World, site: SiteId) -> (ListId, PrincipalId) {
    session(world, site, &app(), |session| {
        let new = NewList {
            title: "Applications".to_owned(),
            description: String::new(),
            base_template: 100,
            url: Some("Lists/PFApplications".to_owned()),
        };
        let list = lists::create(session, new).unwrap();
        for schema in [
            "<Field Type='Text' Name='PFSource' DisplayName='PFSource' EnforceUniqueValues='TRUE' Indexed='TRUE'/>",
            "<Field Type='User' Name='PFApplicant' DisplayName='PFApplicant'/>",
            "<Field Type='UserMulti' Mult='TRUE' Name='PFAssignees' DisplayName='PFAssignees'/>",
            "<Field Type='DateTime' Name='PFDueAt' DisplayName='PFDueAt'/>",
            "<Field Type='Number' Name='PFStepNo' DisplayName='PFStepNo'/>",
        ] {
            let fresh = session.tenant.ids.uuid();
            let field = field_schema::parse(schema, field_schema::INTERNAL_NAME_HINT, fresh).unwrap();
            fields::create(session, list, field, false).unwrap();
        }
        let mut visitor = |name: &str| {
            let id = people::ensure(session, &format!("{name}@contoso.onmicrosoft.com")).unwrap();
            assignments::add(session, Securable::Web, id, role::READ).unwrap();
            id
        };
        visitor("jiro");
        (list, visitor("taro"))
    })
}
