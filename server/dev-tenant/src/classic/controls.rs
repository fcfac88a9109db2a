//! The controls of a form: from a column and its value to HTML, and back from what was posted.

use jiff::Timestamp;
use serde::Serialize;

use super::posted::Posted;
use super::render_value;
use crate::sharepoint::operations::form_values;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::operations::update::Edits;
use crate::sharepoint::state::field::{Field, FieldKind};
use crate::sharepoint::state::field_value::FieldValue;
use crate::sharepoint::state::item::Values;
use crate::sharepoint::state::list::List;

/// One column in a form. `kind` names the control of the template.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Control {
    name: String,
    label: String,
    description: String,
    required: bool,
    kind: &'static str,
    value: String,
    /// The chosen of a control with several.
    values: Vec<String>,
    choices: Vec<String>,
    lines: u32,
    pub(super) error: Option<String>,
}

impl Control {
    /// The control of a column with the value it has.
    pub(super) fn of(session: &Session<'_>, list: &List, field: &Field, values: &Values) -> Option<Self> {
        let value = values.get(&field.internal_name);
        let shown = shown(session, field, value);
        Some(Self {
            name: field.internal_name.clone(),
            label: render_value::title(list, &field.internal_name),
            description: field.description.clone(),
            required: field.required,
            kind: kind(&field.kind)?,
            value: shown.first().cloned().unwrap_or_default(),
            values: shown,
            choices: choices(&field.kind).to_vec(),
            lines: if let FieldKind::Note { lines, .. } = field.kind {
                lines.clamp(2, 20)
            } else {
                1
            },
            error: None,
        })
    }

    /// The same control with what the person typed.
    fn with_posted(mut self, posted: &Posted) -> Self {
        self.values = posted.all(&self.name).into_iter().map(str::to_owned).collect();
        self.value = self.values.first().cloned().unwrap_or_default();
        self
    }
}

/// Reads the posted controls into edits; what is wrong stands beside its control.
pub(super) fn read(
    session: &mut Session<'_>,
    fields: &[Field],
    controls: Vec<Control>,
    posted: &Posted,
) -> (Edits, Vec<Control>) {
    let mut edits = Edits::new();
    let mut answered = Vec::new();
    for control in controls {
        let mut control = control.with_posted(posted);
        if let Some(field) = fields.iter().find(|field| field.internal_name == control.name) {
            match parse(session, field, &control.values) {
                Ok(value) => {
                    edits.insert(control.name.clone(), value);
                }
                Err(error) => control.error = Some(error),
            }
        }
        answered.push(control);
    }
    (edits, answered)
}

fn parse(session: &mut Session<'_>, field: &Field, given: &[String]) -> Result<Option<FieldValue>, String> {
    let text = form_text(field, given)?;
    let value = form_values::parse(session, field, &text).map_err(|error| in_japanese(&field.kind, error))?;
    if field.required && value.is_none() {
        return Err("この必須フィールドには値を指定する必要があります。".to_owned());
    }
    Ok(value)
}

/// What a browser posts, in the words that SharePoint's form values use.
fn form_text(field: &Field, given: &[String]) -> Result<String, String> {
    let first = given.first().map(|text| text.trim()).unwrap_or_default();
    Ok(match &field.kind {
        FieldKind::MultiChoice { .. } => given.join(";#"),
        FieldKind::Boolean => if first.is_empty() { "0" } else { "1" }.to_owned(),
        _ if first.is_empty() => String::new(),
        FieldKind::User { .. } => people(first),
        FieldKind::DateTime { date_only } => moment(first, *date_only)?.to_string(),
        FieldKind::Note { .. } => given.concat().replace("\r\n", "\n"),
        _ => first.to_owned(),
    })
}

fn people(text: &str) -> String {
    let names = text.split(';').map(str::trim).filter(|name| !name.is_empty());
    let keys: Vec<_> = names.map(|name| serde_json::json!({"Key": name})).collect();
    serde_json::Value::from(keys).to_string()
}

fn moment(text: &str, date_only: bool) -> Result<Timestamp, String> {
    let wrong = |_| "有効な日付を指定する必要があります。".to_owned();
    if date_only {
        let date: jiff::civil::Date = text.replace('/', "-").parse().map_err(wrong)?;
        let start = date.at(0, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC);
        return start.map(|zoned| zoned.timestamp()).map_err(wrong);
    }
    let civil: jiff::civil::DateTime = text.replace('/', "-").parse().map_err(wrong)?;
    let zoned = civil.to_zoned(render_value::zone());
    zoned.map(|zoned| zoned.timestamp()).map_err(wrong)
}

fn in_japanese(kind: &FieldKind, error: String) -> String {
    match kind {
        FieldKind::Number { .. } | FieldKind::Integer | FieldKind::Currency => {
            "ここには数値のみ入力できます。".to_owned()
        }
        FieldKind::User { .. } => {
            "指定されたユーザーが見つかりません。名前または UPN を確認してください。".to_owned()
        }
        FieldKind::Choice { .. } => "一覧にない値です。選択肢から選んでください。".to_owned(),
        _ => error,
    }
}

/// The control for a type of column; `None` for what a form cannot change.
fn kind(kind: &FieldKind) -> Option<&'static str> {
    Some(match kind {
        FieldKind::Text { .. } | FieldKind::Guid | FieldKind::Lookup { .. } | FieldKind::Url => "text",
        FieldKind::Note { .. } => "note",
        FieldKind::Number { .. } | FieldKind::Integer | FieldKind::Currency => "number",
        FieldKind::Boolean => "boolean",
        FieldKind::DateTime { date_only: true } => "date",
        FieldKind::DateTime { date_only: false } => "moment",
        FieldKind::Choice { fill_in: false, .. } => "choice",
        FieldKind::Choice { fill_in: true, .. } => "fill_in",
        FieldKind::MultiChoice { .. } => "choices",
        FieldKind::User { .. } => "people",
        _ => return None,
    })
}

fn choices(kind: &FieldKind) -> &[String] {
    match kind {
        FieldKind::Choice { choices, .. } | FieldKind::MultiChoice { choices, .. } => choices,
        _ => &[],
    }
}

fn shown(session: &Session<'_>, field: &Field, value: Option<&FieldValue>) -> Vec<String> {
    let Some(value) = value else {
        return Vec::new();
    };
    let one = match value {
        FieldValue::Choices(chosen) => return chosen.clone(),
        FieldValue::Text(text) => text.clone(),
        FieldValue::Number(number) => number.to_string(),
        FieldValue::Boolean(yes) => if *yes { "1" } else { "" }.to_owned(),
        FieldValue::DateTime(at) => match field.kind {
            FieldKind::DateTime { date_only: true } => render_value::date(*at).replace('/', "-"),
            _ => render_value::moment(*at).replace('/', "-").replace(' ', "T"),
        },
        FieldValue::Users(people) => {
            let users = people.iter().filter_map(|id| session.site().users.get(id));
            let names: Vec<&str> = users
                .map(|user| user.user_principal_name.as_deref().unwrap_or(&user.login_name))
                .collect();
            names.join("; ")
        }
        FieldValue::Lookups(items) => {
            let ids: Vec<String> = items.iter().map(ToString::to_string).collect();
            ids.join(";#")
        }
        FieldValue::Url { url, description } => format!("{url}, {description}"),
    };
    vec![one]
}
