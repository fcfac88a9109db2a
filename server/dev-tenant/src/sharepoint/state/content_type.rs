//! Content types of a list.

use serde::Serialize;
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContentType {
    /// That of the site's content type it comes from + `00` + a suffix of its own.
    pub id: String,
    pub name: String,
    pub description: String,
    pub group: String,
    /// Not offered in the list's New menu.
    pub hidden: bool,
    /// Neither changed nor removed before this is taken back.
    pub read_only: bool,
    pub new_form: Form,
    pub edit_form: Form,
    pub display_form: Form,
}

/// What shows an item instead of SharePoint's own form; empty texts = SharePoint's own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Form {
    pub url: String,
    /// A form customizer.
    pub component_id: String,
    pub component_properties: String,
}

impl ContentType {
    pub fn new(id: impl Into<String>, name: &str) -> Self {
        Self {
            id: id.into(),
            name: name.to_owned(),
            description: String::new(),
            group: "List Content Types".to_owned(),
            hidden: false,
            read_only: false,
            new_form: Form::default(),
            edit_form: Form::default(),
            display_form: Form::default(),
        }
    }

    /// A list's own copy of one of the site's content types.
    pub fn copy(parent: &str, name: &str, suffix: Uuid) -> Self {
        let suffix = suffix.simple().to_string().to_uppercase();
        Self::new(format!("{parent}00{suffix}"), name)
    }

    pub fn is_of_folders(&self) -> bool {
        self.id.starts_with("0x0120")
    }
}
