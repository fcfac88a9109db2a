//! What `manifests/lists.json` must keep to, whoever edits it.

use thiserror::Error;

use super::{Field, Level, List, Manifest};

/// At most this many indexed columns a list ("SharePoint limits", indexes), those made by SharePoint counted.
const MOST_INDEXES: usize = 20;
/// At most this many lookup columns in a view; people count ("SharePoint limits", list view lookup threshold).
const MOST_PEOPLE: usize = 12;
/// Rights that no level of ours may hold: whoever has one could remove evidence or widen access.
/// `CancelCheckout` is "Override List Behaviors": own-items-only would not hold for him.
const NEVER_GRANTED: [&str; 6] = [
    "DeleteListItems",
    "DeleteVersions",
    "ManagePermissions",
    "ManageLists",
    "CancelCheckout",
    "ManageWeb",
];
/// Modern views can refer only to columns of the same view; the buttons refer to these.
const BESIDE_BUTTONS: [&str; 2] = ["PFStatus", "PFStepToken"];

#[derive(Debug, Error)]
pub enum ManifestError {
    #[error("manifests/lists.json: {0}")]
    Malformed(#[from] serde_json::Error),
    #[error("manifests/lists.json: level {level} holds {right}, which no level may hold")]
    Right { level: String, right: String },
    #[error("manifests/lists.json: list {list}: {problem}")]
    List { list: String, problem: String },
    #[error("manifests/lists.json: there is no list {0}")]
    Absent(&'static str),
}

pub(super) fn check(manifest: &Manifest) -> Result<(), ManifestError> {
    manifest.levels.iter().try_for_each(rights)?;
    for list in &manifest.lists {
        let problem = unsearchable(list)
            .or_else(|| indexes(list))
            .or_else(|| level(manifest, list))
            .or_else(|| list.fields.iter().find_map(words))
            .or_else(|| list.fields.iter().find_map(|field| source_of_words(list, field)))
            .or_else(|| views(list));
        if let Some(problem) = problem {
            let list = list.key.clone();
            return Err(ManifestError::List { list, problem });
        }
    }
    Ok(())
}

fn rights(level: &Level) -> Result<(), ManifestError> {
    let forbidden = |right: &&String| NEVER_GRANTED.contains(&right.as_str());
    match level.permissions.iter().find(forbidden) {
        None => Ok(()),
        Some(right) => Err(ManifestError::Right {
            level: level.name.clone(),
            right: right.clone(),
        }),
    }
}

/// Search would show to whoever may read one item that others exist.
fn unsearchable(list: &List) -> Option<String> {
    (!list.no_crawl).then(|| "noCrawl must be true".to_owned())
}

fn indexes(list: &List) -> Option<String> {
    let ours = list.fields.iter().filter(|field| field.indexed).count();
    let count = ours + list.built_in.iter().filter(|field| field.indexed).count();
    (count > MOST_INDEXES).then(|| format!("{count} indexed columns, but SharePoint allows {MOST_INDEXES}"))
}

fn level(manifest: &Manifest, list: &List) -> Option<String> {
    let unknown = |level: &str| manifest.levels.iter().all(|known| known.name != level);
    let grant = list.grants.iter().find(|grant| unknown(&grant.level))?;
    Some(format!("grants the unknown level {}", grant.level))
}

/// Words become text inside expressions: a quote would end it.
fn words(field: &Field) -> Option<String> {
    let choices = field.choices.iter();
    let shown = choices.flat_map(|choice| [&choice.value, &choice.ja, &choice.en]);
    let comments = field.buttons.iter().filter_map(|button| button.comment.as_ref());
    let written = comments.flat_map(|comment| [&comment.ja, &comment.en]);
    let stands = field.when_full.iter().flat_map(|words| [&words.ja, &words.en]);
    let quoted = shown.chain(written).chain(stands).any(|text| text.contains('\''));
    let offered = |choice: &str| field.choices.iter().any(|known| known.value == choice);
    let stray = field.buttons.iter().find(|button| !offered(&button.choice));
    match stray {
        _ if quoted => Some(format!("{}: words must not hold an apostrophe", field.name)),
        Some(button) => Some(format!("{} does not offer {}", field.name, button.choice)),
        None => None,
    }
}

fn source_of_words(list: &List, field: &Field) -> Option<String> {
    let source = field.word_of.as_ref()?;
    let has_choices = |other: &Field| other.name == *source && !other.choices.is_empty();
    let known = list.fields.iter().any(has_choices);
    (!known).then(|| format!("{} has the words of {source}, which is no choice", field.name))
}

fn views(list: &List) -> Option<String> {
    let named = |name: &String| list.fields.iter().find(|field| field.name == *name);
    list.views.iter().find_map(|view| {
        let fields = || view.fields.iter().filter_map(named);
        let people = fields()
            .filter(|field| field.type_name().starts_with("User"))
            .count();
        let needs = fields().any(|field| !field.buttons.is_empty());
        let lacks = |name: &&str| view.fields.iter().all(|field| field != name);
        let title = &view.title.en;
        match BESIDE_BUTTONS.into_iter().find(lacks) {
            Some(name) if needs => Some(format!("view {title} shows buttons and must show {name} too")),
            _ if people > MOST_PEOPLE => Some(format!("view {title} shows more than {MOST_PEOPLE} people")),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use m365::sharepoint::{ReadSecurity, WriteSecurity};

    use super::super::SOURCE;
    use super::*;

    #[test]
    fn the_manifest_keeps_our_own_rules() {
        let manifest = Manifest::embedded().unwrap();
        let list = |key: &str| manifest.lists.iter().find(|list| list.key == key).unwrap();
        let inbox = list("inbox");
        let own = (ReadSecurity::Own, WriteSecurity::Own);
        assert_eq!((inbox.read_security, inbox.write_security), own);
        let fields = list("applications").fields.iter();
        let editable: Vec<_> = fields
            .filter(|field| field.editable)
            .map(|field| field.name.as_str())
            .collect();
        assert_eq!(
            editable,
            ["PFDecision", "PFDecisionComment", "PFSendBackTo", "PFDecisionFor"]
        );
    }

    #[test]
    fn what_breaks_a_rule_is_refused_and_named() {
        let indexed = |number| format!(r#"{{"name": "X{number}", "indexed": true}},"#);
        let twenty: Vec<_> = (0..19).map(indexed).collect();
        let twenty = twenty.concat();
        for (from, to, named) in [
            ("\"EditListItems\"", "\"DeleteListItems\"", "DeleteListItems"),
            ("\"EditListItems\"", "\"DeleteVersions\"", "DeleteVersions"),
            ("\"EditListItems\"", "\"ManagePermissions\"", "ManagePermissions"),
            ("\"EditListItems\"", "\"CancelCheckout\"", "CancelCheckout"),
            ("\"noCrawl\": true", "\"noCrawl\": false", "noCrawl"),
            (
                "\"builtIn\": [",
                &format!("\"builtIn\": [{twenty}"),
                "indexed columns",
            ),
            ("\"level\": \"PF-Apply\"", "\"level\": \"PF-None\"", "PF-None"),
            ("\"choice\": \"承認\"", "\"choice\": \"賛成\"", "賛成"),
            ("(sent back", "('sent back", "apostrophe"),
            (
                "            \"PFStatus\",\n            \"PFStepToken\"",
                "\"PFStepToken\"",
                "PFStatus",
            ),
            (
                "\"wordOf\": \"PFStatus\"",
                "\"wordOf\": \"PFNumber\"",
                "which is no choice",
            ),
        ] {
            assert!(SOURCE.contains(from), "{from}");
            let broken = SOURCE.replacen(from, to, 1);
            let error = Manifest::parse(&broken).unwrap_err().to_string();
            assert!(error.contains(named), "{error}");
        }
    }
}
