//! What leads back from a turnover of licences: each is again as it stood there before. Pure.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::{Assignment, Licence, Services, ids, steps};
use crate::AccountStep;

/// `image`: what stood there before.
pub(crate) fn back((give, take): (&[Assignment], &[Licence]), image: &Value) -> Vec<AccountStep> {
    let before = before(image);
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
fn before(image: &Value) -> BTreeMap<Uuid, Services> {
    let held = image["licences"].as_array().into_iter().flatten();
    let held = held.filter_map(Value::as_str);
    held.filter_map(|sku| {
        // Images name only licences of which something was off, those of former versions none.
        let without = Services::deserialize(&image["without"][sku]).unwrap_or_default();
        Some((sku.parse().ok()?, without))
    })
    .collect()
}
