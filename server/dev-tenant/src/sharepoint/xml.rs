//! A small, safe XML reader for what clients send: no DTD, no entities of their own, bounded depth.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// `RequestXmlMaxDepth` of SPClientCallableSettings, default 32.
pub const MAX_DEPTH: usize = 32;

/// An element by its local name; text and child elements keep their order only among themselves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum XmlError {
    #[error("{0}")]
    Malformed(String),
    #[error("For security reasons DTD is prohibited in this XML document.")]
    Dtd,
    #[error("The XML document is nested deeper than {MAX_DEPTH} levels.")]
    TooDeep,
    #[error("Root element is missing.")]
    NoRoot,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// An attribute whose name clients spell in different cases, as CAML allows.
    pub fn attribute_ignoring_case(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }
}

/// Reads one document.
///
/// # Errors
/// Anything that is not one well-formed element, a document type, nesting beyond [`MAX_DEPTH`].
pub fn read(text: &str) -> Result<Element, XmlError> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    loop {
        match reader.read_event().map_err(|error| malformed(&error))? {
            Event::Start(start) => enter(&mut open, root.as_ref(), element(&start)?)?,
            Event::Empty(start) => {
                enter(&mut open, root.as_ref(), element(&start)?)?;
                leave(&mut open, &mut root);
            }
            Event::End(_) => leave(&mut open, &mut root),
            Event::Text(text) => append(&mut open, &text.xml10_content())?,
            Event::CData(text) => append(&mut open, &text.xml10_content())?,
            Event::GeneralRef(reference) => append(&mut open, &resolve(&reference)?)?,
            Event::DocType(_) => return Err(XmlError::Dtd),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    match root {
        Some(root) if open.is_empty() => Ok(root),
        _ => Err(XmlError::NoRoot),
    }
}

fn enter(open: &mut Vec<Element>, root: Option<&Element>, element: Element) -> Result<(), XmlError> {
    if open.is_empty() && root.is_some() {
        return Err(XmlError::Malformed(
            "There are multiple root elements.".to_owned(),
        ));
    }
    if open.len() >= MAX_DEPTH {
        return Err(XmlError::TooDeep);
    }
    open.push(element);
    Ok(())
}

fn leave(open: &mut Vec<Element>, root: &mut Option<Element>) {
    let Some(closed) = open.pop() else {
        return;
    };
    match open.last_mut() {
        Some(parent) => parent.children.push(closed),
        None => *root = Some(closed),
    }
}

fn append(open: &mut [Element], text: &str) -> Result<(), XmlError> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => {
            return Err(XmlError::Malformed(
                "Data at the root level is invalid.".to_owned(),
            ));
        }
    }
    Ok(())
}

fn element(start: &BytesStart<'_>) -> Result<Element, XmlError> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| malformed(&error))?;
        let value = attribute
            .normalized_value(XmlVersion::Explicit1_0)
            .map_err(|error| malformed(&error))?;
        attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    Ok(Element {
        name: start.local_name().as_ref().to_owned(),
        attributes,
        ..Element::default()
    })
}

/// Character references and the five entities of XML itself.
fn resolve(reference: &BytesRef<'_>) -> Result<String, XmlError> {
    if let Some(character) = reference.resolve_char_ref().map_err(|error| malformed(&error))? {
        return Ok(character.to_string());
    }
    let name = reference.xml10_content();
    quick_xml::escape::resolve_xml_entity(&name)
        .map(str::to_owned)
        .ok_or_else(|| XmlError::Malformed(format!("Reference to undeclared entity '{name}'.")))
}

fn malformed(error: &dyn std::fmt::Display) -> XmlError {
    XmlError::Malformed(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_attributes_and_references_are_read() {
        let root = read("<a:A xmlns:a='x' b='1 &lt; 2'>x &amp; &#x3042;<C/>y<![CDATA[<z>]]></a:A>").unwrap();
        assert_eq!(root.name, "A");
        assert_eq!(root.attribute("b"), Some("1 < 2"));
        assert_eq!(root.text, "x & あy<z>");
        assert_eq!(root.children.len(), 1);
    }

    #[test]
    fn a_document_type_and_foreign_entities_are_refused() {
        assert_eq!(
            read("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
            Err(XmlError::Dtd)
        );
        assert!(matches!(read("<a>&b;</a>"), Err(XmlError::Malformed(_))));
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |levels: usize| format!("{}{}", "<a>".repeat(levels), "</a>".repeat(levels));
        assert!(read(&nested(MAX_DEPTH)).is_ok());
        assert_eq!(read(&nested(MAX_DEPTH + 1)), Err(XmlError::TooDeep));
    }

    #[test]
    fn what_is_not_one_element_is_refused() {
        for text in ["", "x", "<a>", "<a></b>", "<a/><b/>", "<a/>x"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
