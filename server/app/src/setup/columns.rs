//! Columns with their indexes, and views.

use m365::sharepoint::{FieldWish, List, ViewWish};

use super::change::{Action, Changes};
use super::{Field, FieldKind, SetupError, View};
use crate::config::Language;

/// Makes the columns of the manifest exist with title, index and uniqueness. Others are left alone.
pub(super) async fn ensure(
    list: &List,
    name: &str,
    wishes: &[Field],
    language: Language,
    changes: &mut Changes,
) -> Result<(), SetupError> {
    let standing = list.fields().await?;
    for wish in wishes {
        let object = format!("{name}: {}", wish.name);
        let title = wish.title.in_language(language);
        let found = standing.iter().find(|field| field.internal_name == wish.name);
        if let Some(field) = found {
            if field.type_as_string != type_name(wish.kind) {
                return Err(SetupError::Column {
                    object,
                    found: field.type_as_string.clone(),
                });
            }
            if field.title != title && changes.wanted(Action::RenameColumn, &object) {
                list.title_field(&wish.name, title).await?;
            }
        } else if changes.wanted(Action::CreateColumn, &object) {
            create(list, wish, title).await?;
        }
        let indexed =
            found.is_some_and(|field| field.indexed && (field.enforce_unique_values || !wish.unique));
        if wish.indexed && !indexed && changes.wanted(Action::IndexColumn, &object) {
            list.index_field(&wish.name, wish.unique).await?;
        }
    }
    Ok(())
}

async fn create(list: &List, wish: &Field, title: &str) -> Result<(), SetupError> {
    let choices: Vec<_> = wish.choices.iter().map(String::as_str).collect();
    let wish = FieldWish {
        name: &wish.name,
        title,
        kind: type_name(wish.kind),
        choices: &choices,
        attributes: &attributes(wish),
    };
    list.create_field(&wish).await?;
    Ok(())
}

/// The form of an item shows people what they may write; the rest they read.
fn attributes(wish: &Field) -> Vec<(&'static str, &'static str)> {
    let mut attributes = match wish.kind {
        FieldKind::Note => vec![("RichText", "FALSE"), ("NumLines", "6")],
        FieldKind::User => vec![("UserSelectionMode", "PeopleOnly")],
        FieldKind::UserMulti => vec![("UserSelectionMode", "PeopleOnly"), ("Mult", "TRUE")],
        FieldKind::DateTime => vec![("Format", "DateTime")],
        FieldKind::Choice => vec![("Format", "Dropdown")],
        FieldKind::Text => vec![("MaxLength", "255")],
        FieldKind::Number => vec![],
    };
    if !wish.editable || wish.hidden_in_forms {
        attributes.extend([("ShowInEditForm", "FALSE"), ("ShowInNewForm", "FALSE")]);
    }
    attributes
}

fn type_name(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "Text",
        FieldKind::Note => "Note",
        FieldKind::Number => "Number",
        FieldKind::Choice => "Choice",
        FieldKind::DateTime => "DateTime",
        FieldKind::User => "User",
        FieldKind::UserMulti => "UserMulti",
    }
}

/// Makes the views of the manifest exist, found by title.
pub(super) async fn ensure_views(
    list: &List,
    name: &str,
    wishes: &[View],
    language: Language,
    changes: &mut Changes,
) -> Result<(), SetupError> {
    let standing = list.views().await?;
    for wish in wishes {
        let title = wish.title.in_language(language);
        let missing = standing.iter().all(|view| view.title != title);
        if missing && changes.wanted(Action::CreateView, format!("{name}: {title}")) {
            let fields: Vec<_> = wish.fields.iter().map(String::as_str).collect();
            let view = ViewWish {
                title,
                query: &wish.query,
                row_limit: wish.row_limit,
                default: wish.default,
                fields: &fields,
            };
            list.create_view(&view).await?;
        }
    }
    Ok(())
}
