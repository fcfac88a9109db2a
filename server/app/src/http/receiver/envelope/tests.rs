use proptest::prelude::*;

use super::*;

const LIST: &str = "7f0b6b0e-1f5a-4b06-9a4d-2f3f3b1e8f10";

fn envelope(operation: &str, properties: &str) -> String {
    format!(
        "<s:Envelope xmlns:s=\"{SOAP}\"><s:Body><{operation} xmlns=\"{REMOTE_APP}\">\
         <properties xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\">{properties}</properties>\
         </{operation}></s:Body></s:Envelope>"
    )
}

fn added(list: &str) -> String {
    let properties = format!(
        "<AppEventProperties i:nil=\"true\"/><ContextToken/><EventType>ItemAdded</EventType>\
         <ItemEventProperties><AfterProperties \
         xmlns:a=\"http://schemas.microsoft.com/2003/10/Serialization/Arrays\">\
         <a:KeyValueOfstringanyType><a:Key>Title</a:Key><a:Value>x &lt; y &#233; ListId</a:Value>\
         </a:KeyValueOfstringanyType></AfterProperties><ListId>{list}</ListId><ListItemId>7</ListItemId>\
         </ItemEventProperties>"
    );
    envelope("ProcessOneWayEvent", &properties)
}

#[test]
fn an_event_is_read_whoever_chose_the_prefixes() {
    let event = Event {
        operation: Operation::OneWay,
        list: LIST.parse().unwrap(),
    };
    assert_eq!(Event::read(added(LIST).as_bytes()), Ok(event));
    let prefixed = format!(
        "\u{feff}<?xml version=\"1.0\"?><E:Envelope xmlns:E=\"{SOAP}\" xmlns:r=\"{REMOTE_APP}\"><E:Header/>\
         <E:Body><r:ProcessEvent><r:properties><r:ItemEventProperties><r:ListId> {LIST}\n</r:ListId>\
         </r:ItemEventProperties></r:properties></r:ProcessEvent></E:Body></E:Envelope>"
    );
    let operation = Operation::Process;
    assert_eq!(Event::read(prefixed.as_bytes()), Ok(Event { operation, ..event }));
}

#[test]
fn what_is_no_event_is_refused_with_its_reason() {
    let good = added(LIST);
    let twice = good.replace(
        "<s:Body>",
        &format!("<s:Body><ProcessEvent xmlns=\"{REMOTE_APP}\"/>"),
    );
    let deep = format!("{}{}", "<a>".repeat(DEEPEST), "</a>".repeat(DEEPEST));
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>";
    for (body, reason) in [
        (String::new(), Malformed::NotAnEvent),
        ("{}".into(), Malformed::NotAnEvent),
        (good.replace("</s:Envelope>", ""), Malformed::NotXml),
        (good.replace("</ListId>", "</ListItemId>"), Malformed::NotXml),
        (format!("{bomb}{good}"), Malformed::Forbidden),
        (good.replace("x &lt;", "x &b;"), Malformed::Forbidden),
        (
            good.replace("<ContextToken/>", "<?php 1 ?>"),
            Malformed::Forbidden,
        ),
        (good.replace("<ContextToken/>", &deep), Malformed::TooDeep),
        (good.replace(REMOTE_APP, "urn:other"), Malformed::NotAnEvent),
        (
            good.replace("<s:", "<t:").replace("</s:", "</t:"),
            Malformed::NotXml,
        ),
        (twice, Malformed::NotAnEvent),
        (added(""), Malformed::List),
        (added("7"), Malformed::List),
        (envelope("ProcessEvent", ""), Malformed::List),
    ] {
        assert_eq!(Event::read(body.as_bytes()), Err(reason), "{body}");
    }
    assert_eq!(Event::read(b"<a>\xff</a>"), Err(Malformed::NotXml));
}

#[test]
fn answers_are_well_formed() {
    for answer in [CONTINUE.to_owned(), fault(Malformed::List)] {
        let mut reader = NsReader::from_str(&answer);
        while !matches!(reader.read_event().unwrap(), Xml::Eof) {}
    }
    assert!(fault(Malformed::List).contains("<faultcode>s:Client</faultcode>"));
}

proptest! {
    /// Whatever comes, reading ends with an answer.
    #[test]
    fn no_body_is_too_odd(at in 0_usize..900, cut in 0_usize..40, put in "\\PC{0,12}") {
        let good: Vec<char> = added(LIST).chars().collect();
        let at = at.min(good.len());
        let end = (at + cut).min(good.len());
        let text: String = good[..at].iter().copied().chain(put.chars()).chain(good[end..].iter().copied()).collect();
        if let Ok(event) = Event::read(text.as_bytes()) {
            prop_assert_eq!(event.operation, Operation::OneWay);
        }
    }
}
