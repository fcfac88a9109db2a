//! XML that SharePoint keeps for us and may give back in another spelling.

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

/// Whether two fragments say the same, apart from quotes, empty elements and blanks between elements.
/// What is not well formed is only the same as itself.
pub fn is_same_markup(one: &str, other: &str) -> bool {
    match (pieces(one), pieces(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => one == other,
    }
}

fn pieces(xml: &str) -> quick_xml::Result<Vec<String>> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut pieces = Vec::new();
    loop {
        let piece = match reader.read_event()? {
            Event::Eof => return Ok(pieces),
            Event::Start(start) => opened(&start)?,
            Event::End(_) => ">".to_owned(),
            Event::Text(text) => text.trim().to_owned(),
            Event::GeneralRef(reference) => format!("&{}", &*reference),
            _ => String::new(),
        };
        pieces.extend(Some(piece).filter(|piece| !piece.is_empty()));
    }
}

fn opened(start: &BytesStart<'_>) -> quick_xml::Result<String> {
    let mut attributes = attributes(start)?;
    attributes.sort();
    Ok(format!("<{} {attributes:?}", name(start)))
}

/// Name of an element.
pub(super) fn name(start: &BytesStart<'_>) -> String {
    start.name().as_ref().to_owned()
}

/// Attributes of an element, in order, without entities.
pub(super) fn attributes(start: &BytesStart<'_>) -> quick_xml::Result<Vec<(String, String)>> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0)?;
        attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    Ok(attributes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_spelling_is_overlooked() {
        let ours = "<Where><Eq><FieldRef Name=\"PFStatus\"/><Value Type=\"Choice\">IA</Value></Eq></Where>";
        let theirs = "<Where>\r\n <Eq><FieldRef Name='PFStatus' />\
            <Value Type='Choice'>IA</Value></Eq></Where>";
        assert!(is_same_markup(ours, theirs));
        for changed in [
            ours.replace("IA", "CO"),
            ours.replace("PFStatus", "PFKind"),
            ours.replace("Eq>", "Neq>"),
            ours.replace("</Where>", ""),
            String::new(),
        ] {
            assert!(!is_same_markup(ours, &changed), "{changed}");
        }
    }
}
