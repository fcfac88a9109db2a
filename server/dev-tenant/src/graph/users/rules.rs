//! What Graph demands of a user's properties.

use serde_json::{Value, json};

use super::complex;
use crate::graph::fault::Fault;
use crate::graph::model::Entity;

const RESOURCE: &str = "User";

/// Longest values in UTF-16 units (Microsoft Graph, "user resource type").
const LONGEST: &[(&str, usize)] = &[
    ("displayName", 256),
    ("mailNickname", 64),
    ("givenName", 64),
    ("surname", 64),
    ("jobTitle", 128),
    ("department", 64),
    ("companyName", 64),
    ("employeeId", 16),
    ("city", 128),
    ("country", 128),
    ("state", 128),
    ("postalCode", 40),
    ("streetAddress", 1024),
    ("mobilePhone", 64),
    ("officeLocation", 128),
    ("userPrincipalName", 113),
];
const NEVER_EMPTY: [&str; 5] = [
    "displayName",
    "userPrincipalName",
    "mailNickname",
    "usageLocation",
    "accountEnabled",
];
/// Properties that Graph computes.
const READ_ONLY: [&str; 12] = [
    "id",
    "createdDateTime",
    "deletedDateTime",
    "proxyAddresses",
    "assignedLicenses",
    "assignedPlans",
    "licenseAssignmentStates",
    "provisionedPlans",
    "onPremisesSyncEnabled",
    "imAddresses",
    "securityIdentifier",
    "licenseDetails",
];
const PASSWORD_LENGTH: std::ops::RangeInclusive<usize> = 8..=256;

pub(crate) fn check(properties: &Entity) -> Result<(), Fault> {
    for (name, value) in properties {
        let empty = value.is_null() || value.as_str().is_some_and(str::is_empty);
        if (empty && NEVER_EMPTY.contains(&name.as_str())) || value.as_str().is_some_and(str::is_empty) {
            return Err(Fault::invalid(name, RESOURCE));
        }
        if READ_ONLY.contains(&name.as_str()) {
            return Err(Fault::bad_request(format!(
                "Property '{name}' is read-only and cannot be set."
            )));
        }
        check_length(name, value)?;
        check_shape(name, value)?;
        complex::check(name, value)?;
    }
    Ok(())
}

fn check_length(name: &str, value: &Value) -> Result<(), Fault> {
    let longest = LONGEST
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, most)| *most);
    match (longest, value.as_str()) {
        (Some(most), Some(text)) if text.encode_utf16().count() > most => Err(Fault::invalid(name, RESOURCE)),
        _ => Ok(()),
    }
}

fn check_shape(name: &str, value: &Value) -> Result<(), Fault> {
    let good = match (name, value) {
        ("businessPhones", Value::Array(all)) => all.len() <= 1,
        ("otherMails", Value::Array(all)) => {
            all.len() <= 250 && all.iter().filter_map(Value::as_str).all(|mail| mail.len() <= 250)
        }
        ("usageLocation", Value::String(code)) => {
            code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic())
        }
        ("preferredDataLocation", Value::String(code)) => {
            code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_alphabetic())
        }
        ("preferredLanguage", Value::String(tag)) => is_language(tag),
        ("mailNickname", Value::String(name)) => is_nickname(name),
        ("mail", Value::String(mail)) => mail.is_ascii() && mail.contains('@'),
        ("onPremisesImmutableId", Value::String(id)) => !id.contains(['$', '_']),
        _ => true,
    };
    if good {
        Ok(())
    } else {
        Err(Fault::invalid(name, RESOURCE))
    }
}

/// A language tag such as `ja` or `ja-JP` (RFC 4646).
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let language = (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    language
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// ASCII without the characters that mail addresses reserve.
pub(crate) fn is_nickname(text: &str) -> bool {
    text.is_ascii() && !text.contains(|c: char| c.is_control() || "@()\\[]\";:<>, ".contains(c))
}

pub(crate) fn check_principal_name(name: &str, domain: &str) -> Result<(), Fault> {
    let invalid = || Fault::invalid("userPrincipalName", RESOURCE);
    let (local, found) = name.split_once('@').ok_or_else(invalid)?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || "'.-_!#^~".contains(c);
    if local.is_empty() || !local.chars().all(allowed) || local.ends_with('.') {
        return Err(invalid());
    }
    if found.eq_ignore_ascii_case(domain) {
        return Ok(());
    }
    Err(Fault::bad_request(
        "The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.",
    ))
}

/// What is kept of a `passwordProfile`: whether the person must choose his own password first.
pub(crate) fn password_use(profile: &Value) -> Value {
    let force = profile["forceChangePasswordNextSignIn"].as_bool().unwrap_or(true);
    json!({"forceChangePasswordNextSignIn": force})
}

/// The new password of a `passwordProfile`: three of four kinds of characters.
pub(crate) fn password(profile: &Value) -> Result<String, Fault> {
    let text = profile["password"]
        .as_str()
        .ok_or_else(|| Fault::required("password", RESOURCE))?;
    let kinds = [
        text.chars().any(char::is_lowercase),
        text.chars().any(char::is_uppercase),
        text.chars().any(|c| c.is_ascii_digit()),
        text.chars().any(|c| !c.is_alphanumeric()),
    ];
    let count = kinds.into_iter().filter(|found| *found).count();
    if PASSWORD_LENGTH.contains(&text.chars().count()) && count >= 3 {
        return Ok(text.to_owned());
    }
    Err(Fault::bad_request(
        "The specified password does not comply with password complexity requirements. Please provide a different password.",
    ))
}
