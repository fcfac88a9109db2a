//! The client of Microsoft 365: Entra tokens, SharePoint, Graph, Exchange. The only crate that knows reqwest.
//!
//! A [`Tenant`] is made once for each Microsoft 365 tenant; [`Tenant::site`], [`Tenant::graph`] and
//! [`Tenant::exchange`] give its faces. Nothing here repeats a call (but for one fresh token after a 401): every failure carries a
//! [`Verdict`] from which the caller's job decides when and whether to come back.

mod admin_consent;
mod assertion;
mod call;
mod client_proof;
mod clock;
mod credential;
pub mod csom;
mod error;
pub mod exchange;
mod farm;
mod fresh;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
pub mod graph;
mod jwt;
mod managed_identity;
mod odata;
mod operation;
mod origin;
mod pace;
mod possession;
mod prove;
mod send;
pub mod sharepoint;
mod sign_in;
mod signing_keys;
pub mod standard_webhook;
mod tenant;
mod token;
mod token_facts;
mod transport;
mod verdict;

pub use admin_consent::AdminConsent;
pub use client_proof::{ClientProof, ClientSecret};
pub use clock::{Clock, SystemClock};
pub use credential::{Credential, CredentialError};
pub use error::{CredentialFault, Error, Service, Verdict};
pub use farm::{Farm, FarmError, Realm, RealmError, SharePoint};
pub use fresh::random_uuid;
pub use managed_identity::ManagedIdentity;
pub use odata::Filter;
pub use operation::Operation;
pub use origin::{Origin, OriginError};
pub use pace::{Pace, Rate};
pub use sign_in::SignInRequest;
pub use tenant::{Cloud, Priority, Tenant, TenantSettings, Work};
pub use token_facts::{ProvedBy, TokenFacts};
pub use transport::{Transport, TransportError, TransportSettings, USER_AGENT};
pub use verdict::parse_retry_after;

/// What every call gives back.
pub type Result<T> = std::result::Result<T, Error>;

#[cfg(test)]
mod tests;
