//! Refusals with the codes, exception types and words that SharePoint gives them.

/// A refusal. REST renders it as `{code}, {kind}` with `status`, CSOM as `ErrorInfo` inside a 200.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    pub status: u16,
    pub code: i32,
    pub kind: &'static str,
    pub message: String,
}

pub const SP_EXCEPTION: &str = "Microsoft.SharePoint.SPException";
pub const ARGUMENT: &str = "System.ArgumentException";
pub const CLIENT_SERVICE: &str = "Microsoft.SharePoint.Client.ClientServiceException";
pub const INVALID_CLIENT_QUERY: &str = "Microsoft.SharePoint.Client.InvalidClientQueryException";
pub const INVALID_OPERATION: &str = "System.InvalidOperationException";

impl Fault {
    pub fn new(status: u16, code: i32, kind: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            kind,
            message: message.into(),
        }
    }

    pub fn access_denied() -> Self {
        Self::new(
            403,
            -2_147_024_891,
            "System.UnauthorizedAccessException",
            "Access denied. You do not have permission to perform this action or access this resource.",
        )
    }

    /// The words SharePoint has for app-only tokens that were obtained with a secret.
    pub fn unsupported_app_only_token() -> Self {
        Self::new(
            401,
            -2_147_024_891,
            "System.UnauthorizedAccessException",
            "Unsupported app only token.",
        )
    }

    pub fn list_not_found(title: &str, web_path: &str) -> Self {
        let text = format!("List '{title}' does not exist at site with URL '{web_path}'.");
        Self::new(404, -1, ARGUMENT, text)
    }

    /// A list that was asked for by id.
    pub fn list_id_not_found() -> Self {
        Self::new(
            404,
            -2_130_575_322,
            SP_EXCEPTION,
            "List does not exist. The page you selected contains a list that does not exist. It may have been deleted by another user.",
        )
    }

    pub fn item_not_found() -> Self {
        Self::new(
            404,
            -2_130_575_338,
            ARGUMENT,
            "Item does not exist. It may have been deleted by another user.",
        )
    }

    pub fn file_not_found() -> Self {
        Self::new(
            404,
            -2_147_024_894,
            "System.IO.FileNotFoundException",
            "File Not Found.",
        )
    }

    pub fn field_not_found(name: &str) -> Self {
        Self::new(
            400,
            -2_147_024_809,
            ARGUMENT,
            format!("Column '{name}' does not exist. It may have been deleted by another user."),
        )
    }

    pub fn title_taken() -> Self {
        Self::new(
            500,
            -2_130_575_342,
            SP_EXCEPTION,
            "A list, survey, discussion board, or document library with the specified title already exists in this Web site.  Please choose another title.",
        )
    }

    /// A file or folder of that name is there already (`docAlreadyExists` of Microsoft's JSOM).
    pub fn name_taken(name: &str) -> Self {
        Self::new(
            400,
            -2_130_575_257,
            SP_EXCEPTION,
            format!("A file or folder with the name {name} already exists."),
        )
    }

    /// Outside the model: clear, and never mistaken for Microsoft's own words.
    pub fn not_modelled(what: &str) -> Self {
        Self::new(
            501,
            -1,
            "NotModelled",
            format!("The dev tenant does not model {what}."),
        )
    }

    pub fn user_not_found(login: &str) -> Self {
        Self::new(
            400,
            -2_146_232_832,
            SP_EXCEPTION,
            format!("The specified user {login} could not be found."),
        )
    }

    pub fn principal_not_found(id: u32) -> Self {
        Self::new(
            404,
            -2_146_232_832,
            SP_EXCEPTION,
            format!("Can not find the principal with id: {id}."),
        )
    }

    pub fn etag_mismatch(given: &str, actual: &str) -> Self {
        Self::new(
            412,
            -1,
            CLIENT_SERVICE,
            format!("The request ETag value '{given}' does not match the object's ETag value '{actual}'."),
        )
    }

    pub fn save_conflict() -> Self {
        Self::new(
            409,
            -2_130_575_305,
            SP_EXCEPTION,
            "Save Conflict\n\nYour changes conflict with those made concurrently by another user. If you want your changes to be applied, click Back in your Web browser, refresh the page, and resubmit your changes.",
        )
    }

    pub fn list_view_threshold() -> Self {
        Self::new(
            500,
            -2_147_024_860,
            "Microsoft.SharePoint.SPQueryThrottledException",
            "The attempted operation is prohibited because it exceeds the list view threshold.",
        )
    }

    /// A query over more lookup-type columns than the threshold (Microsoft: "Manage large lists and libraries").
    pub fn too_many_lookups() -> Self {
        Self::new(
            500,
            -2_147_024_860,
            "Microsoft.SharePoint.SPQueryThrottledException",
            "The query cannot be completed because the number of lookup columns it contains exceeds the lookup column threshold.",
        )
    }

    pub fn duplicate_value(field: &str) -> Self {
        Self::new(
            400,
            -2_130_575_169,
            "Microsoft.SharePoint.SPDuplicateValuesFoundException",
            format!(
                "The list item could not be added or updated because duplicate values were found in the following field(s) in the list: [{field}]."
            ),
        )
    }

    pub fn invalid_value(field: &str, why: &str) -> Self {
        Self::new(
            400,
            -2_130_575_155,
            SP_EXCEPTION,
            format!("Invalid data has been used to update the list item. The field '{field}' {why}."),
        )
    }

    pub fn too_many_scopes() -> Self {
        Self::new(
            500,
            -2_146_232_832,
            SP_EXCEPTION,
            "You cannot break inheritance for this item because there are too many items with unique permissions in this list.",
        )
    }

    /// A refusal of SharePoint's object model that has no code of its own.
    pub fn server(kind: &'static str, message: impl Into<String>) -> Self {
        Self::new(500, -2_146_232_832, kind, message)
    }

    pub fn invalid_operation(message: impl Into<String>) -> Self {
        Self::new(500, -1, INVALID_OPERATION, message)
    }

    pub fn invalid_query(message: impl Into<String>) -> Self {
        Self::new(400, -1, INVALID_CLIENT_QUERY, message)
    }

    /// A body that names a member that the type does not have.
    pub fn unknown_property(name: &str, kind: &str) -> Self {
        Self::invalid_query(format!(
            "The property '{name}' does not exist on type '{kind}'. Make sure to only use property names that are defined by the type."
        ))
    }

    /// A body that gives a member a value of another type.
    pub fn wrong_type(name: &str) -> Self {
        Self::invalid_query(format!(
            "Cannot convert a primitive value to the expected type of the property '{name}'. See the inner exception for more details."
        ))
    }

    pub fn argument(message: impl Into<String>) -> Self {
        Self::new(400, -2_147_024_809, ARGUMENT, message)
    }

    pub fn invalid_digest() -> Self {
        Self::new(
            403,
            -2_130_575_252,
            SP_EXCEPTION,
            "The security validation for this page is invalid and might be corrupted. Please use your web browser's Back button to try your operation again.",
        )
    }
}
