//! `manifests/lists.json`: our permission levels and lists, as data. Everything that `setup` makes stands there.

use m365::sharepoint::{ReadSecurity, WriteSecurity};
use serde::Deserialize;

use crate::config::Language;

mod rules;

pub use rules::ManifestError;

const SOURCE: &str = include_str!("../../../../manifests/lists.json");

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub levels: Vec<Level>,
    pub lists: Vec<List>,
}

/// A permission level (role definition).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    pub name: String,
    pub description: String,
    /// Names of `SP.PermissionKind`.
    pub permissions: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct List {
    pub key: String,
    /// Relative to the site, e.g. `Lists/PFInbox`.
    pub url: String,
    pub title: Words,
    pub description: Words,
    /// One row, as the menu for new items calls it.
    pub item: Words,
    /// 1 = all items, 2 = own items only.
    pub read_security: ReadSecurity,
    /// 1 = all items, 2 = own items only.
    pub write_security: WriteSecurity,
    pub attachments: bool,
    /// Whether the app makes folders in it.
    #[serde(default)]
    pub folders: bool,
    pub major_version_limit: u32,
    pub no_crawl: bool,
    pub grants: Vec<Grant>,
    /// Columns that SharePoint made and we adjust.
    #[serde(default)]
    pub built_in: Vec<BuiltIn>,
    /// In the order in which forms show them.
    pub fields: Vec<Field>,
    pub views: Vec<View>,
}

/// Who holds which level on the list itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    pub to: Grantee,
    pub level: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Grantee {
    /// Everyone who may apply.
    Participants,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent properties of a column, as SharePoint has them"
)]
pub struct Field {
    pub name: String,
    pub title: Words,
    #[serde(rename = "type")]
    pub kind: FieldKind,
    #[serde(default)]
    pub choices: Vec<Choice>,
    #[serde(default)]
    pub indexed: bool,
    #[serde(default)]
    pub unique: bool,
    /// People edit this one; all others are written by the app alone.
    #[serde(default)]
    pub editable: bool,
    #[serde(default)]
    pub hidden_in_forms: bool,
    /// Buttons with which modern views decide without opening a form.
    #[serde(default)]
    pub buttons: Vec<Button>,
    /// Modern views show the person's department beside his name.
    #[serde(default)]
    pub with_department: bool,
    /// What modern views show in place of a text that is none for people.
    pub when_full: Option<Words>,
    /// The text is the word of this choice column, in the language of the lists: also for views that draw no formats.
    pub word_of: Option<String>,
    /// What modern views show for the texts of the column: titles of the workflows, which no manifest knows, or the words
    /// of another column in the reader's language.
    #[serde(skip)]
    pub names: Vec<Choice>,
}

/// What a choice column offers: the value that is stored, and what modern views show for it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub value: String,
    pub ja: String,
    pub en: String,
}

/// A button that writes a choice of its column, with a comment where the rules ask for one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Button {
    pub choice: String,
    pub comment: Option<Words>,
}

/// A column of SharePoint's own.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BuiltIn {
    pub name: String,
    pub title: Option<Words>,
    #[serde(default)]
    pub indexed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FieldKind {
    Text,
    Note,
    Number,
    Choice,
    DateTime,
    User,
    UserMulti,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct View {
    pub title: Words,
    pub default: bool,
    pub fields: Vec<String>,
    /// CAML inside `<Query>`.
    pub query: String,
    pub row_limit: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub ja: String,
    pub en: String,
}

impl List {
    /// What a column of words holds, whichever the language of the lists is.
    fn name_words(&mut self) {
        let fields = self.fields.clone();
        for field in &mut self.fields {
            let of = fields
                .iter()
                .find(|other| field.word_of.as_ref() == Some(&other.name));
            let choices = of.map(|of| of.choices.as_slice()).unwrap_or_default();
            let named = choices.iter().flat_map(Choice::by_each_word);
            field.names = named.collect();
        }
    }
}

impl Choice {
    fn by_each_word(&self) -> [Self; 2] {
        let called = |value: &String| Self {
            value: value.clone(),
            ..self.clone()
        };
        [called(&self.ja), called(&self.en)]
    }
}

impl Field {
    /// Whether forms show the column to people: only what they may write.
    pub fn is_in_forms(&self) -> bool {
        self.editable && !self.hidden_in_forms
    }

    /// The stored values, in order.
    pub fn choices(&self) -> Vec<&str> {
        self.choices.iter().map(|choice| choice.value.as_str()).collect()
    }

    /// Type as SharePoint calls it.
    pub fn type_name(&self) -> &'static str {
        match self.kind {
            FieldKind::Text => "Text",
            FieldKind::Note => "Note",
            FieldKind::Number => "Number",
            FieldKind::Choice => "Choice",
            FieldKind::DateTime => "DateTime",
            FieldKind::User => "User",
            FieldKind::UserMulti => "UserMulti",
        }
    }

    /// What its kind needs in its XML.
    pub fn attributes(&self) -> Vec<(&'static str, &'static str)> {
        let mut attributes = match self.kind {
            FieldKind::Note => vec![("RichText", "FALSE"), ("NumLines", "6")],
            FieldKind::User => vec![("UserSelectionMode", "PeopleOnly")],
            FieldKind::UserMulti => vec![("UserSelectionMode", "PeopleOnly"), ("Mult", "TRUE")],
            FieldKind::DateTime => vec![("Format", "DateTime")],
            FieldKind::Choice => vec![("Format", "Dropdown")],
            FieldKind::Text => vec![("MaxLength", "255")],
            FieldKind::Number => vec![],
        };
        if !self.is_in_forms() {
            attributes.extend([("ShowInEditForm", "FALSE"), ("ShowInNewForm", "FALSE")]);
        }
        attributes
    }
}

impl Words {
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            ja: ja.into(),
            en: en.into(),
        }
    }

    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Ja => &self.ja,
            Language::En => &self.en,
        }
    }
}

impl Manifest {
    /// The manifest that this build carries, checked against our own rules.
    pub fn embedded() -> Result<Self, ManifestError> {
        Self::parse(SOURCE)
    }

    fn parse(source: &str) -> Result<Self, ManifestError> {
        let mut manifest: Self = serde_json::from_str(source)?;
        rules::check(&manifest)?;
        manifest.lists.iter_mut().for_each(List::name_words);
        Ok(manifest)
    }
}
