//! A column's own XML: the forms it stands in and what it offers.

use quick_xml::{Reader, events::Event};

use super::Field;
use super::markup::{attributes, name};

/// Forms that a column may be absent from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    New,
    Edit,
}

impl Form {
    pub(super) fn attribute(self) -> &'static str {
        match self {
            Self::New => "ShowInNewForm",
            Self::Edit => "ShowInEditForm",
        }
    }
}

impl Field {
    /// Whether people meet the column in this form.
    pub fn is_in_form(&self, form: Form) -> bool {
        let value = self.attribute(form.attribute());
        !value.is_some_and(|value| value.eq_ignore_ascii_case("FALSE"))
    }

    /// What a choice column offers, in order.
    pub fn choices(&self) -> Vec<String> {
        offered(&self.schema_xml).unwrap_or_default()
    }

    fn attribute(&self, wanted: &str) -> Option<String> {
        let mut reader = Reader::from_str(&self.schema_xml);
        let (Event::Start(field) | Event::Empty(field)) = reader.read_event().ok()? else {
            return None;
        };
        let all = attributes(&field).ok()?;
        all.into_iter()
            .find(|(key, _)| key == wanted)
            .map(|(_, value)| value)
    }
}

fn offered(xml: &str) -> quick_xml::Result<Vec<String>> {
    let mut reader = Reader::from_str(xml);
    let mut choices = Vec::new();
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok(choices),
            Event::Start(start) if name(&start) == "CHOICE" => {
                let text = reader.read_text(start.name())?;
                choices.push(quick_xml::escape::unescape(&text)?.into_owned());
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn field(schema_xml: &str) -> Field {
        Field {
            id: Uuid::nil(),
            internal_name: "PFStatus".into(),
            title: "状態".into(),
            type_as_string: "Choice".into(),
            indexed: true,
            enforce_unique_values: false,
            hidden: false,
            custom_formatter: None,
            schema_xml: schema_xml.into(),
        }
    }

    #[test]
    fn a_column_tells_its_forms_and_what_it_offers() {
        let standing = field(
            "<Field ID=\"{1}\" Name=\"PFStatus\" ShowInEditForm=\"FALSE\"><CHOICES>\
             <CHOICE>x&lt;y</CHOICE><CHOICE>承認</CHOICE></CHOICES><Default>x</Default></Field>",
        );
        assert!(!standing.is_in_form(Form::Edit) && standing.is_in_form(Form::New));
        assert_eq!(standing.choices(), ["x<y", "承認"]);
        let plain = field("<Field ID=\"{1}\" Name=\"Title\" />");
        assert!(plain.is_in_form(Form::Edit) && plain.choices().is_empty());
    }
}
