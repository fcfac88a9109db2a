//! Who calls our API or signs in at our pages: tokens of Entra, validated here and nowhere else.

mod claims;
mod signature;

pub use claims::{Expected, SignIn, TokenRefusal, Visitor, sign_in, visitor};
pub use signature::{BadSignature, key_id, verified_claims};
