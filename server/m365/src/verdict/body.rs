//! The error that a service describes in a body (or only in headers), whatever shape it has.

use http::HeaderMap;
use serde_json::Value;

/// Longest message that is kept: enough for every documented text.
const LONGEST: usize = 400;

/// Code and words of a remote error.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Remote {
    /// Graph's code, SharePoint's number, Entra's `AADSTS…`.
    pub(crate) code: Option<String>,
    /// The type of the exception, e.g. `Microsoft.SharePoint.SPException`.
    pub(crate) kind: Option<String>,
    /// In the service's own words.
    pub(crate) message: String,
    /// Codes of Graph's `details` and inner errors; all that Exchange says.
    pub(crate) details: Vec<String>,
}

impl Remote {
    pub(crate) fn read(headers: &HeaderMap, body: &[u8]) -> Self {
        let mut remote = match serde_json::from_slice::<Value>(body) {
            Ok(json) => Self::of_json(&json),
            Err(_) => Self::of_text(headers, body),
        };
        if remote.message.is_empty() {
            remote.message = Self::of_headers(headers);
        }
        remote.shortened()
    }

    pub(super) fn shortened(mut self) -> Self {
        self.message = self.message.chars().take(LONGEST).collect();
        self
    }

    fn of_json(json: &Value) -> Self {
        if let Some(description) = json["error_description"].as_str() {
            return Self::of_entra(json, description);
        }
        let error = json
            .get("odata.error")
            .or_else(|| json.get("error"))
            .unwrap_or(&Value::Null);
        let message = error["message"]
            .as_str()
            .or_else(|| error["message"]["value"].as_str());
        let (code, kind) = split(error["code"].as_str());
        Self {
            code,
            kind,
            message: message.unwrap_or_default().to_owned(),
            details: details(error),
        }
    }

    fn of_entra(json: &Value, description: &str) -> Self {
        let code = json["error_codes"][0]
            .as_i64()
            .map(|number| format!("AADSTS{number}"));
        let code = code.or_else(|| json["error"].as_str().map(str::to_owned));
        Self {
            code,
            kind: None,
            message: description.to_owned(),
            details: Vec::new(),
        }
    }

    /// Bare text is kept; pages of HTML and Atom are only named, since their words carry no code.
    fn of_text(headers: &HeaderMap, body: &[u8]) -> Self {
        let text = String::from_utf8_lossy(body);
        let kind = headers
            .get(http::header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("");
        let message = if text.trim_start().starts_with('<') {
            format!("an answer of type {kind} instead of JSON")
        } else {
            text.trim_matches(is_nothing).to_owned()
        };
        Self {
            message,
            ..Self::default()
        }
    }

    fn of_headers(headers: &HeaderMap) -> String {
        ["x-ms-diagnostics", "www-authenticate"]
            .iter()
            .find_map(|name| headers.get(*name))
            .and_then(|value| value.to_str().ok())
            .unwrap_or("no words")
            .to_owned()
    }
}

/// Exchange refuses a cmdlet with a body of NULs.
fn is_nothing(letter: char) -> bool {
    letter.is_whitespace() || letter == '\0'
}

/// SharePoint writes `-2130575338, System.ArgumentException`.
fn split(code: Option<&str>) -> (Option<String>, Option<String>) {
    match code.and_then(|code| code.split_once(", ")) {
        Some((number, kind)) => (Some(number.to_owned()), Some(kind.to_owned())),
        None => (code.map(str::to_owned), None),
    }
}

/// `innerError` in Graph, `innererror` in other OData services.
fn details(error: &Value) -> Vec<String> {
    let listed = error["details"].as_array().into_iter().flatten();
    let inner = ["innerError", "innererror"].into_iter().map(|name| &error[name]);
    listed
        .chain(inner)
        .filter_map(|part| part["code"].as_str())
        .map(str::to_owned)
        .collect()
}
