//! What `ProvisioningSchema-2022-09.xsd` demands of the elements that we use
//! (github.com/pnp/PnP-Provisioning-Schema, MIT): names, order, attributes, their types and which must be there.

#[derive(Clone, Copy)]
pub(super) enum Kind {
    Text,
    Int,
    Flag,
    /// `xsd:ID`: a name without colon that begins with a letter.
    Id,
    Decimal,
    OneOf(&'static [&'static str]),
}

/// What stands inside an element.
pub(super) enum Inside {
    Nothing,
    /// These, each once, in this order; `*` any number of times. Those with `!` must be there.
    Sequence(&'static [&'static str]),
    /// These, each at most once, in any order (`xsd:all`).
    All(&'static [&'static str]),
    /// Foreign XML, at least one element.
    Any,
    OneWord(&'static [&'static str]),
}

use Inside::{All, Any, Nothing, OneWord, Sequence};
use Kind::{Decimal, Flag, Id, Int, OneOf, Text};

pub(super) struct Fact {
    pub(super) name: &'static str,
    /// Name, type, whether it must be there.
    pub(super) attributes: &'static [(&'static str, Kind, bool)],
    pub(super) inside: Inside,
}

const RIGHTS: &[&str] = &[
    "EmptyMask",
    "ViewListItems",
    "AddListItems",
    "EditListItems",
    "DeleteListItems",
    "ApproveItems",
    "OpenItems",
    "ViewVersions",
    "DeleteVersions",
    "CancelCheckout",
    "ManagePersonalViews",
    "ManageLists",
    "ViewFormPages",
    "AnonymousSearchAccessList",
    "Open",
    "ViewPages",
    "AddAndCustomizePages",
    "ApplyThemeAndBorder",
    "ApplyStyleSheets",
    "ViewUsageData",
    "CreateSSCSite",
    "ManageSubwebs",
    "CreateGroups",
    "ManagePermissions",
    "BrowseDirectories",
    "BrowseUserInfo",
    "AddDelPrivateWebParts",
    "UpdatePersonalWebParts",
    "ManageWeb",
    "AnonymousSearchAccessWebLists",
    "UseClientIntegration",
    "UseRemoteAPIs",
    "ManageAlerts",
    "CreateAlerts",
    "EditMyUserInfo",
    "EnumeratePermissions",
    "FullMask",
];

/// Elements of one name but two meanings are told apart by their parent.
pub(super) const FACTS: &[Fact] = &[
    Fact {
        name: "Provisioning",
        attributes: &[
            ("Version", Decimal, false),
            ("Author", Text, false),
            ("Generator", Text, false),
        ],
        inside: Sequence(&["Preferences", "Localizations", "Tenant", "Templates*"]),
    },
    Fact {
        name: "Preferences",
        attributes: &[
            ("Version", Text, false),
            ("Author", Text, false),
            ("Generator", Text, false),
        ],
        inside: Sequence(&["Parameters"]),
    },
    Fact {
        name: "Parameters",
        attributes: &[],
        inside: Sequence(&["Parameter*!"]),
    },
    Fact {
        name: "Parameter",
        attributes: &[("Key", Text, true), ("Required", Flag, false)],
        inside: Nothing,
    },
    Fact {
        name: "Templates",
        attributes: &[("ID", Id, false)],
        inside: Sequence(&["ProvisioningTemplate*"]),
    },
    Fact {
        name: "ProvisioningTemplate",
        attributes: &[
            ("ID", Id, true),
            ("Version", Decimal, false),
            ("BaseSiteTemplate", Text, false),
            ("Scope", OneOf(&["Undefined", "RootSite", "Web"]), false),
        ],
        inside: All(&["Security", "SiteFields", "ContentTypes", "Lists"]),
    },
    Fact {
        name: "ProvisioningTemplate/Security",
        attributes: &[],
        inside: Sequence(&["Permissions"]),
    },
    Fact {
        name: "Security/Permissions",
        attributes: &[],
        inside: Sequence(&["RoleDefinitions", "RoleAssignments"]),
    },
    Fact {
        name: "RoleDefinitions",
        attributes: &[],
        inside: Sequence(&["RoleDefinition*!"]),
    },
    Fact {
        name: "RoleDefinition",
        attributes: &[("Name", Text, true), ("Description", Text, false)],
        inside: Sequence(&["Permissions!"]),
    },
    Fact {
        name: "RoleDefinition/Permissions",
        attributes: &[],
        inside: Sequence(&["Permission*!"]),
    },
    Fact {
        name: "Permission",
        attributes: &[],
        inside: OneWord(RIGHTS),
    },
    Fact {
        name: "Lists",
        attributes: &[],
        inside: Sequence(&["ListInstance*!"]),
    },
    Fact {
        name: "ListInstance",
        attributes: &[
            ("Title", Text, true),
            ("Description", Text, false),
            ("TemplateType", Int, true),
            ("Url", Text, true),
            ("EnableVersioning", Flag, false),
            ("MaxVersionLimit", Int, false),
            ("EnableAttachments", Flag, false),
            ("EnableFolderCreation", Flag, false),
            ("NoCrawl", Flag, false),
            ("ReadSecurity", Int, false),
            ("WriteSecurity", Int, false),
        ],
        inside: All(&["ContentTypeBindings", "Views", "Fields", "FieldRefs", "Security"]),
    },
    Fact {
        name: "Views",
        attributes: &[("RemoveExistingViews", Flag, false)],
        inside: Any,
    },
    Fact {
        name: "Fields",
        attributes: &[],
        inside: Any,
    },
    Fact {
        name: "ListInstance/Security",
        attributes: &[],
        inside: Sequence(&["BreakRoleInheritance!"]),
    },
    Fact {
        name: "BreakRoleInheritance",
        attributes: &[
            ("CopyRoleAssignments", Flag, true),
            ("ClearSubscopes", Flag, true),
        ],
        inside: Sequence(&["RoleAssignment*"]),
    },
    Fact {
        name: "RoleAssignment",
        attributes: &[
            ("Principal", Text, true),
            ("RoleDefinition", Text, true),
            ("Remove", Flag, false),
        ],
        inside: Nothing,
    },
];
