//! Apps that Exchange knows, scopes of mailboxes, and roles of the one on the other.

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::directory::AppId;
use crate::exchange::authorization::{Assignment, PREFIX, in_scope};
use crate::exchange::fault::Fault;
use crate::exchange::invocation::{Done, Invocation, Outcome};
use crate::exchange::parameter::Kind::Text;
use crate::exchange::parameter::{DISPLAY_NAME, LONG, NAME, Parameter, may, need};
use crate::exchange::reading::Filter;
use crate::exchange::recipient::{self, Kind};
use crate::world::Tenant;

type Row = Map<String, Value>;

pub(super) const PRINCIPAL: &[Parameter] = &[
    need("AppId", Text(LONG)),
    need("ObjectId", Text(LONG)),
    may("DisplayName", Text(DISPLAY_NAME)),
];
pub(super) const SCOPE: &[Parameter] = &[
    need("Name", Text(NAME)),
    need("RecipientRestrictionFilter", Text(LONG)),
];
pub(super) const ASSIGNMENT: &[Parameter] = &[
    need("App", Text(LONG)),
    need("Role", Text(LONG)),
    may("CustomResourceScope", Text(NAME)),
    may("Name", Text(NAME)),
];

fn object(value: &Value) -> Row {
    value.as_object().cloned().unwrap_or_default()
}

/// The app must be in the directory, and the object id that of its principal, not of its registration.
pub(super) fn new_principal(invocation: &Invocation) -> Outcome {
    let guid = |name: &str| {
        let text = invocation.text(name).unwrap_or_default();
        Uuid::try_parse(text).map_err(|_| Fault::invalid(name, "it is no GUID"))
    };
    let (app, id) = (AppId(guid("AppId")?), guid("ObjectId")?);
    let mut tenant = invocation.world.tenant();
    let known = tenant
        .directory
        .apps
        .get(&app)
        .filter(|known| known.principal.0 == id);
    let known = known.ok_or_else(|| Fault::not_found(&id.to_string()))?;
    let name = invocation
        .text("DisplayName")
        .unwrap_or(&known.display_name)
        .to_owned();
    let principals = &mut tenant.exchange.authorization.principals;
    if principals.contains_key(&app) {
        return Err(Fault::exists(&name));
    }
    principals.insert(app, name);
    invocation.record(
        &mut tenant,
        format!("exchange:create:service-principal:{}", app.0),
    );
    Ok(Done::rows(vec![principal_row(&tenant, app)]))
}

fn principal_row(tenant: &Tenant, app: AppId) -> Row {
    let object_id = tenant.directory.apps.get(&app).map(|app| app.principal);
    let name = tenant.exchange.authorization.principals.get(&app);
    object(&json!({"DisplayName": name, "ObjectId": object_id, "AppId": app, "Identity": name, "Guid": app}))
}

pub(super) fn get_principals(invocation: &Invocation) -> Outcome {
    let tenant = invocation.world.tenant();
    let rows = if let Some(identity) = invocation.text("Identity") {
        vec![principal_row(&tenant, principal(&tenant, identity)?)]
    } else {
        let all = tenant.exchange.authorization.principals.keys();
        all.map(|app| principal_row(&tenant, *app)).collect()
    };
    Ok(Done::rows(rows))
}

fn principal(tenant: &Tenant, identity: &str) -> Result<AppId, Fault> {
    let found = tenant.exchange.authorization.principal(tenant, identity);
    found.ok_or_else(|| Fault::not_found(identity))
}

/// Its assignments go with it.
pub(super) fn remove_principal(invocation: &Invocation) -> Outcome {
    let mut tenant = invocation.world.tenant();
    let app = principal(&tenant, invocation.identity())?;
    let held = &mut tenant.exchange.authorization;
    held.principals.remove(&app);
    held.assignments.retain(|_, assignment| assignment.app != app);
    invocation.record(
        &mut tenant,
        format!("exchange:delete:service-principal:{}", app.0),
    );
    Ok(Done::default())
}

pub(super) fn new_scope(invocation: &Invocation) -> Outcome {
    let (name, filter) = (
        invocation.text("Name"),
        invocation.text("RecipientRestrictionFilter"),
    );
    let (name, filter) = (name.unwrap_or_default(), filter.unwrap_or_default());
    Filter::parse(filter)?;
    let mut tenant = invocation.world.tenant();
    let scopes = &mut tenant.exchange.authorization.scopes;
    if scopes.contains_key(name) {
        return Err(Fault::exists(name));
    }
    scopes.insert(name.to_owned(), filter.to_owned());
    invocation.record(&mut tenant, format!("exchange:create:scope:{name}"));
    Ok(Done::rows(vec![scope_row(name, filter)]))
}

fn scope_row(name: &str, filter: &str) -> Row {
    object(
        &json!({"Identity": name, "Name": name, "RecipientFilter": filter, "ScopeRestrictionType": "RecipientScope"}),
    )
}

