//! Properties that are the same for every list of the model.

use uuid::{Uuid, uuid};

use crate::sharepoint::csom::wire::Wire;

pub(in crate::sharepoint::csom) const NAMES: [&str; 12] = [
    "AllowContentTypes",
    "CrawlNonDefaultViews",
    "DefaultContentApprovalWorkflowId",
    "Direction",
    "EnableMinorVersions",
    "EnableModeration",
    "ForceCheckout",
    "HasExternalDataSource",
    "IsApplicationList",
    "IsCatalog",
    "MajorWithMinorVersionsLimit",
    "TemplateFeatureId",
];

/// The feature that brings the template of custom lists.
const CUSTOM_LIST_FEATURE: Uuid = uuid!("00bfea71-de22-43b2-a848-c05709900100");

pub(super) fn value(name: &str) -> Option<Wire> {
    Some(match name {
        "AllowContentTypes" => Wire::Boolean(true),
        "CrawlNonDefaultViews"
        | "EnableMinorVersions"
        | "EnableModeration"
        | "ForceCheckout"
        | "HasExternalDataSource"
        | "IsApplicationList"
        | "IsCatalog" => Wire::Boolean(false),
        "DefaultContentApprovalWorkflowId" => Wire::Guid(Uuid::nil()),
        "Direction" => Wire::text("none"),
        "MajorWithMinorVersionsLimit" => Wire::Integer(0),
        "TemplateFeatureId" => Wire::Guid(CUSTOM_LIST_FEATURE),
        _ => return None,
    })
}
