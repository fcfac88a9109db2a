//! A column's own XML: the forms it stands in and what it offers. SharePoint has no other door to all of it.

use quick_xml::{
    Reader, Writer,
    events::{BytesStart, BytesText, Event},
};

use super::Field;
use super::markup::{attributes, name};
use crate::{Error, Result, Service};

/// Forms that a column may be absent from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    New,
    Edit,
}

impl Form {
    fn attribute(self) -> &'static str {
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

    /// The same column in both forms or in neither, offering these choices; for [`super::List::reshape_field`].
    pub fn reshaped(&self, in_forms: bool, choices: &[&str]) -> Result<String> {
        let flag = if in_forms { "TRUE" } else { "FALSE" };
        let wanted = [(Form::New.attribute(), flag), (Form::Edit.attribute(), flag)];
        rewritten(&self.schema_xml, &wanted, choices)
            .map_err(|_| Error::unaddressable(Service::SharePoint, "reshape a column"))
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

fn rewritten(xml: &str, wanted: &[(&str, &str)], choices: &[&str]) -> quick_xml::Result<String> {
    let mut reader = Reader::from_str(xml);
    let mut writer = Writer::new(Vec::new());
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(start) if name(&start) == "Field" => {
                writer.write_event(Event::Start(with(&start, wanted)?))?;
            }
            Event::Empty(start) if name(&start) == "Field" => {
                writer.write_event(Event::Empty(with(&start, wanted)?))?;
            }
            Event::Start(start) if name(&start) == "CHOICES" => {
                reader.read_to_end(start.name())?;
                write_choices(&mut writer, choices)?;
            }
            other => writer.write_event(other)?,
        }
    }
    Ok(String::from_utf8_lossy(&writer.into_inner()).into_owned())
}

fn with(start: &BytesStart<'_>, wanted: &[(&str, &str)]) -> quick_xml::Result<BytesStart<'static>> {
    let mut field = BytesStart::new("Field");
    for (key, value) in attributes(start)? {
        if wanted.iter().all(|(wanted, _)| key != *wanted) {
            field.push_attribute((key.as_str(), value.as_str()));
        }
    }
    field.extend_attributes(wanted.iter().copied());
    Ok(field)
}

/// `<CHOICES><CHOICE>…</CHOICE></CHOICES>`
pub(super) fn write_choices(writer: &mut Writer<Vec<u8>>, choices: &[&str]) -> std::io::Result<()> {
    writer.create_element("CHOICES").write_inner_content(|inner| {
        for choice in choices {
            inner
                .create_element("CHOICE")
                .write_text_content(BytesText::new(choice))?;
        }
        Ok(())
    })?;
    Ok(())
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
    fn a_column_is_reshaped_and_keeps_everything_else() {
        let standing = field(
            "<Field ID=\"{1}\" Name=\"PFStatus\" DisplayName=\"A &amp; B\" ShowInEditForm=\"FALSE\"><CHOICES>\
             <CHOICE>x&lt;y</CHOICE></CHOICES><Default>x</Default></Field>",
        );
        assert!(!standing.is_in_form(Form::Edit) && standing.is_in_form(Form::New));
        assert_eq!(standing.choices(), ["x<y"]);
        let reshaped = field(&standing.reshaped(true, &["a", "b&c"]).unwrap());
        assert!(reshaped.is_in_form(Form::Edit) && reshaped.is_in_form(Form::New));
        assert_eq!(reshaped.choices(), ["a", "b&c"]);
        assert_eq!(reshaped.attribute("DisplayName").as_deref(), Some("A & B"));
        assert!(reshaped.schema_xml.ends_with("<Default>x</Default></Field>"));
    }

    #[test]
    fn a_column_without_choices_stays_without() {
        let standing = field("<Field ID=\"{1}\" Name=\"Title\" />");
        let reshaped = field(&standing.reshaped(false, &[]).unwrap());
        assert!(!reshaped.is_in_form(Form::Edit) && !reshaped.is_in_form(Form::New));
        assert!(reshaped.choices().is_empty());
    }
}
