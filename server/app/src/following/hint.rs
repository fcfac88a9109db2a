//! What a page of changes says of each object: a fold that neither order nor repetition changes.

use std::collections::BTreeMap;

use m365::graph::Entry;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use workflow::PersonId;

use crate::people::{Known, Standing};

/// What a reading of the person should show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Hint {
    /// Deleted, for 30 days or for good.
    Removed,
    /// There, with these properties by Graph's names.
    There(BTreeMap<String, Value>),
    /// Entries contradict each other, or there is none: only a reading can tell.
    Unclear,
}

/// One hint for each object of a page.
pub(super) fn fold(entries: &[Entry]) -> BTreeMap<PersonId, Hint> {
    let mut hints: BTreeMap<PersonId, Hint> = BTreeMap::new();
    for entry in entries {
        let id = PersonId::new(entry.id.to_string());
        let hint = match entry.removed {
            Some(_) => Hint::Removed,
            None => Hint::There(entry.properties.clone()),
        };
        let both = match hints.remove(&id) {
            Some(before) => before.and(hint),
            None => hint,
        };
        hints.insert(id, both);
    }
    hints
}

impl Hint {
    /// What two entries about one object say together.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Removed, Self::Removed) => Self::Removed,
            (Self::There(mut one), Self::There(other)) => {
                let disputed =
                    |(name, value): (&String, &Value)| one.get(name).is_some_and(|said| said != value);
                if other.iter().any(disputed) {
                    return Self::Unclear;
                }
                one.extend(other);
                Self::There(one)
            }
            _ => Self::Unclear,
        }
    }

    /// Whether a reading shows what was told. The directory has many copies, and not each knows everything yet.
    pub(super) fn is_borne_out_by(&self, known: &Known) -> bool {
        match self {
            Self::Unclear => true,
            Self::Removed => known.standing == Standing::Gone,
            Self::There(properties) => {
                known.standing != Standing::Gone
                    && properties.iter().all(|(name, value)| shows(known, name, value))
            }
        }
    }
}

fn shows(known: &Known, name: &str, value: &Value) -> bool {
    match name {
        "userPrincipalName" => value.as_str() == Some(&known.upn),
        "displayName" => value.as_str().is_none_or(|value| value == known.name),
        "mail" => value.as_str() == known.mail.as_deref(),
        "accountEnabled" => value.as_bool() == Some(known.is_active()),
        "department" => value.as_str() == known.department.as_deref(),
        "jobTitle" => value.as_str() == known.post.as_deref(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use m365::graph::Removed;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn entry(id: u128, removed: Option<Removed>, properties: &Value) -> Entry {
        let properties = properties.as_object().cloned().unwrap_or_default();
        Entry {
            id: Uuid::from_u128(id),
            removed,
            properties: properties.into_iter().collect(),
        }
    }

    fn known() -> Known {
        Known {
            name: "佐藤 花子".to_owned(),
            upn: "sato@contoso.example".to_owned(),
            mail: None,
            standing: Standing::Active,
            department: Some("営業部".to_owned()),
            post: None,
            language: None,
        }
    }

    #[test]
    fn neither_order_nor_repetition_changes_what_a_page_says() {
        let entries = [
            entry(1, None, &json!({ "displayName": "佐藤" })),
            entry(1, None, &json!({ "mail": "s@contoso.example" })),
            entry(2, Some(Removed::Restorable), &json!({})),
            entry(3, None, &json!({ "accountEnabled": false })),
            entry(3, Some(Removed::Purged), &json!({})),
            entry(4, None, &json!({ "displayName": "旧" })),
            entry(4, None, &json!({ "displayName": "新" })),
        ];
        let folded = fold(&entries);
        let mut backwards = entries.to_vec();
        backwards.reverse();
        assert_eq!(fold(&backwards), folded);
        assert_eq!(fold(&[entries.clone(), entries].concat()), folded);
        let of = |id: u128| &folded[&PersonId::new(Uuid::from_u128(id).to_string())];
        let both = json!({ "displayName": "佐藤", "mail": "s@contoso.example" });
        assert_eq!(*of(1), Hint::There(serde_json::from_value(both).unwrap()));
        assert_eq!(*of(2), Hint::Removed);
        assert_eq!((of(3), of(4)), (&Hint::Unclear, &Hint::Unclear));
    }

    #[test]
    fn whoever_was_removed_for_either_reason_is_gone_once_no_reading_finds_him() {
        for reason in [Removed::Restorable, Removed::Purged] {
            let folded = fold(&[entry(1, Some(reason), &json!({}))]);
            let hint = folded.values().next().unwrap();
            assert!(!hint.is_borne_out_by(&known()), "the reading is an old one");
            let gone = Known {
                standing: Standing::Gone,
                ..known()
            };
            assert!(hint.is_borne_out_by(&gone));
        }
    }

    #[test]
    fn a_reading_that_does_not_show_what_was_told_is_an_old_one() {
        let says = |properties: Value| Hint::There(serde_json::from_value(properties).unwrap());
        for (properties, shown) in [
            (
                json!({ "userPrincipalName": "sato@contoso.example", "mail": null }),
                true,
            ),
            (json!({ "userPrincipalName": "suzuki@contoso.example" }), false),
            (json!({ "accountEnabled": false }), false),
            (json!({ "department": "総務部" }), false),
            (json!({ "jobTitle": "課長" }), false),
            (json!({ "streetAddress": "1-1" }), true),
        ] {
            assert_eq!(
                says(properties.clone()).is_borne_out_by(&known()),
                shown,
                "{properties}"
            );
        }
        let restored = says(json!({}));
        let gone = Known {
            standing: Standing::Gone,
            ..known()
        };
        assert!(!restored.is_borne_out_by(&gone));
    }
}
