//! Whether calls are Graph's: what is asked for is one of its calls, by a permission that the table names, with members
//! that the type has. And whether the tenant's own answers are: each resource has the members that its type has and no
//! other; they are checked in every build but a release.

mod body;
mod calls;
mod resource;

#[cfg(test)]
pub(crate) use calls::calls;

use serde_json::Value;

use super::fault::Fault;
use super::model;
use super::request::Request;
use crate::call::Reply;
use resource::Side;

/// Refuses what Graph would refuse, whoever is to serve it.
pub(crate) fn admit(request: &Request) -> Result<(), Fault> {
    let refusal = calls::refusal_of(request);
    let refusal = refusal.or_else(|| body::refusal_of(request));
    refusal.map_or(Ok(()), Err)
}

/// The answer, unless it is none that Graph could give: then one that says why.
pub(crate) fn held(request: &Request, reply: Reply) -> Reply {
    if !cfg!(debug_assertions) || reply.status >= 300 {
        return reply;
    }
    let Some(fault) = fault_of(&reply) else {
        return reply;
    };
    let text = format!("{} {}: {fault}", request.method, request.path);
    tracing::error!(method = %request.method, id = %request.id, "an answer of the dev tenant is none of Graph's");
    refused(&text)
}

#[cfg(test)]
fn refused(text: &str) -> Reply {
    panic!("{text}")
}

#[cfg(not(test))]
fn refused(text: &str) -> Reply {
    let error = serde_json::json!({"error": {"code": "notConforming", "message": text}});
    Reply::json(500, &error)
}

/// What Graph would not say so.
fn fault_of(reply: &Reply) -> Option<String> {
    let body: Value = serde_json::from_slice(&reply.body).ok()?;
    let context = body["@odata.context"].as_str()?;
    let (_, fragment) = context.split_once("$metadata#")?;
    let expected = match named_type(fragment) {
        Named::Type(name) => name,
        Named::Untyped => return None,
        Named::Unknown => return Some(format!("the context {fragment} names no type")),
    };
    let many = body.get("value").and_then(Value::as_array);
    let all: Vec<&Value> = many.map_or_else(|| vec![&body], |all| all.iter().collect());
    let mut all = all.into_iter();
    let slip = all.find_map(|one| Side::Answer.fault_of(one, expected))?;
    Some(slip.text)
}

/// What a context says of the resources below it.
enum Named {
    /// Of this type, unless a resource says otherwise; empty = each says its own.
    Type(&'static str),
    /// No resource that the model knows.
    Untyped,
    Unknown,
}

pub(super) const SETS: [(&str, &str); 20] = [
    ("users", "user"),
    ("groups", "group"),
    ("teams", "team"),
    ("team", "team"),
    ("members", "aadUserConversationMember"),
    ("operations", "teamsAsyncOperation"),
    ("photo", "profilePhoto"),
    ("applications", "application"),
    ("servicePrincipals", "servicePrincipal"),
    ("federatedIdentityCredentials", "federatedIdentityCredential"),
    ("appManagementPolicies", "appManagementPolicy"),
    ("defaultAppManagementPolicy", "tenantAppManagementPolicy"),
    ("subscribedSkus", "subscribedSku"),
    ("licenseDetails", "licenseDetails"),
    ("organization", "organization"),
    ("contacts", "orgContact"),
    ("messages", "message"),
    ("mailboxSettings", "mailboxSettings"),
    ("automaticRepliesSetting", "automaticRepliesSetting"),
    ("directoryObjects", ""),
];
/// Contexts without a type that the reference's cut of the model holds.
const UNTYPED: [&str; 5] = [
    "Edm.Boolean",
    "Collection($ref)",
    "Collection(microsoft.graph.conversationMemberResult)",
    "sites",
    "permissions",
];

fn named_type(fragment: &str) -> Named {
    let path = fragment.trim_end_matches("/$entity");
    if let Some(name) = path.strip_prefix("microsoft.graph.") {
        return model::members(name).map_or(Named::Unknown, |(name, _)| Named::Type(name));
    }
    let last = path.rsplit('/').next().unwrap_or_default();
    if UNTYPED.contains(&path) || UNTYPED.contains(&last) {
        return Named::Untyped;
    }
    let set = last.split('(').next().unwrap_or_default();
    let known = SETS.iter().find(|(name, _)| *name == set);
    known.map_or(Named::Unknown, |(_, name)| Named::Type(name))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::fault_of;
    use crate::call::Reply;

    fn fault(set: &str, member: &str, value: &Value) -> Option<String> {
        let context = format!("https://graph.microsoft.com/v1.0/$metadata#{set}/$entity");
        fault_of(&Reply::json(
            200,
            &json!({"@odata.context": context, "id": "1", member: value}),
        ))
    }

    #[test]
    fn an_unknown_member_is_named_wherever_it_lies() {
        for set in [
            "users",
            "groups",
            "applications",
            "teams",
            "subscribedSkus",
            "servicePrincipals",
        ] {
            let found = fault(set, "dispalyName", &json!("x")).unwrap();
            assert!(found.contains("dispalyName"), "{found}");
        }
        let inner = json!([{"skuId": "00000000-0000-0000-0000-000000000001", "plans": []}]);
        let found = fault("users", "assignedLicenses", &inner).unwrap();
        assert!(found.contains("assignedLicense.plans"), "{found}");
        assert!(
            fault("directoryObjects", "id", &json!("1"))
                .unwrap()
                .contains("no type")
        );
        assert!(fault("nothings", "id", &json!("1")).unwrap().contains("nothings"));
    }

    #[test]
    fn values_have_their_types() {
        let wrong = [
            ("users", "accountEnabled", json!("true")),
            ("users", "createdDateTime", json!("yesterday")),
            ("users", "businessPhones", json!(null)),
            ("users", "assignedLicenses", json!({})),
            ("subscribedSkus", "skuId", json!("E3")),
            ("teams", "visibility", json!("secret")),
        ];
        for (set, member, value) in wrong {
            assert!(fault(set, member, &value).is_some(), "{member}: {value}");
        }
        let right = [
            ("users", "extension_1_badge", json!(7)),
            ("users", "members@delta", json!(7)),
            ("teams", "visibility", json!("private")),
            ("users", "department", json!(null)),
        ];
        for (set, member, value) in right {
            assert_eq!(fault(set, member, &value), None);
        }
    }
}
