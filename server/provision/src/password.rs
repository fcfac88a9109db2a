//! Passwords made from random bytes.

use secrecy::SecretString;

/// Random bytes that a password is made of.
pub const PASSWORD_BYTES: usize = 20;

/// 64 characters that are not mistaken for one another when read out: 24, 24, 8 and 8 of the four kinds.
const UPPER: &[u8; 24] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
const LOWER: &[u8; 24] = b"abcdefghijkmnpqrstuvwxyz";
const DIGITS: &[u8; 8] = b"23456789";
const SIGNS: &[u8; 8] = b"-_.!*+=@";

/// A password of 20 characters. The first four stand for the four kinds (Entra ID asks for three); each of the
/// others holds six random bits. All sets have a power of two, so that no character is likelier than another.
pub fn password(random: &[u8; PASSWORD_BYTES]) -> SecretString {
    let all: Vec<u8> = [&UPPER[..], LOWER, DIGITS, SIGNS].concat();
    let kinds: [&[u8]; 4] = [&UPPER[..16], &LOWER[..16], DIGITS, SIGNS];
    let text: String = random
        .iter()
        .enumerate()
        .map(|(at, &byte)| {
            let from = kinds.get(at).copied().unwrap_or(&all);
            char::from(from[usize::from(byte) % from.len()])
        })
        .collect();
    SecretString::from(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use secrecy::ExposeSecret;

    use super::*;

    proptest! {
        #[test]
        fn every_password_has_all_four_kinds_of_characters(random: [u8; PASSWORD_BYTES]) {
            let secret = password(&random);
            let text = secret.expose_secret();
            prop_assert_eq!(text.len(), PASSWORD_BYTES);
            for kind in [&UPPER[..], LOWER, DIGITS, SIGNS] {
                prop_assert!(text.bytes().any(|byte| kind.contains(&byte)));
            }
        }

        #[test]
        fn other_bytes_give_other_passwords(random: [u8; PASSWORD_BYTES], at in 0..PASSWORD_BYTES) {
            let mut other = random;
            other[at] ^= 1;
            let (a, b) = (password(&random), password(&other));
            prop_assert_ne!(a.expose_secret(), b.expose_secret());
        }
    }
}
