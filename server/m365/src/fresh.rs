//! Random identifiers: the only randomness of this crate.

use uuid::{Builder, Uuid};

/// A new random (version 4) identifier from OpenSSL's generator.
///
/// # Panics
/// When OpenSSL's generator cannot be seeded: nothing secure can be done then.
pub fn random_uuid() -> Uuid {
    let mut bytes = [0_u8; 16];
    openssl::rand::rand_bytes(&mut bytes).expect("the operating system gives randomness");
    Builder::from_random_bytes(bytes).into_uuid()
}
