//! Who calls our API or signs in at our pages: tokens of Entra, validated here and nowhere else.

mod claims;
mod keys;
mod signature;

pub use claims::{Expected, SignIn, TokenRefusal, Visitor, sign_in, visitor};
pub use keys::{KeysError, SigningKeys};
pub use signature::{BadSignature, key_id, verified_claims};
