//! By which master key this instance opens what is kept, as it tells whoever asks how the instances stand.

use store::KeyHeld;

use super::vault::{Vault, VaultError};
use crate::service::Service;

/// A key that was had once is not asked for again: a vault's program may take its time. One that cannot be had is told
/// once in the log.
pub(crate) fn key_held(service: &Service, before: KeyHeld) -> KeyHeld {
    if matches!(before, KeyHeld::Named(_)) {
        return before;
    }
    match Vault::open(service) {
        Ok(vault) => KeyHeld::Named(vault.master().to_owned()),
        Err(VaultError::Unconfigured) => KeyHeld::Nothing,
        Err(error) => {
            if before == KeyHeld::Unsaid {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "this instance cannot go over to a renewed credential"
                );
            }
            KeyHeld::Nothing
        }
    }
}
