//! What the tenant forbids credentials of apps ("Microsoft Entra application management methods API overview").

use http::Method;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Deserializer, de::Error as _};
use uuid::Uuid;

use super::{Graph, operation};
use crate::{Result, error::found};

/// A policy: the tenant's own, or one that was assigned to an app and then holds instead.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AppPolicy {
    pub id: Option<String>,
    pub display_name: Option<String>,
    pub is_enabled: bool,
    /// The tenant's policy says `applicationRestrictions`, an assigned one `restrictions`.
    #[serde(alias = "applicationRestrictions")]
    pub restrictions: Restrictions,
}

/// What is forbidden, by kind of credential.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Restrictions {
    pub key_credentials: Vec<Restriction>,
    pub password_credentials: Vec<Restriction>,
}

/// One rule.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Restriction {
    pub restriction_type: RestrictionType,
    /// The longest life, where the rule is about that.
    #[serde(default, deserialize_with = "duration")]
    pub max_lifetime: Option<Span>,
    /// Apps made before are free of it.
    pub restrict_for_apps_created_after_date_time: Option<Timestamp>,
    /// Absent in old policies, and then enabled.
    pub state: Option<RestrictionState>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RestrictionType {
    PasswordAddition,
    PasswordLifetime,
    CustomPasswordAddition,
    SymmetricKeyAddition,
    SymmetricKeyLifetime,
    AsymmetricKeyLifetime,
    /// One that this version does not know.
    #[serde(other)]
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RestrictionState {
    Enabled,
    Disabled,
    #[serde(other)]
    Other,
}

impl Restriction {
    /// Whether it binds an app that was made then; of an unknown age, it does.
    pub fn binds(&self, created: Option<Timestamp>) -> bool {
        let since = self.restrict_for_apps_created_after_date_time;
        let young = match (since, created) {
            (Some(since), Some(created)) => created >= since,
            _ => true,
        };
        young && self.state != Some(RestrictionState::Disabled)
    }
}

/// ISO 8601, e.g. `P90D`.
fn duration<'de, D: Deserializer<'de>>(from: D) -> std::result::Result<Option<Span>, D::Error> {
    let text: Option<String> = Option::deserialize(from)?;
    text.map(|text| text.parse().map_err(D::Error::custom))
        .transpose()
}

impl Graph {
    /// The policies that were assigned to an app registration.
    pub async fn assigned_app_policies(&self, application: Uuid) -> Result<Vec<AppPolicy>> {
        let path = format!("applications/{application}/appManagementPolicies");
        let policies = self.all(operation::READ_ASSIGNED_APP_POLICIES, &path).await;
        Ok(found(policies)?.unwrap_or_default())
    }

    /// The tenant's own policy, which holds for apps without one of theirs.
    pub async fn default_app_policy(&self) -> Result<AppPolicy> {
        let path = "policies/defaultAppManagementPolicy";
        let call = self.call(operation::READ_DEFAULT_APP_POLICY, Method::GET, path)?;
        self.tenant.send(call).await?.json()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(more: &str) -> Restriction {
        let text = format!(r#"{{"restrictionType":"asymmetricKeyLifetime","maxLifetime":"P90D"{more}}}"#);
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn a_rule_binds_unless_it_is_off_or_for_younger_apps() {
        let at = |text: &str| Some(text.parse::<Timestamp>().unwrap());
        let since = r#","restrictForAppsCreatedAfterDateTime":"2026-01-01T00:00:00Z""#;
        assert!(rule("").binds(None));
        assert!(!rule(r#","state":"disabled""#).binds(None));
        assert!(rule(since).binds(None) && rule(since).binds(at("2026-01-01T00:00:00Z")));
        assert!(!rule(since).binds(at("2025-12-31T23:59:59Z")));
    }

    #[test]
    fn both_shapes_of_a_policy_are_read_and_what_is_new_in_them_does_not_matter() {
        let rules = r#"{"keyCredentials":[{"restrictionType":"trustedCertificateAuthority"}],
            "passwordCredentials":[{"restrictionType":"passwordAddition","maxLifetime":null,"state":"enabled"}]}"#;
        for name in ["restrictions", "applicationRestrictions"] {
            let policy: AppPolicy =
                serde_json::from_str(&format!(r#"{{"isEnabled":true,"{name}":{rules}}}"#)).unwrap();
            let kinds = |rules: &[Restriction]| rules[0].restriction_type;
            assert_eq!(
                kinds(&policy.restrictions.key_credentials),
                RestrictionType::Other
            );
            let passwords = &policy.restrictions.password_credentials;
            assert_eq!(kinds(passwords), RestrictionType::PasswordAddition);
        }
    }
}
