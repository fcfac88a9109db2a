//! Identifiers of SharePoint objects.

use std::fmt;

use serde::Serialize;
use uuid::Uuid;

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

identifier!(SiteId(Uuid));
identifier!(WebId(Uuid));
identifier!(ListId(Uuid));
identifier!(FieldId(Uuid));
identifier!(ViewId(Uuid));
identifier!(ScopeId(Uuid));
identifier!(
    /// Number of an item within its list; counts from 1 and is never reused.
    ItemId(u32)
);
identifier!(
    /// Number of a user or group within a site collection.
    PrincipalId(u32)
);
identifier!(RoleId(u32));

/// "SharePoint App": the author and editor of everything done app-only.
pub const SHAREPOINT_APP: PrincipalId = PrincipalId(1_073_741_822);
/// "System Account".
pub const SYSTEM_ACCOUNT: PrincipalId = PrincipalId(1_073_741_823);
