//! The same row where the id of its list names it.

use serde_json::Value;

use super::{Sight, object, page, refused, rest};
use crate::person::{Person, list_path};

/// The id of a list, which whoever opens it is told.
pub(super) async fn id_of(person: &Person, list: &str) -> Result<String, Sight> {
    let (status, found) = rest(person, &format!("{}?$select=Id", list_path(list))).await;
    match found["Id"].as_str() {
        _ if refused(status) => Err(Sight::Refused),
        Some(id) if status.is_success() => Ok(id.to_owned()),
        _ => Err(Sight::Odd(format!("{status}: {found}"))),
    }
}

/// A member of the site or of its web.
pub(super) async fn id_at(person: &Person, path: &str) -> String {
    let (status, found) = rest(person, &format!("{path}?$select=Id")).await;
    let Value::String(id) = &found["Id"] else {
        panic!("no id of {path}: {status}: {found}");
    };
    id.clone()
}

pub(super) async fn by_list_id(person: &Person, list: &str, item: i64) -> Sight {
    match id_of(person, list).await {
        Ok(id) => {
            let path = format!("web/lists(guid'{id}')/getitembyid({item})");
            object(rest(person, &path).await)
        }
        Err(sight) => sight,
    }
}

pub(super) async fn versions_page(person: &Person, list: &str, item: i64) -> Sight {
    match id_of(person, list).await {
        Ok(id) => {
            let path = format!("_layouts/15/Versions.aspx?list={id}&ID={item}");
            page(person, &path, "").await
        }
        Err(sight) => sight,
    }
}
