//! The SOAP of remote event receivers: what of an event we read, and what we answer. Pure.

use quick_xml::events::{BytesRef, Event as Xml};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;
use thiserror::Error;
use uuid::Uuid;

const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const REMOTE_APP: &str = "http://schemas.microsoft.com/sharepoint/remoteapp/";
/// An event's own elements lie eight deep; values of a row are texts, not trees.
const DEEPEST: usize = 32;

/// The answer to `ProcessEvent` that lets the event pass.
pub(super) const CONTINUE: &str = concat!(
    r#"<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>"#,
    r#"<ProcessEventResponse xmlns="http://schemas.microsoft.com/sharepoint/remoteapp/">"#,
    r#"<ProcessEventResult xmlns:i="http://www.w3.org/2001/XMLSchema-instance">"#,
    r#"<ChangedItemProperties xmlns:a="http://schemas.microsoft.com/2003/10/Serialization/Arrays"/>"#,
    r#"<ErrorMessage i:nil="true"/><RedirectUrl i:nil="true"/><Status>Continue</Status>"#,
    "</ProcessEventResult></ProcessEventResponse></s:Body></s:Envelope>",
);

/// Whether SharePoint waits for the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    /// `ProcessEvent`: something is about to happen.
    Process,
    /// `ProcessOneWayEvent`: it has happened.
    OneWay,
}

/// What we read of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Event {
    pub(super) operation: Operation,
    pub(super) list: Uuid,
}

/// Why a body is no event. The words go to the sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(super) enum Malformed {
    #[error("not well-formed XML in UTF-8")]
    NotXml,
    #[error("document types, entities and processing instructions are not taken")]
    Forbidden,
    #[error("nested too deeply")]
    TooDeep,
    #[error("not one ProcessEvent or ProcessOneWayEvent")]
    NotAnEvent,
    #[error("ItemEventProperties/ListId is not a GUID")]
    List,
}

/// Elements whose place matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    Envelope,
    Body,
    Operation(Operation),
    Properties,
    ItemEvent,
    ListId,
    Other,
}

impl Element {
    fn of(namespace: &str, name: &str) -> Self {
        match (namespace, name) {
            (SOAP, "Envelope") => Self::Envelope,
            (SOAP, "Body") => Self::Body,
            (REMOTE_APP, "ProcessEvent") => Self::Operation(Operation::Process),
            (REMOTE_APP, "ProcessOneWayEvent") => Self::Operation(Operation::OneWay),
            (REMOTE_APP, "properties") => Self::Properties,
            (REMOTE_APP, "ItemEventProperties") => Self::ItemEvent,
            (REMOTE_APP, "ListId") => Self::ListId,
            _ => Self::Other,
        }
    }
}

/// What was met so far.
#[derive(Default)]
struct Reading {
    path: Vec<Element>,
    operations: Vec<Operation>,
    list: String,
}

impl Event {
    /// Reads a whole envelope, to its end.
    pub(super) fn read(body: &[u8]) -> Result<Self, Malformed> {
        let text = std::str::from_utf8(body).map_err(|_| Malformed::NotXml)?;
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        let mut reading = Reading::default();
        loop {
            let (namespace, event) = reader.read_resolved_event().map_err(|_| Malformed::NotXml)?;
            let namespace = match namespace {
                ResolveResult::Bound(Namespace(name)) => name,
                ResolveResult::Unbound => "",
                ResolveResult::Unknown(_) => return Err(Malformed::NotXml),
            };
            if reading.take(namespace, &event)? {
                return reading.end();
            }
        }
    }
}

impl Reading {
    /// True at the end of the text.
    fn take(&mut self, namespace: &str, event: &Xml<'_>) -> Result<bool, Malformed> {
        match event {
            Xml::Start(start) => self.open(Element::of(namespace, start.local_name().as_ref()))?,
            Xml::End(_) => drop(self.path.pop()),
            Xml::Text(text) => self.text(text),
            Xml::CData(text) => self.text(text),
            Xml::GeneralRef(reference) if is_plain(reference) => {}
            Xml::GeneralRef(_) | Xml::DocType(_) | Xml::PI(_) => return Err(Malformed::Forbidden),
            Xml::Eof => return Ok(true),
            Xml::Empty(_) | Xml::Comment(_) | Xml::Decl(_) => {}
        }
        Ok(false)
    }

    fn open(&mut self, element: Element) -> Result<(), Malformed> {
        if self.path.len() == DEEPEST {
            return Err(Malformed::TooDeep);
        }
        if let (Element::Operation(operation), [Element::Envelope, Element::Body]) = (element, &self.path[..])
        {
            self.operations.push(operation);
        }
        self.path.push(element);
        Ok(())
    }

    fn text(&mut self, text: &str) {
        let [
            Element::Envelope,
            Element::Body,
            Element::Operation(_),
            inside @ ..,
        ] = &self.path[..]
        else {
            return;
        };
        if inside == [Element::Properties, Element::ItemEvent, Element::ListId] {
            self.list.push_str(text.trim());
        }
    }

    fn end(self) -> Result<Event, Malformed> {
        match (&self.path[..], &self.operations[..]) {
            ([], [operation]) => Ok(Event {
                operation: *operation,
                list: self.list.parse().map_err(|_| Malformed::List)?,
            }),
            ([], _) => Err(Malformed::NotAnEvent),
            _ => Err(Malformed::NotXml),
        }
    }
}

/// A character by its number, or one of the five entities that need no declaration.
fn is_plain(reference: &BytesRef<'_>) -> bool {
    let name: &str = reference;
    matches!(name, "lt" | "gt" | "amp" | "apos" | "quot")
        || matches!(reference.resolve_char_ref(), Ok(Some(_)))
}

/// A fault that blames the sender; the words are ours and need no escaping.
pub(super) fn fault(malformed: Malformed) -> String {
    format!(
        "<s:Envelope xmlns:s=\"{SOAP}\"><s:Body><s:Fault><faultcode>s:Client</faultcode>\
         <faultstring>{malformed}</faultstring></s:Fault></s:Body></s:Envelope>"
    )
}

#[cfg(test)]
mod tests;
