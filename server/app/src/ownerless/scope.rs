//! What is searched: whatever a request that adopts offers, once it is old enough to have got its owners.

use forms::{Input, Label, Options};
use jiff::{SignedDuration, Timestamp};
use m365::graph::UnifiedGroup;
use uuid::Uuid;
use workflow::Definition;

use super::adopted;
use crate::masters::groups;
use crate::workflows::Offered;

/// Whoever makes a group names its owners a moment later, and Microsoft 365 shows them later still.
const YOUNG: SignedDuration = SignedDuration::from_hours(24);

/// A request that adopts, and the master that its form offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Adoption {
    pub(super) master: String,
    pub(super) title: Label,
    pub(super) workflow: String,
}

/// Those that are offered; what adopts the narrower kind comes first.
pub(super) fn adoptions(offered: &[Offered]) -> Vec<Adoption> {
    let mut all: Vec<_> = offered
        .iter()
        .filter_map(|offered| adoption(&offered.definition))
        .collect();
    all.sort_by_key(|adoption| groups::rank(&adoption.master));
    all
}

fn adoption(definition: &Definition) -> Option<Adoption> {
    let field = definition
        .form
        .field(adopted::field(&definition.execution.plan)?.as_str())?;
    match &field.input {
        Input::Choice {
            options: Options::Master(from),
        } => Some(Adoption {
            master: from.master.clone(),
            title: definition.title.clone(),
            workflow: definition.key.to_string(),
        }),
        _ => None,
    }
}

/// The request by which people adopt this, if it is to be looked at.
pub(super) fn remedy<'a>(
    adoptions: &'a [Adoption],
    group: &UnifiedGroup,
    administrators: Uuid,
    now: Timestamp,
) -> Option<&'a Adoption> {
    let is_young = |created| now.duration_since(created) < YOUNG;
    if group.group.id == administrators || group.created.is_some_and(is_young) {
        return None;
    }
    adoptions
        .iter()
        .find(|adoption| groups::offers(&adoption.master, group))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::setup::WORKFLOWS;

    const ADMINISTRATORS: Uuid = Uuid::from_u128(9);
    const NOW: &str = "2026-11-25T02:00:00Z";

    fn shipped() -> Vec<Offered> {
        let read = |body: &&str| Offered {
            definition: Definition::parse(body).unwrap(),
            body: (*body).to_owned(),
        };
        WORKFLOWS.iter().map(read).collect()
    }

    /// A security group of two days with this besides.
    fn group(more: &Value) -> UnifiedGroup {
        let mut group = json!({
            "id": Uuid::from_u128(1), "displayName": "営業", "mailEnabled": false, "securityEnabled": true,
            "createdDateTime": "2026-11-23T02:00:00Z",
        });
        let more = more.as_object().cloned().unwrap_or_default();
        group.as_object_mut().unwrap().extend(more);
        serde_json::from_value(group).unwrap()
    }

    fn mailed(secure: bool, kinds: &[&str]) -> Value {
        json!({ "mailEnabled": true, "securityEnabled": secure, "groupTypes": kinds, "mail": "a@contoso.example" })
    }

    fn team() -> Value {
        let mut team = mailed(false, &["Unified"]);
        team["resourceProvisioningOptions"] = json!(["Team"]);
        team
    }

    #[test]
    fn r19_whatever_can_be_adopted_is_looked_at_and_leads_to_the_request_of_its_own_kind() {
        let adoptions = adoptions(&shipped());
        for (more, title) in [
            (json!({}), Some("所有者引継ぎ(セキュリティ グループ)")),
            (team(), Some("所有者引継ぎ(チーム)")),
            (
                mailed(false, &["Unified"]),
                Some("所有者引継ぎ(Microsoft 365 グループ)"),
            ),
            (mailed(true, &[]), Some("所有者引継ぎ(メーリングリスト)")),
            (mailed(false, &[]), Some("所有者引継ぎ(配布グループ)")),
            (
                json!({ "createdDateTime": null }),
                Some("所有者引継ぎ(セキュリティ グループ)"),
            ),
            (
                json!({ "createdDateTime": "2026-11-24T02:00:00Z" }),
                Some("所有者引継ぎ(セキュリティ グループ)"),
            ),
            (json!({ "createdDateTime": "2026-11-24T02:00:01Z" }), None),
            (json!({ "onPremisesSyncEnabled": true }), None),
            (json!({ "groupTypes": ["DynamicMembership"] }), None),
            (json!({ "id": ADMINISTRATORS }), None),
        ] {
            let group = group(&more);
            let remedy = remedy(&adoptions, &group, ADMINISTRATORS, NOW.parse().unwrap());
            assert_eq!(remedy.map(|adoption| adoption.title.ja.as_str()), title, "{more}");
        }
    }

    #[test]
    fn what_no_request_adopts_is_not_looked_at() {
        let mut offered = shipped();
        offered.retain(|offered| offered.definition.key.as_str() != "group-adopt");
        let adoptions = adoptions(&offered);
        let now = NOW.parse().unwrap();
        assert_eq!(remedy(&adoptions, &group(&json!({})), ADMINISTRATORS, now), None);
        assert!(remedy(&adoptions, &group(&team()), ADMINISTRATORS, now).is_some());
    }
}
