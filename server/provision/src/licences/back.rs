//! What leads back from a turnover of licences: each is again as it stood there before. Pure.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::{Assignment, Licence, Services, ids, steps};
use crate::AccountStep;

/// `image`: what stood there before. An image that does not tell which licences were held leads nowhere: nothing is taken
/// away on its word.
pub(crate) fn back((give, take): (&[Assignment], &[Licence]), image: &Value) -> Vec<AccountStep> {
    let Some(before) = before(image) else {
        return Vec::new();
    };
    let (mut again, mut away) = (Vec::new(), Vec::new());
    for one in give {
        match before.get(&one.sku) {
            None => away.push(one.licence()),
            Some(was) if ids(was) == ids(&one.without) => {}
            Some(was) => again.push(Assignment {
                without: was.clone(),
                from: Some(one.without.clone()),
                ..one.clone()
            }),
        }
    }
    for one in take {
        again.extend(before.get(&one.sku).map(|was| Assignment {
            without: was.clone(),
            ..Assignment::whole(one.sku, &one.name)
        }));
    }
    steps(again, away)
}

/// The licences that were held, with the services that were not used.
fn before(image: &Value) -> Option<BTreeMap<Uuid, Services>> {
    let held = image["licences"].as_array()?.iter();
    held.map(|sku| {
        let sku = sku.as_str()?;
        // Images name only licences of which something was off, those of former versions none.
        let without = match &image["without"][sku] {
            Value::Null => Services::default(),
            without => Services::deserialize(without).ok()?,
        };
        Some((sku.parse().ok()?, without))
    })
    .collect()
}
