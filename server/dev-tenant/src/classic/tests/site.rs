//! A classic site with people and a list, and a browser without a screen.

use http::{HeaderMap, Method};
use uuid::Uuid;

use crate::call::{Call, Reply};
use crate::caller::{Channel, PersonCaller};
use crate::classic;
use crate::directory::ObjectId;
use crate::sharepoint::fixture::{Fixture, OWNER, app};
use crate::sharepoint::operations::items::{self, Placing};
use crate::sharepoint::operations::securable::Securable;
use crate::sharepoint::operations::update::{Edits, Stamp};
use crate::sharepoint::operations::{assignments, field_schema, fields, inheritance};
use crate::sharepoint::state::field_value::FieldValue;
use crate::sharepoint::state::ids::ItemId;
use crate::sharepoint::state::role;

pub(super) const LIST: &str = "/sites/flow/Lists/PFApplications";

pub(super) struct Browser {
    pub(super) fixture: Fixture,
}

impl Browser {
    pub(super) fn new() -> Self {
        let browser = Self {
            fixture: Fixture::new(),
        };
        browser.column("<Field Type='Choice' Name='PFDecision' DisplayName='判断'><CHOICES><CHOICE>承認</CHOICE><CHOICE>却下</CHOICE></CHOICES></Field>");
        browser.column("<Field Type='Text' Name='PFStatus' DisplayName='状態' ShowInEditForm='FALSE'/>");
        browser
    }

    pub(super) fn column(&self, schema: &str) {
        self.fixture.session(&app(), |session| {
            let fresh = session.tenant.ids.uuid();
            let field = field_schema::parse(schema, field_schema::INTERNAL_NAME_HINT, fresh).unwrap();
            fields::create(session, self.fixture.list, field, true).unwrap();
        });
    }

    pub(super) fn item(&self, title: &str) -> ItemId {
        self.fixture.session(&app(), |session| {
            let edits = Edits::from([("Title".to_owned(), Some(FieldValue::Text(title.to_owned())))]);
            items::create(
                session,
                self.fixture.list,
                Placing::default(),
                edits,
                &Stamp::default(),
            )
            .unwrap()
        })
    }

    /// Gives the item its own permissions: `level` for Taro, nothing for anybody else.
    pub(super) fn only_for_taro(&self, item: ItemId, level: crate::sharepoint::state::ids::RoleId) {
        let securable = Securable::Item(self.fixture.list, item);
        self.fixture.session(&app(), |session| {
            inheritance::break_inheritance(session, securable, false, true).unwrap();
            assignments::add(session, securable, self.fixture.taro, level).unwrap();
        });
    }

    pub(super) fn get(&self, person: ObjectId, path: &str) -> Page {
        self.send(Some(person), Method::GET, path, "")
    }

    pub(super) fn post(&self, person: ObjectId, path: &str, form: &[(&str, &str)]) -> Page {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        self.send(Some(person), Method::POST, path, &body)
    }

    pub(super) fn send(&self, person: Option<ObjectId>, method: Method, path: &str, body: &str) -> Page {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let call = Call {
            method,
            host: "contoso.sharepoint.com".to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers: HeaderMap::new(),
            body: body.to_owned().into(),
            request_id: Uuid::from_u128(5),
        };
        let caller = person.map(|person| PersonCaller {
            person,
            channel: Channel::Cookie,
        });
        Page(classic::answer(&self.fixture.world, caller.as_ref(), &call))
    }

    /// The values of a row, as the owner reads them.
    pub(super) fn value(&self, item: ItemId, field: &str) -> Option<String> {
        let owner = crate::sharepoint::fixture::person(OWNER);
        self.fixture.session(&owner, |session| {
            let item = session.item(self.fixture.list, item).unwrap();
            item.value(field).map(FieldValue::brief)
        })
    }
}

pub(super) const FULL: crate::sharepoint::state::ids::RoleId = role::FULL_CONTROL;
pub(super) const READ: crate::sharepoint::state::ids::RoleId = role::READ;
pub(super) const EDIT: crate::sharepoint::state::ids::RoleId = role::CONTRIBUTE;

pub(super) struct Page(Reply);

impl Page {
    pub(super) fn status(&self) -> u16 {
        self.0.status
    }

    /// The page, with slashes as a browser reads them.
    pub(super) fn text(&self) -> String {
        String::from_utf8(self.0.body.clone())
            .unwrap()
            .replace("&#x2f;", "/")
    }

    pub(super) fn has(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.0.headers.iter();
        let (_, value) = headers.find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        Some(value)
    }

    /// The value of a hidden input.
    pub(super) fn hidden(&self, name: &str) -> String {
        let text = self.text();
        let (_, rest) = text.split_once(&format!("name=\"{name}\"")).unwrap();
        let (_, rest) = rest.split_once("value=\"").unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    }
}
