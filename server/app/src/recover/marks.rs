//! What an item says of itself, as we wrote it last: whoever is asked to decide may edit every column.

use m365::sharepoint::{Item, List, SHAREPOINT_APP, Version};

const MARKS: [&str; 3] = ["PFCorrelation", "PFSource", "PFNumber"];

/// The item, with the marks of its newest version of ours. One of which no version is ours stays as it is.
pub(super) async fn ours(list: &List, mut item: Item) -> Result<Item, m365::Error> {
    if item.number("EditorId") != Some(i64::from(SHAREPOINT_APP.0)) {
        let versions = list.versions(item.id, &MARKS).await?;
        restore(&mut item, &versions);
    }
    Ok(item)
}

fn restore(item: &mut Item, versions: &[Version]) {
    let is_ours = |version: &&Version| version.editor == Some(SHAREPOINT_APP);
    let Some(newest) = versions.iter().filter(is_ours).max_by_key(|version| version.id) else {
        return;
    };
    for mark in MARKS {
        let value = newest.fields.get(mark).cloned().unwrap_or_default();
        item.fields.insert(mark.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use m365::sharepoint::{ItemId, PrincipalId};
    use serde_json::{Map, Value, json};

    use super::*;

    fn fields(application: &str) -> Map<String, Value> {
        let fields = json!({ "PFCorrelation": application, "PFSource": "7.1", "PFNumber": "USR-2026-00001" });
        fields.as_object().cloned().unwrap()
    }

    fn version(number: i32, editor: PrincipalId, application: &str) -> Version {
        Version {
            id: 512 * number,
            label: format!("{number}.0"),
            is_current: false,
            created: Timestamp::UNIX_EPOCH,
            editor: Some(editor),
            fields: fields(application),
        }
    }

    #[test]
    fn marks_that_a_person_wrote_are_not_believed_if_we_ever_wrote_any() {
        let person = PrincipalId(11);
        let mut versions = vec![version(3, person, "b")];
        let mut item = Item {
            id: ItemId(1),
            etag: None,
            fields: fields("b"),
        };
        restore(&mut item, &versions);
        assert_eq!(item.fields, fields("b"));
        versions.extend([version(2, SHAREPOINT_APP, "a"), version(1, SHAREPOINT_APP, "c")]);
        restore(&mut item, &versions);
        assert_eq!(item.fields, fields("a"));
    }
}
