//! Restrictions as a policy writes them.

use jiff::{Span, Timestamp};
use serde_json::Value;

use crate::graph::fault::Fault;

const LISTS: [(&str, &[&str]); 2] = [
    (
        "passwordCredentials",
        &[
            "passwordAddition",
            "passwordLifetime",
            "symmetricKeyAddition",
            "symmetricKeyLifetime",
            "customPasswordAddition",
        ],
    ),
    ("keyCredentials", &["asymmetricKeyLifetime"]),
];

/// Refuses what no restriction can say.
pub(super) fn check(property: &str, restrictions: &Value) -> Result<(), Fault> {
    let invalid = || Fault::invalid(property, "appManagementPolicy");
    for (list, types) in LISTS {
        for one in restrictions[list].as_array().into_iter().flatten() {
            let kind = one["restrictionType"].as_str().ok_or_else(invalid)?;
            let limits_life = kind.ends_with("Lifetime");
            let life = Restriction::of(one).longest;
            let state = one["state"].as_str().unwrap_or("enabled");
            let told = one["maxLifetime"].is_string();
            if !types.contains(&kind)
                || !["enabled", "disabled"].contains(&state)
                || (limits_life && life.is_none())
                || (!limits_life && told)
            {
                return Err(invalid());
            }
        }
    }
    Ok(())
}

/// One restriction of a policy.
pub(super) struct Restriction {
    pub(super) kind: String,
    pub(super) enabled: bool,
    pub(super) longest: Option<Span>,
    /// Older apps are free of it.
    since: Option<Timestamp>,
}

impl Restriction {
    fn of(one: &Value) -> Self {
        let text = |name: &str| one[name].as_str();
        Self {
            kind: text("restrictionType").unwrap_or_default().to_owned(),
            enabled: text("state") != Some("disabled"),
            longest: text("maxLifetime").and_then(|text| text.parse().ok()),
            since: text("restrictForAppsCreatedAfterDateTime").and_then(|text| text.parse().ok()),
        }
    }

    /// Those in force for an app made at `created`.
    pub(super) fn all(restrictions: &Value, created: Timestamp) -> Vec<Self> {
        let lists = LISTS
            .iter()
            .flat_map(|(list, _)| restrictions[*list].as_array().into_iter().flatten());
        let all = lists.map(Self::of);
        all.filter(|one| one.enabled && one.since.is_none_or(|since| created > since))
            .collect()
    }
}
