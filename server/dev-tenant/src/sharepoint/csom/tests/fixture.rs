use jiff::Timestamp;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::super::process;
use crate::call::Call;
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

pub(super) const OWNER: ObjectId = ObjectId(Uuid::from_u128(1));
pub(super) const TARO: ObjectId = ObjectId(Uuid::from_u128(2));
pub(super) const JIRO: ObjectId = ObjectId(Uuid::from_u128(3));

/// A site with one list "Applications" that visitors (Taro, Jiro) may read.
pub(super) struct Fixture {
    pub(super) world: World,
    pub(super) site: SiteId,
    pub(super) list: ListId,
    pub(super) taro: PrincipalId,
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
        password: None,
        created: at,
        deleted: None,
        visible_from: at,
    }
}

pub(super) fn app() -> Caller {
    Caller::App(AppCaller {
        app_id: AppId(Uuid::from_u128(9)),
        principal: ObjectId(Uuid::from_u128(10)),
        display_name: "Provisioning Flow".to_owned(),
        roles: vec!["Sites.FullControl.All".to_owned()],
        wids: Vec::new(),
        by_certificate: true,
    })
}

pub(super) fn person(person: ObjectId) -> Caller {
    Caller::Person(PersonCaller {
        person,
        channel: Channel::Cookie,
    })
}

impl Fixture {
    pub(super) fn new() -> Self {
        Self::with(Switches::default())
    }

    pub(super) fn with(switches: Switches) -> Self {
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

    pub(super) fn session<T>(&self, caller: &Caller, act: impl FnOnce(&mut Session<'_>) -> T) -> T {
        session(&self.world, self.site, caller, act)
    }

    /// Sends a request whose `Actions` and `ObjectPaths` are given inside the usual frame.
    pub(super) fn send(&self, caller: &Caller, actions: &str, paths: &str) -> Vec<Value> {
        self.send_watched(caller, actions, paths, &mut || {})
    }

    pub(super) fn send_watched(
        &self,
        caller: &Caller,
        actions: &str,
        paths: &str,
        between: &mut dyn FnMut(),
    ) -> Vec<Value> {
        let body = request(actions, &format!("{}{paths}", self.usual_paths()));
        let call = Call {
            method: http::Method::POST,
            host: "contoso.sharepoint.com".to_owned(),
            path: "/sites/flow/_vti_bin/client.svc/ProcessQuery".to_owned(),
            query: String::new(),
            headers: http::HeaderMap::new(),
            body: body.into(),
            request_id: Uuid::from_u128(77),
        };
        let reply = process(&self.world, self.site, caller, &call, between).unwrap();
        assert_eq!(reply.status, 200);
        serde_json::from_slice(&reply.body).unwrap()
    }

    /// 1 context, 2 web, 3 lists, 4 the list.
    fn usual_paths(&self) -> String {
        format!(
            r#"<StaticProperty Id="1" TypeId="{{3747adcd-a3c3-41b9-bfab-4a64dd2f1e0a}}" Name="Current"/>
            <Property Id="2" ParentId="1" Name="Web"/><Property Id="3" ParentId="2" Name="Lists"/>
            <Method Id="4" ParentId="3" Name="GetById"><Parameters><Parameter Type="Guid">{{{}}}</Parameter></Parameters></Method>"#,
            self.list
        )
    }

    pub(super) fn titles(&self, caller: &Caller) -> Vec<String> {
        self.session(caller, |session| {
            let items = crate::sharepoint::operations::items::visible(session, self.list).unwrap();
            items
                .into_iter()
                .map(|item| item.value("Title").unwrap().brief())
                .collect()
        })
    }
}

pub(super) fn request(actions: &str, paths: &str) -> String {
    format!(
        r#"<Request xmlns="http://schemas.microsoft.com/sharepoint/clientquery/2009" SchemaVersion="15.0.0.0" LibraryVersion="16.0.0.0" ApplicationName="test"><Actions>{actions}</Actions><ObjectPaths>{paths}</ObjectPaths></Request>"#
    )
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
