//! How long a credential may live, by what the tenant forbids. Pure.

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use m365::graph::{AppPolicy, Restriction, RestrictionType};

use RestrictionType::{AsymmetricKeyLifetime, PasswordAddition, PasswordLifetime};

/// What a policy says of one kind of credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Allowed {
    Any,
    /// Until then at the latest, by the policy of this name.
    Until {
        end: Timestamp,
        policy: String,
    },
    /// None at all.
    Never {
        policy: String,
    },
}

/// What the tenant allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rules {
    pub certificate: Allowed,
    pub secret: Allowed,
}

impl Rules {
    /// `assigned`: policies of the app itself. One that is on holds instead of the tenant's own.
    pub(crate) fn of(
        assigned: &[AppPolicy],
        own: &AppPolicy,
        created: Option<Timestamp>,
        now: Timestamp,
    ) -> Self {
        let mut holding: Vec<_> = assigned.iter().filter(|policy| policy.is_enabled).collect();
        if holding.is_empty() && own.is_enabled {
            holding.push(own);
        }
        let all = |list: fn(&AppPolicy) -> &Vec<Restriction>| {
            let rules = holding.iter().flat_map(move |policy| {
                let bound = list(policy).iter().filter(move |rule| rule.binds(created));
                bound.map(move |rule| (name(policy), rule))
            });
            rules.collect::<Vec<_>>()
        };
        let certificate = all(|policy| &policy.restrictions.key_credentials);
        let secret = all(|policy| &policy.restrictions.password_credentials);
        Self {
            certificate: narrowest(&certificate, (AsymmetricKeyLifetime, None), now),
            secret: narrowest(&secret, (PasswordLifetime, Some(PasswordAddition)), now),
        }
    }
}

fn name(policy: &AppPolicy) -> String {
    let name = policy.display_name.clone().or_else(|| policy.id.clone());
    name.unwrap_or_else(|| "defaultAppManagementPolicy".into())
}

fn narrowest(
    rules: &[(String, &Restriction)],
    (lifetime, addition): (RestrictionType, Option<RestrictionType>),
    now: Timestamp,
) -> Allowed {
    let of = |kind: RestrictionType| {
        rules
            .iter()
            .filter(move |(_, rule)| rule.restriction_type == kind)
    };
    if let Some((policy, _)) = addition.and_then(|kind| of(kind).next()) {
        return Allowed::Never {
            policy: policy.clone(),
        };
    }
    let ends = of(lifetime).filter_map(|(policy, rule)| Some((after(now, rule.max_lifetime?), policy)));
    match ends.min() {
        Some((end, policy)) => Allowed::Until {
            end,
            policy: policy.clone(),
        },
        None => Allowed::Any,
    }
}

fn after(now: Timestamp, life: Span) -> Timestamp {
    let end = now.to_zoned(TimeZone::UTC).checked_add(life);
    end.map_or(Timestamp::MAX, |end| end.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(name: &str, enabled: bool, keys: &str, passwords: &str) -> AppPolicy {
        let text = format!(
            r#"{{"displayName":"{name}","isEnabled":{enabled},
                "restrictions":{{"keyCredentials":[{keys}],"passwordCredentials":[{passwords}]}}}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    fn keys(life: &str) -> String {
        format!(r#"{{"restrictionType":"asymmetricKeyLifetime","maxLifetime":"{life}"}}"#)
    }

    const NO_SECRETS: &str = r#"{"restrictionType":"passwordAddition","maxLifetime":null,"state":"enabled"}"#;

    fn now() -> Timestamp {
        "2027-02-01T00:00:00Z".parse().unwrap()
    }

    fn until(end: &str, policy: &str) -> Allowed {
        Allowed::Until {
            end: end.parse().unwrap(),
            policy: policy.into(),
        }
    }

    #[test]
    fn the_app_s_own_policy_takes_the_place_of_the_tenant_s_and_the_narrowest_rule_counts() {
        let own = policy("tenant", true, &keys("P90D"), NO_SECRETS);
        let rules = Rules::of(&[], &own, None, now());
        assert_eq!(rules.certificate, until("2027-05-02T00:00:00Z", "tenant"));
        assert_eq!(
            rules.secret,
            Allowed::Never {
                policy: "tenant".into()
            }
        );
        let both = format!("{},{}", keys("P1Y"), keys("P180D"));
        let assigned = [policy("ours", true, &both, "")];
        let rules = Rules::of(&assigned, &own, None, now());
        assert_eq!(rules.certificate, until("2027-07-31T00:00:00Z", "ours"));
        assert_eq!(rules.secret, Allowed::Any);
    }

    #[test]
    fn what_is_off_forbids_nothing() {
        let off = policy("off", false, &keys("P1D"), NO_SECRETS);
        let rules = Rules::of(std::slice::from_ref(&off), &off, None, now());
        assert_eq!((rules.certificate, rules.secret), (Allowed::Any, Allowed::Any));
    }

    #[test]
    fn older_apps_are_free_of_rules_for_younger_ones() {
        let young = r#"{"restrictionType":"asymmetricKeyLifetime","maxLifetime":"P90D",
            "restrictForAppsCreatedAfterDateTime":"2026-01-01T00:00:00Z"}"#;
        let own = policy("tenant", true, young, "");
        let created = |text: &str| Some(text.parse().unwrap());
        let rules = |created| Rules::of(&[], &own, created, now()).certificate;
        assert_eq!(rules(created("2025-06-01T00:00:00Z")), Allowed::Any);
        assert_ne!(rules(created("2026-06-01T00:00:00Z")), Allowed::Any);
    }
}
