//! The columns that every list is born with.

use uuid::Uuid;

use super::field::{Field, FieldKind, ShownIn};
use super::ids::FieldId;

/// Id, internal name and title as SharePoint's own definitions have them.
const COLUMNS: [(&str, &str, &str); 13] = [
    ("fa564e0f-0c70-4ab9-b863-0177e6ddd247", "Title", "Title"),
    ("1d22ea11-1e32-424e-89ab-9fedbadb6ce1", "ID", "ID"),
    (
        "03e45e84-1992-4d42-9116-26f756012634",
        "ContentTypeId",
        "Content Type ID",
    ),
    ("28cf69c5-fa48-462a-b5cd-27b6f9d2bd5f", "Modified", "Modified"),
    ("8c06beca-0777-48f7-91c7-6da68bc07b69", "Created", "Created"),
    ("1df5e554-ec7e-46a6-901d-d85a3881cb18", "Author", "Created By"),
    ("d31655d1-1d5b-4511-95a1-7a09e9b75bf2", "Editor", "Modified By"),
    (
        "d4e44a66-ee3a-4d02-88c9-4ec5ff3f4cd5",
        "owshiddenversion",
        "owshiddenversion",
    ),
    (
        "dce8262a-3ae9-45aa-aab4-83bd75fb738a",
        "_UIVersionString",
        "Version",
    ),
    (
        "67df98f4-9dec-48ff-a553-29bece9c5bf4",
        "Attachments",
        "Attachments",
    ),
    (
        "fdc3b2ed-5bf2-4835-a4bc-b885f3396a61",
        "_ModerationStatus",
        "Approval Status",
    ),
    (
        "6bfaba20-36bf-44b5-a1b2-eb6346d49716",
        "AppAuthor",
        "App Created By",
    ),
    (
        "e08400f3-c779-4ed2-a18c-ab7f34caa318",
        "AppEditor",
        "App Modified By",
    ),
];

pub fn built_in() -> Vec<Field> {
    let columns = COLUMNS.into_iter();
    columns
        .map(|(id, name, title)| Field {
            read_only: name != "Title",
            indexed: name == "ID",
            ..field(id, name, title, kind(name))
        })
        .collect()
}

fn kind(name: &str) -> FieldKind {
    match name {
        "ID" => FieldKind::Counter,
        "ContentTypeId" => FieldKind::ContentTypeId,
        "Modified" | "Created" => FieldKind::DateTime { date_only: false },
        "Author" | "Editor" => FieldKind::User { multi: false },
        "owshiddenversion" => FieldKind::Integer,
        "Attachments" => FieldKind::Attachments,
        "_ModerationStatus" => FieldKind::ModStat,
        "AppAuthor" | "AppEditor" => FieldKind::Lookup {
            list: None,
            show_field: "Title".to_owned(),
            multi: false,
        },
        _ => FieldKind::Text { max_length: 255 },
    }
}

fn field(id: &str, internal_name: &str, title: &str, kind: FieldKind) -> Field {
    Field {
        can_be_deleted: false,
        group: "_Hidden".to_owned(),
        ..Field::custom(
            FieldId(Uuid::parse_str(id).unwrap_or_default()),
            internal_name,
            title,
            kind,
        )
    }
}

impl Field {
    /// A column as a list owner makes it, everything optional left at its default.
    pub fn custom(id: FieldId, internal_name: &str, title: &str, kind: FieldKind) -> Self {
        Self {
            id,
            internal_name: internal_name.to_owned(),
            title: title.to_owned(),
            description: String::new(),
            kind,
            required: false,
            read_only: false,
            hidden: false,
            indexed: false,
            enforce_unique: false,
            default_value: None,
            group: "Custom Columns".to_owned(),
            can_be_deleted: true,
            custom_formatter: None,
            client_validation_formula: None,
            shown_in: ShownIn::default(),
        }
    }
}
