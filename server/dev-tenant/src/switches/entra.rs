//! What is not documented of apps' credentials, and how late Entra's servers hear of them.

use serde::{Deserialize, Serialize};

#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one thing that Microsoft leaves open"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EntraSwitches {
    /// Seconds until the last token server knows a new credential, or that one is gone; the others learn before, each
    /// at a moment of its own. 0 = no lag.
    pub credential_lag_seconds: u32,
    /// As above, until the last server of Graph shows it in the registration.
    pub registration_lag_seconds: u32,
    /// An app needs a permission to roll its own certificates by proof; else being the app is enough.
    pub own_keys_need_permission: bool,
    /// By so many seconds an assertion may begin ahead of Entra's clock.
    pub assertion_skew_seconds: u32,
    /// An app can have twenty federated credentials at most.
    pub limits_federated_credentials: bool,
    /// Graph takes proofs of possession; else whoever rolls a certificate must write the whole list.
    pub takes_proofs: bool,
    /// Graph shows the version of an application (`@odata.etag`), and refuses a change of an older one (`If-Match`).
    pub applications_have_etags: bool,
    /// `customKeyIdentifier` of a certificate is its thumbprint in base64, else in hexadecimal digits.
    pub thumbprints_are_base64: bool,
}

impl Default for EntraSwitches {
    fn default() -> Self {
        Self {
            credential_lag_seconds: 0,
            registration_lag_seconds: 0,
            own_keys_need_permission: true,
            assertion_skew_seconds: 300,
            limits_federated_credentials: true,
            takes_proofs: true,
            applications_have_etags: true,
            thumbprints_are_base64: false,
        }
    }
}
