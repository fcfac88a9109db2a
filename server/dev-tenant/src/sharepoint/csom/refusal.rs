//! Refusals that belong to the object model itself.

use crate::sharepoint::operations::fault::Fault;

/// For a member that the dev tenant does not have; never in Microsoft's own words.
pub(super) fn not_modelled(what: &str, type_name: &str, member: &str) -> Fault {
    Fault::new(
        501,
        -1,
        "NotModelled",
        format!("The dev tenant does not model the {what} {type_name}.{member}."),
    )
}

pub(super) fn unknown_path(id: i64) -> Fault {
    Fault::invalid_query(format!("The object path {id} does not exist in the request."))
}

/// What .NET says when a null object is used.
pub(super) fn null_object() -> Fault {
    Fault::new(
        400,
        -2_147_467_261,
        "Microsoft.SharePoint.Client.NullReferenceException",
        "Object reference not set to an instance of an object on server.",
    )
}

/// An item that has not been saved has no permissions, versions or attachments yet.
pub(super) fn unsaved() -> Fault {
    Fault::invalid_operation("The object has not been saved. Call Update() first.")
}
