//! The tenant before anybody asks, in the words of sample wishes.

use std::collections::BTreeSet;

use dev_tenant::directory::{Group, ObjectId, User};
use dev_tenant::world::Tenant;
use e2e::house::House;
use serde_json::{Value, json};
use uuid::Uuid;

use super::objects::Objects;

/// Owns something, and may not sign in.
pub(crate) const BLOCKED: &str = "tomoya.honda";
/// They own what is there, and what is made.
pub(crate) const OWNER: &str = "mai.noguchi";
pub(crate) const MEMBER: &str = "rina.fukuda";

/// A group of the tenant that is made into one of Microsoft 365.
const UNLIKE: &str = "人事部";
/// Its mailing list.
const LIST: &str = "全社連絡";

pub(crate) struct Ground<'a> {
    pub(crate) house: &'a House,
}

/// The same with what is there when people ask.
pub(crate) struct Settled<'a> {
    pub(crate) ground: Ground<'a>,
    pub(crate) objects: &'a Objects,
}

impl<'a> std::ops::Deref for Settled<'a> {
    type Target = Ground<'a>;

    fn deref(&self) -> &Self::Target {
        &self.ground
    }
}

impl Ground<'_> {
    pub(crate) fn upn(&self, local: &str) -> String {
        format!("{local}@{}", self.house.world().names.domain)
    }

    /// A person as forms name him.
    pub(crate) fn person(&self, local: &str) -> Value {
        json!({ "upn": self.upn(local) })
    }

    pub(crate) fn group(&self, name: &str) -> Uuid {
        self.house.group(name)
    }

    pub(crate) fn user(&self, local: &str, change: impl FnOnce(&mut User)) {
        let upn = self.upn(local);
        let mut tenant = self.house.world().tenant();
        let mut users = tenant.directory.users.values_mut();
        let user = users.find(|user| user.user_principal_name == upn);
        change(user.unwrap_or_else(|| panic!("nobody is called {upn}")));
    }

    /// Object id of whoever has this user principal name.
    pub(crate) fn account(&self, local: &str) -> Uuid {
        self.id(local).0
    }

    fn id(&self, local: &str) -> ObjectId {
        let mut id = None;
        self.user(local, |user| id = Some(user.id));
        id.expect("one of the staff")
    }

    fn change_group(&self, name: &str, change: impl FnOnce(&mut Group)) {
        let mut tenant = self.house.world().tenant();
        change(named(&mut tenant, name));
    }

    /// Another one becomes somebody's manager.
    pub(crate) fn reports_to(&self, local: &str, manager: &str) {
        let manager = self.id(manager);
        self.user(local, |user| user.manager = Some(manager));
    }

    /// A group with one owner, and one member more than it has.
    pub(crate) fn owned(&self, name: &str, owner: &str, member: &str) {
        let (owner, member) = (self.id(owner), self.id(member));
        self.change_group(name, |group| {
            group.owners = BTreeSet::from([owner]);
            group.members.insert(member);
            let description = json!("前からの説明");
            group.properties.insert("description".to_owned(), description);
        });
    }

    /// The same as a group of Microsoft 365.
    pub(crate) fn unified(&self, name: &str, nickname: &str, owner: &str, member: &str) {
        self.owned(name, owner, member);
        let mail = self.upn(nickname);
        self.change_group(name, |group| {
            let unified = json!({ "groupTypes": ["Unified"], "mailEnabled": true, "securityEnabled": false,
                "mail": mail, "mailNickname": nickname, "visibility": "Private" });
            let unified = unified.as_object().cloned().unwrap_or_default();
            group.properties.extend(unified);
        });
    }

    /// Another group of Microsoft 365 with an owner and a member.
    pub(crate) fn new_unified(&self, name: &str, nickname: &str, owner: &str, member: &str) {
        self.copied(UNLIKE, name, nickname);
        self.unified(name, nickname, owner, member);
    }

    /// Another mailing list, which may give rights or not.
    pub(crate) fn new_list(&self, name: &str, nickname: &str, gives_rights: bool) {
        self.copied(LIST, name, nickname);
        self.owned(name, OWNER, MEMBER);
        self.change_group(name, |group| {
            let value = json!(gives_rights);
            group.properties.insert("securityEnabled".to_owned(), value);
        });
    }

    pub(crate) fn without_owners(&self, name: &str) {
        self.change_group(name, |group| group.owners.clear());
    }

    pub(crate) fn joined(&self, name: &str, local: &str) {
        let id = self.id(local);
        self.change_group(name, |group| {
            group.members.insert(id);
        });
    }

    /// Somebody gives a group another name.
    pub(crate) fn renamed(&self, name: &str) {
        self.change_group(name, |group| group.display_name = another(name));
    }

    /// The same of a shared mailbox.
    pub(crate) fn renamed_mailbox(&self, (local, name): (&str, &str)) {
        self.user(local, |account| account.display_name = another(name));
    }

    /// Somebody says something else about a group.
    pub(crate) fn described(&self, name: &str) {
        let description = json!("ほかの人の説明");
        self.change_group(name, |group| {
            group.properties.insert("description".to_owned(), description);
        });
    }

    /// The same of the contact with this address.
    pub(crate) fn renamed_contact(&self, address: &str) {
        let mut tenant = self.house.world().tenant();
        let mut contacts = tenant.directory.contacts.values_mut();
        let contact = contacts.find(|contact| contact.external_address == address);
        let contact = contact.unwrap_or_else(|| panic!("no contact has {address}"));
        contact.display_name = another(&contact.display_name);
    }

    /// Whoever owns it may not sign in.
    pub(crate) fn blocked_owner(&self, name: &str) {
        self.owned(name, BLOCKED, MEMBER);
        self.user(BLOCKED, |user| user.account_enabled = false);
    }

    /// Another group of the same kind.
    pub(crate) fn copied(&self, name: &str, new: &str, nickname: &str) {
        let mail = self.upn(nickname);
        let mut tenant = self.house.world().tenant();
        let mut group = named(&mut tenant, name).clone();
        group.id = tenant.ids.object_id();
        new.clone_into(&mut group.display_name);
        for (property, value) in [
            ("mailNickname", json!(nickname)),
            ("mail", json!(mail)),
            ("proxyAddresses", json!([format!("SMTP:{mail}")])),
        ] {
            group.properties.insert(property.to_owned(), value);
        }
        tenant.directory.groups.insert(group.id, group);
    }
}

fn named<'a>(tenant: &'a mut Tenant, name: &str) -> &'a mut Group {
    let mut groups = tenant.directory.groups.values_mut();
    let group = groups.find(|group| group.display_name == name);
    group.unwrap_or_else(|| panic!("no group is called {name}"))
}

/// What somebody else calls it.
fn another(name: &str) -> String {
    format!("ほかの人の{name}")
}
