//! Writing columns as CAML `<Field …/>` (`SchemaXml`).

use quick_xml::escape::escape;

use crate::sharepoint::state::field::{Field, FieldKind};
use crate::sharepoint::state::ids::ListId;

/// `SchemaXml` of a column of a list.
pub fn write(field: &Field, list: ListId) -> String {
    let mut xml = format!(
        r#"<Field ID="{{{}}}" Type="{}" Name="{}" StaticName="{}" DisplayName="{}" SourceID="{{{list}}}""#,
        field.id,
        field.kind.name(),
        escape(&field.internal_name),
        escape(&field.internal_name),
        escape(&field.title),
    );
    for (name, set) in [
        ("Required", field.required),
        ("ReadOnly", field.read_only),
        ("Hidden", field.hidden),
        ("Indexed", field.indexed),
        ("EnforceUniqueValues", field.enforce_unique),
    ] {
        if set {
            xml.extend([" ", name, "=\"TRUE\""]);
        }
    }
    for (name, shown) in [
        ("ShowInNewForm", field.shown_in.new_form),
        ("ShowInEditForm", field.shown_in.edit_form),
        ("ShowInDisplayForm", field.shown_in.display_form),
    ] {
        if !shown {
            xml.extend([" ", name, "=\"FALSE\""]);
        }
    }
    xml.push_str(&own_attributes(&field.kind));
    let inner = inner(field);
    if inner.is_empty() {
        xml + " />"
    } else {
        format!("{xml}>{inner}</Field>")
    }
}

fn own_attributes(kind: &FieldKind) -> String {
    match kind {
        FieldKind::Text { max_length } => format!(r#" MaxLength="{max_length}""#),
        FieldKind::Note {
            rich_text,
            append_only,
            lines,
        } => {
            let (rich, append) = (truth(*rich_text), truth(*append_only));
            format!(r#" NumLines="{lines}" RichText="{rich}" AppendOnly="{append}""#)
        }
        FieldKind::DateTime { date_only: true } => r#" Format="DateOnly""#.to_owned(),
        FieldKind::User { multi: true } | FieldKind::Lookup { multi: true, .. } => {
            r#" Mult="TRUE""#.to_owned()
        }
        FieldKind::Choice { fill_in, .. } | FieldKind::MultiChoice { fill_in, .. } => {
            format!(r#" FillInChoice="{}""#, truth(*fill_in))
        }
        _ => String::new(),
    }
}

fn inner(field: &Field) -> String {
    let mut xml = String::new();
    if let FieldKind::Choice { choices, .. } | FieldKind::MultiChoice { choices, .. } = &field.kind {
        let choices: Vec<String> = choices
            .iter()
            .map(|choice| format!("<CHOICE>{}</CHOICE>", escape(choice)))
            .collect();
        xml.extend(["<CHOICES>", &choices.concat(), "</CHOICES>"]);
    }
    if let Some(default) = &field.default_value {
        xml.extend(["<Default>", &escape(default), "</Default>"]);
    }
    xml
}

fn truth(yes: bool) -> &'static str {
    if yes { "TRUE" } else { "FALSE" }
}
