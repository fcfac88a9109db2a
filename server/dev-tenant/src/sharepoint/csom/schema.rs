//! What the server's XSD check (`EnableXsdValidation`) and its request limits refuse.

use crate::sharepoint::xml::XmlError;

/// Bytes of a request message: `MaxReceivedMessageSize` of the client service, 2 MB.
pub const MAX_MESSAGE_BYTES: usize = 2_097_152;
/// `MaxObjectPaths` of SPClientCallableSettings, default 256.
pub const MAX_OBJECT_PATHS: usize = 256;
pub const NAMESPACE: &str = "http://schemas.microsoft.com/sharepoint/clientquery/2009";

/// Why a request was refused before anything of it was done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    #[error(transparent)]
    Xml(#[from] XmlError),
    #[error(transparent)]
    Schema(#[from] SchemaError),
    #[error("The request uses too many resources.")]
    TooManyPaths,
    #[error(
        "The request message is too big. The server does not allow messages larger than {MAX_MESSAGE_BYTES} bytes."
    )]
    TooBig,
    #[error("The dev tenant does not model {0}.")]
    NotModelled(String),
}

impl RequestError {
    /// The .NET exception behind the refusal.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Xml(_) => "System.Xml.XmlException",
            Self::Schema(_) => "System.Xml.Schema.XmlSchemaValidationException",
            Self::TooManyPaths | Self::TooBig | Self::NotModelled(_) => {
                "Microsoft.SharePoint.Client.InvalidClientQueryException"
            }
        }
    }
}

/// A request that is well-formed XML, but not by the schema. Worded as .NET words it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SchemaError(String);

impl SchemaError {
    pub fn child(parent: &str, child: &str) -> Self {
        Self(format!(
            "The element '{parent}' in namespace '{NAMESPACE}' has invalid child element '{child}' in namespace '{NAMESPACE}'."
        ))
    }

    pub fn missing(attribute: &str, element: &str) -> Self {
        Self(format!(
            "The required attribute '{attribute}' is missing on element '{element}'."
        ))
    }

    pub fn value(attribute: &str, value: &str) -> Self {
        Self(format!(
            "The '{attribute}' attribute is invalid - The value '{value}' is invalid according to its datatype."
        ))
    }

    pub fn root(name: &str) -> Self {
        Self(format!("The '{name}' element is not declared."))
    }

    pub fn incomplete(element: &str, expected: &str) -> Self {
        Self(format!(
            "The element '{element}' in namespace '{NAMESPACE}' has incomplete content. List of possible elements expected: '{expected}' in namespace '{NAMESPACE}'."
        ))
    }

    pub fn duplicate_id(id: i64) -> Self {
        Self(format!(
            "There is a duplicate key sequence '{id}' for the 'Id' key or unique identity constraint."
        ))
    }
}
