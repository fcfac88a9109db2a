//! Refusals of Exchange. Programs split `details[].message` at `|` into an id, the type of an exception and a text.

use serde_json::{Value, json};

use crate::call::Reply;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    #[error("{exception}: {text}")]
    Cmdlet {
        status: u16,
        code: &'static str,
        /// Known for few errors only; else the first part is empty.
        id: &'static str,
        exception: &'static str,
        text: String,
    },
    /// The request is none that the service can read.
    #[error("{0}")]
    Unreadable(String),
    /// The cmdlet is not there, or not for this app. The answer does not say which.
    #[error("forbidden")]
    Forbidden,
    #[error("method not allowed")]
    Method,
    #[error("too many calls")]
    Throttled,
    #[error("the dev tenant does not model {0}")]
    NotModelled(String),
}

/// Seconds to wait after too many calls.
const PAUSE: &str = "30";
const SERVER: &str = "TYAPR01A001DC02.JPNPR01A001.PROD.OUTLOOK.COM";

impl Fault {
    /// The cmdlet refuses what it is asked.
    pub(super) fn refused(exception: &'static str, text: impl Into<String>) -> Self {
        Self::Cmdlet {
            status: 400,
            code: "BadRequest",
            id: "",
            exception,
            text: text.into(),
        }
    }

    pub(super) fn not_found(identity: &str) -> Self {
        Self::Cmdlet {
            status: 404,
            code: "NotFound",
            id: "Ex6F9304",
            exception: "Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException",
            text: format!(
                "The operation couldn't be performed because object '{identity}' couldn't be found on '{SERVER}'."
            ),
        }
    }

    pub(super) fn ambiguous(identity: &str) -> Self {
        Self::refused(
            "Microsoft.Exchange.Management.Tasks.ManagementObjectAmbiguousException",
            format!("The operation couldn't be performed because '{identity}' matches multiple entries."),
        )
    }

    pub(super) fn exists(name: &str) -> Self {
        Self::refused(
            "Microsoft.Exchange.Data.Directory.ADObjectAlreadyExistsException",
            format!("Active Directory operation failed on {SERVER}. The object '{name}' already exists."),
        )
    }

    pub(super) fn address_taken(address: &str, holder: &str) -> Self {
        Self::refused(
            "Microsoft.Exchange.Management.RecipientTasks.ProxyAddressExistsException",
            format!(
                "The proxy address \"SMTP:{address}\" is already being used by the proxy addresses or LegacyExchangeDN of \"{holder}\". Please choose another proxy address."
            ),
        )
    }

    /// A parameter that the cmdlet does not have, lacks, or cannot read.
    pub(super) fn binding(text: impl Into<String>) -> Self {
        Self::refused("System.Management.Automation.ParameterBindingException", text)
    }

    pub(super) fn invalid(parameter: &str, why: &str) -> Self {
        Self::refused(
            "Microsoft.Exchange.Data.DataValidationException",
            format!("The value of the property {parameter} isn't valid: {why}."),
        )
    }

    pub(super) fn synced(identity: &str, cmdlet: &str) -> Self {
        Self::refused(
            "System.InvalidOperationException",
            format!(
                "The operation on '{identity}' failed because it's out of the current user's write scope. The action '{cmdlet}' can't be performed on the object '{identity}' because the object is being synchronized from your on-premises organization. This action should be performed on the object in your on-premises organization."
            ),
        )
    }

    /// The answer. `nul`: a 403 carries a NUL byte and says that it is gzip; `old`: what is not found is a 500.
    pub(super) fn reply(&self, nul: bool, old: bool) -> Reply {
        match self {
            Self::Cmdlet { status: 404, .. } if old => Reply::json(500, &self.body("InternalServerError")),
            Self::Cmdlet { status, code, .. } => Reply::json(*status, &self.body(code)),
            Self::Unreadable(message) => {
                Reply::json(400, &json!({"error": {"code": "BadRequest", "message": message}}))
            }
            Self::Forbidden if nul => {
                Reply::text(403, "application/json", vec![0]).with("Content-Encoding", "gzip")
            }
            Self::Forbidden => Reply::empty(403),
            Self::Method => Reply::empty(405).with("Allow", "POST"),
            Self::Throttled => Reply::empty(429).with("Retry-After", PAUSE),
            Self::NotModelled(what) => Reply::not_modelled(what),
        }
    }

    fn body(&self, code: &str) -> Value {
        let Self::Cmdlet {
            id, exception, text, ..
        } = self
        else {
            return Value::Null;
        };
        let message = format!("{id}|{exception}|{text}");
        json!({"error": {
            "code": code,
            "message": "Error executing cmdlet",
            "details": [{"code": "Client", "target": "", "message": message}],
            "innererror": {
                "message": "Error executing cmdlet",
                "type": "Microsoft.Exchange.Admin.OData.Core.ODataServiceException",
                "stacktrace": "",
                "internalexception": {
                    "message": "Exception of type 'Microsoft.Exchange.Management.PSDirectInvoke.DirectInvokeCmdletExecutionException' was thrown.",
                    "type": "Microsoft.Exchange.Management.PSDirectInvoke.DirectInvokeCmdletExecutionException",
                    "stacktrace": "",
                },
            },
            "adminapi.warnings@odata.type": "#Collection(String)",
            "@adminapi.warnings": [],
        }})
    }
}
