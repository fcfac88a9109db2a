//! The answer of ProcessQuery: a header, then ids and results in turn.

use uuid::Uuid;

use super::schema::RequestError;
use super::wire::Wire;
use crate::call::Reply;
use crate::sharepoint::operations::fault::Fault;

/// A build of SharePoint Online that was seen in the field.
const LIBRARY_VERSION: &str = "16.0.25912.12000";

/// A failed request has no results, although actions before the failure have taken effect.
pub(super) fn reply(request_id: Uuid, outcome: Result<Vec<Wire>, Wire>) -> Reply {
    let (error, results) = match outcome {
        Ok(results) => (Wire::Null, results),
        Err(error) => (error, Vec::new()),
    };
    let header = Wire::Object(vec![
        ("SchemaVersion".to_owned(), Wire::text("15.0.0.0")),
        ("LibraryVersion".to_owned(), Wire::text(LIBRARY_VERSION)),
        ("ErrorInfo".to_owned(), error),
        (
            "TraceCorrelationId".to_owned(),
            Wire::text(request_id.to_string()),
        ),
    ]);
    let answer = std::iter::once(header).chain(results).collect();
    Reply::text(200, "application/json", Wire::Array(answer).render())
}

pub(super) fn error_of(fault: &Fault, request_id: Uuid) -> Wire {
    error_info(&fault.message, i64::from(fault.code), fault.kind, request_id)
}

pub(super) fn error_of_request(error: &RequestError, request_id: Uuid) -> Wire {
    error_info(&error.to_string(), -1, error.type_name(), request_id)
}

fn error_info(message: &str, code: i64, type_name: &str, request_id: Uuid) -> Wire {
    Wire::Object(vec![
        ("ErrorMessage".to_owned(), Wire::text(message)),
        ("ErrorValue".to_owned(), Wire::Null),
        (
            "TraceCorrelationId".to_owned(),
            Wire::text(request_id.to_string()),
        ),
        ("ErrorCode".to_owned(), Wire::Integer(code)),
        ("ErrorTypeName".to_owned(), Wire::text(type_name)),
    ])
}

/// What an ExceptionHandlingScope answers.
pub(super) fn scope_result(error: Option<Wire>) -> Wire {
    Wire::Object(vec![
        ("HasException".to_owned(), Wire::Boolean(error.is_some())),
        ("ErrorInfo".to_owned(), error.unwrap_or(Wire::Null)),
    ])
}
