//! Passwords that nobody has known before.

use provision::PASSWORD_BYTES;
use secrecy::SecretString;

use crate::jobs::JobError;

/// A random password.
pub(crate) fn fresh_password() -> Result<SecretString, JobError> {
    let mut random = [0; PASSWORD_BYTES];
    openssl::rand::rand_bytes(&mut random)
        .map_err(|error| JobError::Stuck(format!("no randomness: {error}")))?;
    Ok(provision::password(&random))
}
