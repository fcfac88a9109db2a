//! Values as Exchange writes them.

use serde::{Deserialize, Deserializer, de::Error as _};
use uuid::Uuid;

/// An id, which is written as an empty text (or as zeros) where there is none.
pub(super) fn id<'de, D: Deserializer<'de>>(row: D) -> Result<Option<Uuid>, D::Error> {
    let text: Option<String> = Option::deserialize(row)?;
    match text.as_deref() {
        None | Some("") => Ok(None),
        Some(text) => {
            let id: Uuid = text.parse().map_err(D::Error::custom)?;
            Ok((!id.is_nil()).then_some(id))
        }
    }
}

/// A text, which is written as an empty one where there is none.
pub(super) fn text<'de, D: Deserializer<'de>>(row: D) -> Result<Option<String>, D::Error> {
    let text: Option<String> = Option::deserialize(row)?;
    Ok(text.filter(|text| !text.is_empty()))
}

/// Several values: a list, one text, or nothing. Flags come as one text with commas: `FullAccess, ReadPermission`.
pub(super) fn texts<'de, D: Deserializer<'de>>(row: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Several {
        List(Vec<String>),
        Text(String),
        Nothing(()),
    }
    Ok(match Several::deserialize(row)? {
        Several::List(list) => list,
        Several::Text(text) => entries(&text),
        Several::Nothing(()) => Vec::new(),
    })
}

fn entries(text: &str) -> Vec<String> {
    let parts = text.trim_matches(['{', '}']).split(',').map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Row {
        #[serde(default, deserialize_with = "id")]
        id: Option<Uuid>,
        #[serde(default, deserialize_with = "texts")]
        rights: Vec<String>,
    }

    #[test]
    fn whatever_exchange_writes_for_nothing_is_nothing() {
        for json in [
            "{}",
            r#"{"id":"","rights":""}"#,
            r#"{"id":null,"rights":null}"#,
            r#"{"id":"00000000-0000-0000-0000-000000000000","rights":[]}"#,
        ] {
            let row: Row = serde_json::from_str(json).unwrap();
            assert_eq!((row.id, row.rights), (None, Vec::new()), "{json}");
        }
    }

    #[test]
    fn rights_come_as_a_list_or_as_one_text() {
        for rights in [
            r#"["FullAccess","ReadPermission"]"#,
            r#""FullAccess, ReadPermission""#,
            r#""{FullAccess, ReadPermission}""#,
        ] {
            let row: Row = serde_json::from_str(&format!(r#"{{"rights":{rights}}}"#)).unwrap();
            assert_eq!(row.rights, ["FullAccess", "ReadPermission"], "{rights}");
        }
    }
}
