//! Names and addresses of something new.

use crate::directory::ObjectId;
use crate::exchange::addressing;
use crate::exchange::fault::Fault;
use crate::exchange::invocation::Invocation;
use crate::exchange::recipient;
use crate::world::Tenant;

/// What a new mailbox or group is called.
pub(super) struct Names {
    pub(super) name: String,
    pub(super) display_name: String,
    pub(super) alias: String,
    pub(super) address: String,
}

/// Reads the names; they must be free.
pub(super) fn read(invocation: &Invocation, tenant: &Tenant) -> Result<Names, Fault> {
    let name = invocation.text("Name").unwrap_or_default().trim().to_owned();
    if name.is_empty() {
        return Err(Fault::invalid("Name", "it must not be empty"));
    }
    let alias = invocation
        .text("Alias")
        .map_or_else(|| alias_of(&name), str::to_owned);
    if alias.is_empty() {
        return Err(Fault::invalid(
            "Alias",
            "the name has no character that an alias can have; give an alias",
        ));
    }
    check_free(invocation, tenant, &name, &alias)?;
    let given = invocation.text("PrimarySmtpAddress").map(str::to_owned);
    let address = given.unwrap_or_else(|| format!("{alias}@{}", invocation.world.names.domain));
    addressing::check(invocation, tenant, None, &[format!("SMTP:{address}")])?;
    let display_name = invocation.text("DisplayName").unwrap_or(&name).to_owned();
    Ok(Names {
        name,
        display_name,
        alias,
        address,
    })
}

/// Without an alias Exchange takes what it can of the name.
pub(super) fn alias_of(name: &str) -> String {
    let kept = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c));
    kept.collect::<String>().trim_matches('.').to_owned()
}

/// Names are unique among all recipients; so are aliases of those that Exchange makes. It knows at once what other
/// servers have not replicated yet.
pub(super) fn check_free(
    invocation: &Invocation,
    tenant: &Tenant,
    name: &str,
    alias: &str,
) -> Result<(), Fault> {
    let made = tenant
        .exchange
        .settings
        .iter()
        .filter(|(id, _)| is_there(tenant, **id));
    let made = made.filter_map(|(_, settings)| settings.name.as_deref());
    let known = recipient::all(tenant, invocation.now);
    let there = |wanted: &str| {
        let taken = known
            .iter()
            .any(|known| known.name().eq_ignore_ascii_case(wanted));
        taken || made.clone().any(|made| made.eq_ignore_ascii_case(wanted))
    };
    if there(name) {
        return Err(Fault::exists(name));
    }
    let same = |known: &recipient::Recipient| known.alias().eq_ignore_ascii_case(alias);
    if invocation.has("Alias") && known.iter().any(same) {
        return Err(Fault::exists(alias));
    }
    Ok(())
}

fn is_there(tenant: &Tenant, id: ObjectId) -> bool {
    let directory = &tenant.directory;
    let user = directory
        .users
        .get(&id)
        .is_some_and(|user| user.deleted.is_none());
    user || directory.groups.contains_key(&id) || directory.contacts.contains_key(&id)
}
