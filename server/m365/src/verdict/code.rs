//! Verdicts by the codes that SharePoint and Graph give. Texts are localised, so codes come first.

use super::body::Remote;
use crate::Verdict;

/// Codes that Microsoft's own clients know (SP.ClientErrorCodes of the JavaScript client) or that are seen in
/// recorded answers.
const ACCESS_DENIED: i64 = -2_147_024_891;
const FILE_NOT_FOUND: i64 = -2_147_024_894;
const ITEM_NOT_FOUND: i64 = -2_130_575_338;
const SAVE_CONFLICT: i64 = -2_130_575_305;
const VERSION_CONFLICT: i64 = -2_130_575_339;
const LIST_EXISTS: i64 = -2_130_575_342;
const DOCUMENT_EXISTS: i64 = -2_130_575_257;
const DUPLICATE_VALUES: i64 = -2_130_575_169;

/// The exception type of a violated unique column.
const DUPLICATE_KIND: &str = "SPDuplicateValuesFoundException";

/// Graph's words when a reference names an object that is not (yet) there
/// ("Resource … does not exist or one of its queried reference-property objects are not present").
const REFERENCE_MISSING: &str = "queried reference-property objects are not present";

/// A verdict by code, if the code says enough.
pub(super) fn verdict(remote: &Remote) -> Option<Verdict> {
    let code = remote.code.as_deref()?;
    match code.parse::<i64>() {
        Ok(number) => sharepoint(number, remote.kind.as_deref()),
        Err(_) => graph(code, remote),
    }
}

/// The verdict on a CSOM `ErrorInfo`; whatever is unknown is a wrong request.
pub(crate) fn of_csom(code: i64, kind: &str) -> Verdict {
    sharepoint(code, Some(kind)).unwrap_or(Verdict::Invalid)
}

/// The verdict on a form value that SharePoint would not take (`ErrorCode` of a `HasException` row).
pub(crate) fn of_form_value(code: i64) -> Verdict {
    sharepoint(code, None).unwrap_or(Verdict::Invalid)
}

fn sharepoint(code: i64, kind: Option<&str>) -> Option<Verdict> {
    if kind.is_some_and(|kind| kind.ends_with(DUPLICATE_KIND)) {
        return Some(Verdict::Conflict);
    }
    match code {
        ACCESS_DENIED => Some(Verdict::Denied { needs: "" }),
        FILE_NOT_FOUND | ITEM_NOT_FOUND => Some(Verdict::NotFound),
        SAVE_CONFLICT | VERSION_CONFLICT => Some(Verdict::SaveConflict),
        LIST_EXISTS | DOCUMENT_EXISTS | DUPLICATE_VALUES => Some(Verdict::Conflict),
        _ => None,
    }
}

fn graph(code: &str, remote: &Remote) -> Option<Verdict> {
    if remote.details.iter().any(|detail| detail == "ObjectConflict") {
        return Some(Verdict::Conflict);
    }
    match code {
        "Request_BadRequest" if remote.message.contains(REFERENCE_MISSING) => Some(Verdict::Settling),
        "Request_ResourceNotFound" | "itemNotFound" | "ErrorItemNotFound" => Some(Verdict::NotFound),
        "MailboxNotEnabledForRESTAPI" => Some(Verdict::Settling),
        "Authorization_RequestDenied" | "accessDenied" | "ErrorAccessDenied" => {
            Some(Verdict::Denied { needs: "" })
        }
        _ => None,
    }
}
