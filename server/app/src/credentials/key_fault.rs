//! What is wrong with a master key that cannot be had, by what mends it.

use std::io::ErrorKind;

use serde::{Deserialize, Serialize};

use super::master_key::MasterKeyError;
use crate::setup::Words;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum KeyFault {
    /// The wrong people may read it.
    #[default]
    Rights,
    /// Nothing is where it should be.
    Missing,
    /// What is there is no key.
    Malformed,
}

impl KeyFault {
    pub(super) fn of(error: &MasterKeyError) -> Self {
        match error {
            MasterKeyError::Unreadable { source, .. } if source.kind() == ErrorKind::NotFound => {
                Self::Missing
            }
            MasterKeyError::Absent { .. } => Self::Missing,
            MasterKeyError::Malformed { .. } => Self::Malformed,
            MasterKeyError::Unreadable { .. }
            | MasterKeyError::Unwritable { .. }
            | MasterKeyError::Open { .. }
            | MasterKeyError::There { .. } => Self::Rights,
        }
    }

    pub(super) fn remedy(self) -> Words {
        match self {
            Self::Rights => Words::new(
                "credentials.master_key を確かめ、ファイルなら serve を動かすユーザーの所有とし、ほかの人が読めないようにしてください(chown、chmod 600)",
                "check credentials.master_key; a file must belong to the user that runs serve, and be read by nobody else (chown, chmod 600)",
            ),
            Self::Missing => Words::new(
                "credentials.master_key が指す場所を確かめ、鍵がなくなっていれば控えから戻してください。まだ何も保管していないときに限り、`provisioning-flow credentials master-key FILE` で新しく作れます",
                "check where credentials.master_key points, and put a lost key back from its copy; only where nothing is kept yet, make one with `provisioning-flow credentials master-key FILE`",
            ),
            Self::Malformed => Words::new(
                "credentials.master_key が別のものを指していないかを確かめ、書き換わった鍵なら控えから戻してください",
                "see that credentials.master_key points at the key and at nothing else; put a key that was overwritten back from its copy",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::KeySource;
    use crate::credentials::MasterKey;

    #[test]
    fn the_remedy_fits_what_is_wrong_with_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        let fault = || {
            let read = MasterKey::read(&KeySource::File(path.clone()), &[]);
            KeyFault::of(&read.unwrap_err())
        };
        assert_eq!(fault(), KeyFault::Missing);
        crate::owner_only::write(&path, b"garbage\n").unwrap();
        assert_eq!(fault(), KeyFault::Malformed);
        let all = std::os::unix::fs::PermissionsExt::from_mode(0o644);
        std::fs::set_permissions(&path, all).unwrap();
        assert_eq!(fault(), KeyFault::Rights);
        for (fault, remedy) in [
            (KeyFault::Missing, "put a lost key back"),
            (KeyFault::Malformed, "overwritten back"),
            (KeyFault::Rights, "chmod 600"),
        ] {
            assert!(fault.remedy().en.contains(remedy), "{fault:?}");
        }
    }
}
