//! What a content type of a list may be called.

use super::fault::{Fault, SP_EXCEPTION};
use super::limits;
use crate::sharepoint::state::content_type::ContentType;

const FORBIDDEN: &str = "\\/:*?\"#%<>{}|~&";

/// `SPContentType.ValidateName`.
///
/// # Errors
/// 500 for a name that is empty, too long or has characters that it may not have.
pub(super) fn is_sound(name: &str) -> Result<(), Fault> {
    let wrong = |c: char| FORBIDDEN.contains(c) || c.is_control();
    let longest = limits::CONTENT_TYPE_NAME;
    let text = if name.trim().is_empty() {
        "The content type name cannot be empty.".to_owned()
    } else if name.chars().count() > longest {
        format!("The content type name cannot be longer than {longest} characters.")
    } else if name.contains(wrong) || name.contains("..") {
        format!(
            "The content type name '{name}' cannot contain: \\ / : * ? \" # % < > {{ }} | ~ & , two consecutive periods (..), or special characters such as a tab."
        )
    } else {
        return Ok(());
    };
    let kind = "Microsoft.SharePoint.SPInvalidContentTypeNameException";
    Err(Fault::server(kind, text))
}

/// Letter case makes no other name.
///
/// # Errors
/// 500 when one of the others bears it.
pub(super) fn is_free<'l>(
    name: &str,
    mut others: impl Iterator<Item = &'l ContentType>,
) -> Result<(), Fault> {
    let wanted = name.to_lowercase();
    if others.all(|other| other.name.to_lowercase() != wanted) {
        return Ok(());
    }
    let text = format!("A duplicate content type \"{name}\" was found.");
    Err(Fault::server(SP_EXCEPTION, text))
}
