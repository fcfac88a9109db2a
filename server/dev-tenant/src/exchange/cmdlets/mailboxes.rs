//! Mailboxes: shared ones are made here; licences bring the others.

use std::collections::BTreeMap;

use serde_json::json;

use super::change::{self, Face};
use super::names::{self, Names};
use crate::directory::{ObjectId, User};
use crate::exchange::fault::Fault;
use crate::exchange::invocation::{Done, Invocation, Outcome};
use crate::exchange::recipient::{self, Kind};
use crate::exchange::state::{Mailbox, MailboxKind, Settings, after};
use crate::exchange::{reading, row};
use crate::world::Tenant;

/// Makes a shared mailbox and the disabled account behind it.
pub(super) fn create(invocation: &Invocation) -> Outcome {
    if invocation.flag("Shared") != Some(true) {
        return Err(Fault::NotModelled("New-Mailbox without Shared".to_owned()));
    }
    let mut tenant = invocation.world.tenant();
    let names = names::read(invocation, &tenant)?;
    let id = tenant.ids.object_id();
    let user = account(invocation, &tenant, id, &names)?;
    let now = invocation.now;
    let ready = after(now, tenant.switches.exchange.sees_itself_seconds);
    tenant.directory.users.insert(id, user);
    let settings = Settings {
        name: Some(names.name),
        seen_from: Some(now),
        ..Settings::default()
    };
    tenant.exchange.settings.insert(id, settings);
    let mailbox = |ready_from| Mailbox {
        kind: MailboxKind::Shared,
        ready_from,
    };
    tenant.exchange.mailboxes.insert(id, mailbox(now));
    invocation.record(&mut tenant, format!("exchange:create:mailbox:{}", names.address));
    let shown = recipient::by_id(&tenant, now, id).map(|found| row::of(&tenant, now, &found));
    tenant.exchange.settings(id).seen_from = Some(ready);
    tenant.exchange.mailboxes.insert(id, mailbox(ready));
    Ok(Done::rows(shown.into_iter().collect()))
}

fn account(invocation: &Invocation, tenant: &Tenant, id: ObjectId, names: &Names) -> Result<User, Fault> {
    let principal_name = format!("{}@{}", names.alias, invocation.world.names.domain);
    let mut people = tenant
        .directory
        .users
        .values()
        .filter(|user| user.deleted.is_none());
    if people.any(|user| user.user_principal_name.eq_ignore_ascii_case(&principal_name)) {
        return Err(Fault::exists(&principal_name));
    }
    let properties = json!({
        "mail": names.address, "mailNickname": names.alias, "userType": "Member",
        "proxyAddresses": [format!("SMTP:{}", names.address)],
    });
    Ok(User {
        id,
        user_principal_name: principal_name,
        display_name: names.display_name.clone(),
        account_enabled: false,
        properties: properties.as_object().cloned().unwrap_or_default(),
        manager: None,
        licences: BTreeMap::new(),
        inherited: Vec::new(),
        password: None,
        created: invocation.now,
        deleted: None,
        visible_from: after(invocation.now, tenant.switches.exchange.seen_by_directory_seconds),
    })
}

pub(super) fn get(invocation: &Invocation) -> Outcome {
    reading::list(invocation, Kind::is_mailbox)
}

pub(super) fn set(invocation: &Invocation) -> Outcome {
    let mut tenant = invocation.world.tenant();
    let found = change::target(invocation, &tenant, Kind::is_mailbox)?;
    let (id, before) = (found.id, Face::of(&found));
    let face = change::changed(invocation, &tenant, &found, true)?;
    let kind = invocation.text("Type").and_then(MailboxKind::named);
    let Some(kind) = kind.filter(|kind| found.kind != Kind::Mailbox(*kind)) else {
        return change::put(invocation, &mut tenant, id, &before, face);
    };
    let converted = Mailbox {
        kind,
        ready_from: invocation.now,
    };
    tenant.exchange.mailboxes.insert(id, converted);
    invocation.record(
        &mut tenant,
        format!("exchange:convert:mailbox:{}:{}", id.0, kind.details()),
    );
    if before == face {
        return Ok(Done::default());
    }
    change::put(invocation, &mut tenant, id, &before, face)
}

/// The account goes with the mailbox, to the deleted items of the directory.
pub(super) fn remove(invocation: &Invocation) -> Outcome {
    let mut tenant = invocation.world.tenant();
    if invocation.flag("PermanentlyDelete") == Some(true) {
        return purge(invocation, &mut tenant);
    }
    let id = change::target(invocation, &tenant, Kind::is_mailbox)?.id;
    let prefixed = tenant.switches.deleted_upn_is_prefixed;
    if let Some(user) = tenant.directory.users.get_mut(&id) {
        user.deleted = Some(invocation.now);
        if prefixed {
            user.user_principal_name = format!("{}{}", id.0.simple(), user.user_principal_name);
        }
    }
    invocation.record(&mut tenant, format!("exchange:delete:mailbox:{}", id.0));
    Ok(Done::default())
}

/// Only what lies in the deleted items can go for good.
fn purge(invocation: &Invocation, tenant: &mut Tenant) -> Outcome {
    let identity = invocation.identity();
    if recipient::find(tenant, invocation.now, identity, Kind::is_mailbox).is_ok() {
        return Err(Fault::binding(
            "PermanentlyDelete is for mailboxes that are soft-deleted already.",
        ));
    }
    let is_meant = |user: &&User| {
        let name = user.properties.get("mail").and_then(serde_json::Value::as_str);
        let by_id = uuid::Uuid::try_parse(identity).is_ok_and(|id| id == user.id.0);
        user.deleted.is_some() && (by_id || name.is_some_and(|mail| mail.eq_ignore_ascii_case(identity)))
    };
    let gone = tenant.directory.users.values().find(is_meant).map(|user| user.id);
    let id = gone.ok_or_else(|| Fault::not_found(identity))?;
    crate::graph::forget(&mut tenant.directory, id);
    tenant.exchange.mailboxes.remove(&id);
    tenant.exchange.settings.remove(&id);
    invocation.record(tenant, format!("exchange:purge:mailbox:{}", id.0));
    Ok(Done::default())
}