pub(super) fn get_scopes(invocation: &Invocation) -> Outcome {
    let tenant = invocation.world.tenant();
    let scopes = &tenant.exchange.authorization.scopes;
    let asked = invocation.text("Identity");
    if let Some(missing) = asked.filter(|asked| !scopes.contains_key(*asked)) {
        return Err(Fault::not_found(missing));
    }
    let shown = scopes
        .iter()
        .filter(|(name, _)| asked.is_none_or(|asked| asked == name.as_str()));
    Ok(Done::rows(
        shown.map(|(name, filter)| scope_row(name, filter)).collect(),
    ))
}

pub(super) fn remove_scope(invocation: &Invocation) -> Outcome {
    let mut tenant = invocation.world.tenant();
    let name = invocation.identity();
    let held = &mut tenant.exchange.authorization;
    if held
        .assignments
        .values()
        .any(|held| held.scope.as_deref() == Some(name))
    {
        return Err(Fault::refused(
            "Microsoft.Exchange.Configuration.Tasks.ManagementObjectInUseException",
            format!("The management scope '{name}' is used by a management role assignment."),
        ));
    }
    held.scopes.remove(name).ok_or_else(|| Fault::not_found(name))?;
    invocation.record(&mut tenant, format!("exchange:delete:scope:{name}"));
    Ok(Done::default())
}

pub(super) fn new_assignment(invocation: &Invocation) -> Outcome {
    let role = invocation.text("Role").unwrap_or_default();
    if !role.starts_with(PREFIX) {
        return Err(Fault::NotModelled(format!("the management role {role}")));
    }
    let mut tenant = invocation.world.tenant();
    let app = principal(&tenant, invocation.text("App").unwrap_or_default())?;
    let scope = invocation.text("CustomResourceScope").map(str::to_owned);
    let held = &mut tenant.exchange.authorization;
    if let Some(missing) = scope.as_ref().filter(|scope| !held.scopes.contains_key(*scope)) {
        return Err(Fault::not_found(missing));
    }
    let name = invocation
        .text("Name")
        .map_or_else(|| format!("{role}-{}", app.0), str::to_owned);
    if held.assignments.contains_key(&name) {
        return Err(Fault::exists(&name));
    }
    let made = Assignment {
        app,
        role: role.to_owned(),
        scope,
        made: invocation.now,
    };
    held.assignments.insert(name.clone(), made.clone());
    invocation.record(&mut tenant, format!("exchange:create:role-assignment:{name}"));
    Ok(Done::rows(vec![assignment_row(&name, &made)]))
}

fn assignment_row(name: &str, held: &Assignment) -> Row {
    object(
        &json!({"Identity": name, "Name": name, "Role": held.role, "App": held.app, "RoleAssigneeType":
        "ServicePrincipal", "CustomResourceScope": held.scope}),
    )
}

pub(super) fn get_assignments(invocation: &Invocation) -> Outcome {
    let tenant = invocation.world.tenant();
    let all = &tenant.exchange.authorization.assignments;
    let asked = invocation.text("Identity");
    if let Some(missing) = asked.filter(|asked| !all.contains_key(*asked)) {
        return Err(Fault::not_found(missing));
    }
    let shown = all
        .iter()
        .filter(|(name, _)| asked.is_none_or(|asked| asked == name.as_str()));
    Ok(Done::rows(
        shown.map(|(name, held)| assignment_row(name, held)).collect(),
    ))
}

pub(super) fn remove_assignment(invocation: &Invocation) -> Outcome {
    let mut tenant = invocation.world.tenant();
    let name = invocation.identity();
    let all = &mut tenant.exchange.authorization.assignments;
    all.remove(name).ok_or_else(|| Fault::not_found(name))?;
    invocation.record(&mut tenant, format!("exchange:delete:role-assignment:{name}"));
    Ok(Done::default())
}

/// What the app may, whatever has spread so far; with a mailbox, whether it lies in scope.
pub(super) fn test(invocation: &Invocation) -> Outcome {
    let tenant = invocation.world.tenant();
    let app = principal(&tenant, invocation.identity())?;
    let now = invocation.now;
    let mailbox = invocation.text("Resource");
    let mailbox = mailbox
        .map(|name| recipient::find(&tenant, now, name, Kind::is_mailbox))
        .transpose()?;
    let mailbox = mailbox.map(|found| found.id);
    let all = tenant.exchange.authorization.assignments.values();
    let own = all.filter(|held| held.app == app);
    let rows = own.map(|held| tested(&tenant, now, held, mailbox)).collect();
    Ok(Done::rows(rows))
}

fn tested(
    tenant: &Tenant,
    now: Timestamp,
    held: &Assignment,
    mailbox: Option<crate::directory::ObjectId>,
) -> Row {
    let within = mailbox.map_or_else(|| json!("Not Run"), |id| json!(in_scope(tenant, now, held, id)));
    let kind = if held.scope.is_some() {
        "CustomRecipientScope"
    } else {
        "OrganizationConfig"
    };
    object(&json!({
        "RoleName": held.role,
        "GrantedPermissions": held.role.strip_prefix(PREFIX),
        "AllowedResourceScope": held.scope.as_deref().unwrap_or("Organization"),
        "ScopeType": kind,
        "InScope": within,
    }))
}
