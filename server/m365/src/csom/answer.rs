//! Reads the answer of ProcessQuery: `[header, id, result, id, result, …]`, errors inside HTTP 200.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

use super::request::Id;
use crate::{Error, Result, Verdict, call::Answer, sharepoint::ItemId, verdict::of_csom};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Header {
    error_info: Option<ErrorInfo>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ErrorInfo {
    error_message: Option<String>,
    error_code: i64,
    error_type_name: Option<String>,
    trace_correlation_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ScopeResult {
    has_exception: bool,
    error_info: Option<ErrorInfo>,
}

/// The results of one request by action id.
pub(crate) struct Results {
    answer: Answer,
    values: HashMap<Id, Value>,
}

impl Results {
    /// Reads the answer; an `ErrorInfo` in its header is the failure of the whole request.
    pub(crate) fn read(answer: Answer) -> Result<Self> {
        let rows: Vec<Value> = answer.json()?;
        let mut rows = rows.into_iter();
        let header = rows
            .next()
            .ok_or_else(|| answer.broken("an answer without its header"))?;
        let header: Header = of_value(&answer, header)?;
        if let Some(info) = header.error_info {
            return Err(info.error(&answer));
        }
        let mut values = HashMap::new();
        while let (Some(id), Some(value)) = (rows.next(), rows.next()) {
            let id = id.as_u64().and_then(|id| Id::try_from(id).ok());
            values.insert(
                id.ok_or_else(|| answer.broken("a result without its number"))?,
                value,
            );
        }
        Ok(Self { answer, values })
    }

    /// How an exception scope ended.
    pub(crate) fn scope(&self, id: Id) -> Result<()> {
        let result: ScopeResult = of_value(&self.answer, self.value(id)?.clone())?;
        match (result.has_exception, result.error_info) {
            (false, _) => Ok(()),
            (true, Some(info)) => Err(info.error(&self.answer)),
            (true, None) => Err(self.answer.broken("an exception without a word")),
        }
    }

    /// The item whose identity was asked for; `Ambiguous` if that does not tell, for the item stands.
    pub(crate) fn item(&self, identity: Id) -> Result<ItemId> {
        let identity = self.value(identity)?["_ObjectIdentity_"].as_str();
        let untold = || {
            let message = "the identity of an item does not tell its number".to_owned();
            self.answer.error(Verdict::Ambiguous, None, message)
        };
        identity.and_then(item_of).ok_or_else(untold)
    }

    fn value(&self, id: Id) -> Result<&Value> {
        self.values
            .get(&id)
            .ok_or_else(|| self.answer.broken(&format!("no result for action {id}")))
    }
}

/// `…|740c6a0b-…:site:{guid}:web:{guid}:list:{guid}:item:{number},1`; an item that is not stored yet has no number.
fn item_of(identity: &str) -> Option<ItemId> {
    let (_, item) = identity.rsplit_once(":item:")?;
    let (number, _) = item.split_once(',')?;
    let number = number.parse().ok()?;
    (number > 0).then_some(ItemId(number))
}

fn of_value<T: for<'de> Deserialize<'de>>(answer: &Answer, value: Value) -> Result<T> {
    serde_json::from_value(value)
        .map_err(|error| answer.broken(&format!("not a ProcessQuery answer: {error}")))
}

impl ErrorInfo {
    fn error(self, answer: &Answer) -> Error {
        let verdict = match of_csom(
            self.error_code,
            self.error_type_name.as_deref().unwrap_or_default(),
        ) {
            Verdict::Denied { .. } => Verdict::Denied { needs: answer.needs },
            other => other,
        };
        let message = self.error_message.unwrap_or_default();
        let mut error = answer.error(verdict, Some(self.error_code.to_string()), message);
        error.request_id = self.trace_correlation_id.or(error.request_id);
        error
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, StatusCode};

    use super::*;
    use crate::Service;

    fn read(body: &'static str) -> Result<Results> {
        let body = bytes::Bytes::from_static(body.as_bytes());
        let (service, status) = (Service::SharePoint, StatusCode::OK);
        Results::read(Answer {
            service,
            operation: "try",
            needs: "",
            status,
            headers: HeaderMap::new(),
            body,
            whole: true,
        })
    }

    #[test]
    fn results_stand_after_their_numbers() {
        let results = read(
            r#"[{"SchemaVersion":"15.0.0.0","LibraryVersion":"16.0.25912.1","ErrorInfo":null,"TraceCorrelationId":"t"},
               5,{"IsNull":false},9,{"_ObjectIdentity_":"1-2|740c:site:3:web:4:list:5:item:7,1"},
               12,{"HasException":false,"ErrorInfo":null}]"#,
        )
        .unwrap();
        assert_eq!(results.item(9).unwrap(), ItemId(7));
        assert!(results.scope(12).is_ok());
        assert_eq!(results.scope(13).unwrap_err().verdict, Verdict::Broken);
    }

    #[test]
    fn an_item_that_does_not_tell_its_number_is_to_be_looked_for() {
        let results = read(
            r#"[{"ErrorInfo":null},1,{"_ObjectIdentity_":"1|740c:web:4:list:5"},2,{"_ObjectIdentity_":"1|740c:item:0,1"},
               3,{"_ObjectIdentity_":"1|740c:item:x,1"},4,{"_ObjectIdentity_":"1|740c:item:7"},5,{"Id":7}]"#,
        )
        .unwrap();
        for identity in 1..=5 {
            assert_eq!(results.item(identity).unwrap_err().verdict, Verdict::Ambiguous);
        }
    }

    #[test]
    fn an_error_inside_http_200_fails_the_request_with_its_code() {
        let error = read(
            r#"[{"SchemaVersion":"15.0.0.0","LibraryVersion":"16","ErrorInfo":{"ErrorMessage":"Item does not exist.",
               "ErrorValue":null,"TraceCorrelationId":"abc","ErrorCode":-2130575338,
               "ErrorTypeName":"Microsoft.SharePoint.SPException"},"TraceCorrelationId":"abc"}]"#,
        )
        .err()
        .unwrap();
        assert_eq!(
            (error.verdict, error.request_id.as_deref()),
            (Verdict::NotFound, Some("abc"))
        );
    }

    #[test]
    fn one_failed_scope_leaves_the_others_alone() {
        let results = read(
            r#"[{"SchemaVersion":"15.0.0.0","LibraryVersion":"16","ErrorInfo":null},
               3,{"HasException":true,"ErrorInfo":{"ErrorMessage":"dup","ErrorValue":null,"ErrorCode":-2130575169,
               "ErrorTypeName":"Microsoft.SharePoint.SPDuplicateValuesFoundException"}},4,{"HasException":false}]"#,
        )
        .unwrap();
        assert_eq!(results.scope(3).unwrap_err().verdict, Verdict::Conflict);
        assert!(results.scope(4).is_ok());
    }

    #[test]
    fn a_page_instead_of_an_answer_is_broken() {
        assert_eq!(read("<html>").err().unwrap().verdict, Verdict::Broken);
        assert_eq!(read("[]").err().unwrap().verdict, Verdict::Broken);
    }
}
