//! The messages of remote event receivers (`IRemoteEventService`).

use quick_xml::escape::escape;

use super::events::Occurrence;
use crate::sharepoint::state::field_value::FieldValue;
use crate::sharepoint::state::item::Values;
use crate::sharepoint::xml::{Element, read};

const ENVELOPE: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const REMOTE_APP: &str = "http://schemas.microsoft.com/sharepoint/remoteapp/";
const ARRAYS: &str = "http://schemas.microsoft.com/2003/10/Serialization/Arrays";
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";
const SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";

/// What a receiver says to what is about to happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    Continue,
    /// With the message for whoever wanted it.
    Cancel(String),
}

pub(super) fn action(occurrence: &Occurrence) -> &'static str {
    if occurrence.event.is_before() {
        "http://schemas.microsoft.com/sharepoint/remoteapp/IRemoteEventService/ProcessEvent"
    } else {
        "http://schemas.microsoft.com/sharepoint/remoteapp/IRemoteEventService/ProcessOneWayEvent"
    }
}

/// There is no context token: the farm has no ACS.
pub(super) fn envelope(occurrence: &Occurrence) -> String {
    let operation = if occurrence.event.is_before() {
        "ProcessEvent"
    } else {
        "ProcessOneWayEvent"
    };
    format!(
        r#"<s:Envelope xmlns:s="{ENVELOPE}"><s:Body><{operation} xmlns="{REMOTE_APP}"><properties xmlns:i="{INSTANCE}"><AppEventProperties i:nil="true"/><ContextToken/><CorrelationId>{}</CorrelationId><CultureLCID>{}</CultureLCID><EntityInstanceEventProperties i:nil="true"/><ErrorCode>GetContextTokenError</ErrorCode><ErrorMessage/><EventType>{:?}</EventType>{}<ListEventProperties i:nil="true"/><SecurityEventProperties i:nil="true"/><UICultureLCID>{}</UICultureLCID><WebEventProperties i:nil="true"/></properties></{operation}></s:Body></s:Envelope>"#,
        occurrence.correlation,
        occurrence.language,
        occurrence.event,
        item_properties(occurrence),
        occurrence.language,
    )
}

fn item_properties(occurrence: &Occurrence) -> String {
    format!(
        r#"<ItemEventProperties><AfterProperties xmlns:a="{ARRAYS}">{}</AfterProperties><AfterUrl i:nil="true"/><BeforeProperties xmlns:a="{ARRAYS}">{}</BeforeProperties><BeforeUrl/><CurrentUserId>{}</CurrentUserId><ExternalNotificationMessage i:nil="true"/><IsBackgroundSave>false</IsBackgroundSave><ListId>{}</ListId><ListItemId>{}</ListItemId><ListTitle>{}</ListTitle><UserDisplayName>{}</UserDisplayName><UserLoginName>{}</UserLoginName><Versionless>false</Versionless><WebUrl>{}</WebUrl></ItemEventProperties>"#,
        pairs(&occurrence.after),
        pairs(&occurrence.before),
        occurrence.user,
        occurrence.list,
        occurrence.item,
        escape(&occurrence.list_title),
        escape(&occurrence.user_name),
        escape(&occurrence.user_login),
        escape(&occurrence.web_url),
    )
}

fn pairs(values: &Values) -> String {
    let pair = |(name, value): (&String, &FieldValue)| {
        let (kind, text) = typed(value);
        format!(
            r#"<a:KeyValueOfstringanyType><a:Key>{}</a:Key><a:Value i:type="b:{kind}" xmlns:b="{SCHEMA}">{}</a:Value></a:KeyValueOfstringanyType>"#,
            escape(name),
            escape(&text),
        )
    };
    values.iter().map(pair).collect()
}

/// The XML Schema type of a value, and its text.
fn typed(value: &FieldValue) -> (&'static str, String) {
    let join = |parts: Vec<String>| parts.join(";#");
    match value {
        FieldValue::Text(text) => ("string", text.clone()),
        FieldValue::Number(number) => ("double", number.to_string()),
        FieldValue::Boolean(yes) => ("boolean", yes.to_string()),
        FieldValue::DateTime(at) => ("string", at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
        FieldValue::Choices(choices) => ("string", format!(";#{};#", choices.join(";#"))),
        FieldValue::Users(people) => ("string", join(people.iter().map(ToString::to_string).collect())),
        FieldValue::Lookups(items) => ("string", join(items.iter().map(ToString::to_string).collect())),
        FieldValue::Url { url, description } => ("string", format!("{url}, {description}")),
    }
}

/// The verdict of a `ProcessEventResponse`; `None` for what is none.
pub(crate) fn verdict(answer: &str) -> Option<Verdict> {
    let envelope = read(answer).ok()?;
    let body = (envelope.name == "Envelope").then(|| envelope.child("Body"))??;
    let result = body.child("ProcessEventResponse")?.child("ProcessEventResult")?;
    let text = |name: &str| {
        result
            .child(name)
            .map(|found| found.text.trim())
            .unwrap_or_default()
    };
    if result.child("ChangedItemProperties").is_some_and(is_filled) {
        return Some(Verdict::Cancel(
            "The dev tenant does not model ChangedItemProperties.".to_owned(),
        ));
    }
    match text("Status") {
        "" | "Continue" => Some(Verdict::Continue),
        "CancelWithError" => Some(Verdict::Cancel(text("ErrorMessage").to_owned())),
        "CancelNoError" => Some(Verdict::Cancel(
            "The request was cancelled by an event receiver.".to_owned(),
        )),
        other => Some(Verdict::Cancel(format!(
            "The dev tenant does not model the status {other}."
        ))),
    }
}

fn is_filled(properties: &Element) -> bool {
    !properties.children.is_empty()
}
