//! Whether an app may have a credential.

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde_json::Value;

use super::DEFAULT;
use super::restrictions::Restriction;
use crate::directory::{App, AppId, Directory};
use crate::graph::fault::Fault;
use crate::registration::AppObject;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Credential {
    /// A secret that Entra makes.
    Password,
    Certificate,
}

impl Credential {
    const fn addition(self) -> Option<&'static str> {
        match self {
            Self::Password => Some("passwordAddition"),
            Self::Certificate => None,
        }
    }

    const fn lifetime(self) -> &'static str {
        match self {
            Self::Password => "passwordLifetime",
            Self::Certificate => "asymmetricKeyLifetime",
        }
    }
}

/// Refuses a credential of the app that its policy, or else the tenant's, rules out.
pub(crate) fn permit(
    directory: &Directory,
    app: AppId,
    object: AppObject,
    credential: Credential,
    (starts, ends): (Timestamp, Timestamp),
) -> Result<(), Fault> {
    let Some(app) = directory.apps.get(&app) else {
        return Ok(());
    };
    let (id, restrictions) = in_force(directory, app, object);
    for restriction in Restriction::all(&restrictions, app.registration.created) {
        if Some(restriction.kind.as_str()) == credential.addition() {
            return Err(Fault::refused(
                400,
                "CredentialTypeNotAllowedAsPerAppPolicy",
                format!("Credential type not allowed as per assigned policy '{id}'."),
            ));
        }
        let longest = restriction
            .longest
            .filter(|_| restriction.kind == credential.lifetime());
        if longest.is_some_and(|longest| ends > after(starts, longest)) {
            return Err(Fault::refused(
                400,
                "CredentialInvalidLifetimeAsPerAppPolicy",
                format!("Credential lifetime exceeds the max value allowed as per assigned policy '{id}'."),
            ));
        }
    }
    Ok(())
}

/// Id and restrictions of the policy for an app: its own, when that is enabled, before the tenant's.
fn in_force(directory: &Directory, app: &App, object: AppObject) -> (String, Value) {
    let policies = &directory.app_policies;
    let own = app.registration.policies.get(&object);
    let own = own.and_then(|id| Some((id.to_string(), policies.custom.get(id)?)));
    if let Some((id, own)) = own.filter(|(_, own)| own.get("isEnabled") == Some(&Value::Bool(true))) {
        return (id, own.get("restrictions").cloned().unwrap_or_default());
    }
    let name = match object {
        AppObject::Application => "applicationRestrictions",
        AppObject::ServicePrincipal => "servicePrincipalRestrictions",
    };
    let enabled = policies.default.get("isEnabled") == Some(&Value::Bool(true));
    let restrictions = policies.default.get(name).filter(|_| enabled);
    (DEFAULT.to_owned(), restrictions.cloned().unwrap_or_default())
}

fn after(starts: Timestamp, longest: Span) -> Timestamp {
    let end = starts.to_zoned(TimeZone::UTC).checked_add(longest);
    end.map_or(Timestamp::MAX, |end| end.timestamp())
}
