//! Licences that a form names: products by their ids, and profiles for what they stand for.

use std::collections::btree_map::Entry;

use forms::{Code, FieldKey, Issue, Master};
use provision::AssignedLicences;
use serde::Deserialize;
use store::transaction;
use uuid::Uuid;

use super::answers::Answers;
use crate::jobs::JobError;
use crate::masters;
use crate::service::Service;

/// What forms offer as licences.
#[derive(Debug, Default)]
pub(super) struct Offered(Master);

/// As last read.
pub(super) async fn offered(service: &Service) -> Result<Offered, JobError> {
    let masters: Result<_, JobError> =
        transaction!(service.store.read(&service.tenant), tx => masters::load(tx).await);
    Ok(Offered(masters?.remove(masters::LICENCES).unwrap_or_default()))
}

impl Offered {
    /// None: it is neither an id nor a profile.
    fn meant(&self, chosen: &str) -> Option<AssignedLicences> {
        if let Ok(sku) = chosen.parse::<Uuid>() {
            return Some([(sku, [].into())].into());
        }
        let profile = self.0.entry(chosen)?.columns.get("licences")?;
        AssignedLicences::deserialize(profile).ok()
    }
}

impl Answers<'_> {
    /// All that is chosen, each licence once.
    pub(super) fn licences(
        &self,
        field: Option<&FieldKey>,
        offered: &Offered,
    ) -> Result<AssignedLicences, Vec<Issue>> {
        let mut all = AssignedLicences::new();
        let Some((field, chosen)) = field.and_then(|field| Some((field, self.values.get(field.as_str())?)))
        else {
            return Ok(all);
        };
        let one = std::slice::from_ref(chosen);
        for chosen in chosen.as_array().map_or(one, Vec::as_slice) {
            let chosen = chosen.as_str().unwrap_or_default();
            let meant = offered.meant(chosen);
            let meant = meant.ok_or_else(|| vec![Issue::new(Code::UnknownLicence, field.as_str())])?;
            for (sku, without) in meant {
                match all.entry(sku) {
                    // Nobody can tell which of them counts.
                    Entry::Occupied(other) if *other.get() != without => {
                        return Err(vec![Issue::new(Code::Duplicate, field.as_str())]);
                    }
                    Entry::Occupied(_) => {}
                    Entry::Vacant(free) => drop(free.insert(without)),
                }
            }
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use forms::Values;
    use serde_json::{Value, json};

    use super::*;

    const E3: Uuid = Uuid::from_u128(2);
    const MAIL: Uuid = Uuid::from_u128(4);

    fn chosen(answer: &Value) -> Result<AssignedLicences, (Code, String)> {
        let label = json!({ "ja": "内勤", "en": "Office" });
        let profile = json!({ "value": "office", "label": label, "licences": { E3.to_string(): [MAIL] } });
        let offered = Offered(serde_json::from_value(json!({ "options": [profile] })).unwrap());
        let values = Values::parse(&json!({ "add": answer }).to_string()).unwrap();
        let answers = Answers { values: &values };
        let read = answers.licences(Some(&FieldKey::new("add")), &offered);
        read.map_err(|issues| (issues[0].code, issues[0].field.clone()))
    }

    #[test]
    fn r06_a_profile_is_what_it_stands_for_and_a_product_is_all_of_it() {
        let office = Ok([(E3, [MAIL].into())].into());
        assert_eq!(chosen(&json!("office")), office);
        assert_eq!(chosen(&json!(["office", "office"])), office);
        assert_eq!(chosen(&json!([E3])), Ok([(E3, [].into())].into()));
        let at_field = |code| Err((code, "add".to_owned()));
        assert_eq!(chosen(&json!(["office", E3])), at_field(Code::Duplicate));
        assert_eq!(chosen(&json!(["warehouse"])), at_field(Code::UnknownLicence));
    }
}
