//! Identifiers: one type each, so that no two can be exchanged by mistake.

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&$name> for crate::sql::Arg {
            fn from(id: &$name) -> Self {
                Self::Text(Some(id.0.clone()))
            }
        }
    };
}

text_id!(
    /// Microsoft 365 tenant (directory id) that a row belongs to.
    TenantId
);
text_id!(
    /// Our own id of an application, given by the caller.
    ApplicationId
);
text_id!(
    /// Entra object id of a person.
    PersonId
);
text_id!(
    /// Key of a workflow, as in its definition.
    WorkflowKey
);

/// SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hash(pub [u8; 32]);

impl From<Hash> for crate::sql::Arg {
    fn from(hash: Hash) -> Self {
        Self::Bytes(Some(hash.0.to_vec()))
    }
}
