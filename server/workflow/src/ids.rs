//! Identifiers: one type each, so that no two can be exchanged by mistake.

use serde::{Deserialize, Serialize};

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(from = "String", into = "String")]
        pub struct $name(String);

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

macro_rules! exact_id {
    ($(#[$doc:meta])* $name:ident) => {
        text_id!($(#[$doc])* $name);

        impl $name {
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }
    };
}

/// Object ids are GUIDs: Microsoft's services write them in either case.
macro_rules! object_id {
    ($(#[$doc:meta])* $name:ident) => {
        text_id!($(#[$doc])* $name);

        impl $name {
            pub fn new(text: impl AsRef<str>) -> Self {
                Self(text.as_ref().to_ascii_lowercase())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::new(text)
            }
        }
    };
}

exact_id!(
    /// Our own id of an application.
    ApplicationId
);
exact_id!(
    /// Key of a workflow, as in its definition.
    WorkflowKey
);
exact_id!(
    /// Key of an approval step within its definition.
    StepKey
);
exact_id!(
    /// Id of a step of a plan: something done to the tenant.
    PlanStepId
);
object_id!(
    /// Entra object id of a person, in lower case.
    PersonId
);
object_id!(
    /// Entra object id of a group, in lower case.
    GroupId
);
