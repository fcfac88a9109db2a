//! What a caller of RenderListDataAsStream asks for.

use serde_json::Value;

use crate::sharepoint::operations::fault::Fault;

/// `RenderListDataOptions.ListData`, the only part that is modelled.
const LIST_DATA: u64 = 2;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parameters {
    /// `None` = the list's default view.
    pub view_xml: Option<String>,
    /// The query string of a `NextHref`.
    pub paging: Option<String>,
    pub folder: Option<String>,
    pub dates_in_utc: bool,
}

impl Parameters {
    /// Reads the request body: `{"parameters":{…}}`. An empty body asks for the default view.
    ///
    /// # Errors
    /// Parts other than the list data are not modelled.
    pub fn read(body: &Value) -> Result<Self, Fault> {
        let given = body.get("parameters").unwrap_or(&Value::Null);
        let text = |name: &str| {
            let text = given.get(name).and_then(Value::as_str);
            text.filter(|text| !text.trim().is_empty()).map(str::to_owned)
        };
        match given.get("RenderOptions").map_or(Some(LIST_DATA), options) {
            Some(0 | LIST_DATA) => {}
            _ => {
                return Err(Fault::new(
                    501,
                    -1,
                    "NotModelled",
                    "The dev tenant models RenderOptions 2 (ListData) only.",
                ));
            }
        }
        Ok(Self {
            view_xml: text("ViewXml"),
            paging: text("Paging"),
            folder: text("FolderServerRelativeUrl"),
            dates_in_utc: given.get("DatesInUtc").and_then(Value::as_bool).unwrap_or(false),
        })
    }
}

/// A number, or a number as text, as some clients send it.
fn options(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}
