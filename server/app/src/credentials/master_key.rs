//! The master key, under which the keys of kept credentials are wrapped. It never stands in the database.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use openssl::rand::rand_bytes;
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use thiserror::Error;
use workflow::Hash;

use crate::config::KeySource;

/// AES-256.
const LENGTH: usize = 32;
/// Rights of others than the owner.
const OTHERS: u32 = 0o077;
/// Digits of a name.
const NAME: usize = 16;

/// A key of 256 bits with its name.
#[derive(Clone)]
pub(crate) struct MasterKey {
    key: SecretSlice<u8>,
    name: String,
}

/// Why there is no master key. Nothing of it is ever told.
#[derive(Debug, Error)]
pub(crate) enum MasterKeyError {
    #[error("{place} cannot be read: {source}")]
    Unreadable {
        place: String,
        #[source]
        source: std::io::Error,
    },
    #[error("{place} cannot be written (is its folder there, and may you write into it?)")]
    Unwritable {
        place: String,
        #[source]
        source: std::io::Error,
    },
    /// Others may read the file.
    #[error("{place} may be read by others than its owner")]
    Open { place: String },
    #[error("{place} gives no key")]
    Absent { place: String },
    #[error("{place} gives no 256 bits in base64 or hexadecimal digits")]
    Malformed { place: String },
    #[error("{place} is there already and stays as it is")]
    There { place: String },
}

impl MasterKey {
    /// The key that a source of the configuration gives now. A command for it does not inherit these `variables`: in them
    /// are the other keys.
    pub(crate) fn read(source: &KeySource, variables: &[String]) -> Result<Self, MasterKeyError> {
        let place = place(source);
        let text = match source {
            KeySource::File(path) => from_file(path, &place)?,
            KeySource::Environment(name) => from_environment(name, &place)?,
            KeySource::Command(words) => from_command(words, variables, &place)?,
        };
        let text = text.expose_secret().trim();
        // Hexadecimal digits are letters of base64 too, but of too long a key.
        let key = STANDARD.decode(text).ok().filter(|key| key.len() == LENGTH);
        match key.or_else(|| hexadecimal(text)) {
            Some(key) => Ok(Self::of(SecretSlice::from(key))),
            None => Err(MasterKeyError::Malformed { place }),
        }
    }

    fn of(key: SecretSlice<u8>) -> Self {
        // The name must not help whoever looks for the key: it is a hash with a purpose of its own.
        let named = [b"provisioning-flow master key\n".as_slice(), key.expose_secret()].concat();
        let mut name = Hash::of(&named).to_string();
        name.truncate(NAME);
        Self { key, name }
    }

    /// A new one, written to a file that must not be there yet (mode 0600, base64).
    pub(crate) fn create(path: &Path) -> Result<Self, MasterKeyError> {
        let place = path.display().to_string();
        let mut key = vec![0; LENGTH];
        rand_bytes(&mut key).map_err(|_| MasterKeyError::Absent {
            place: "OpenSSL".into(),
        })?;
        let text = SecretString::from(STANDARD.encode(&key));
        let opened = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path);
        let written = opened.and_then(|mut file| {
            file.write_all(text.expose_secret().as_bytes())?;
            file.write_all(b"\n")?;
            file.sync_all()
        });
        match written {
            Ok(()) => Ok(Self::of(SecretSlice::from(key))),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                Err(MasterKeyError::There { place })
            }
            Err(source) => Err(MasterKeyError::Unwritable { place, source }),
        }
    }

    /// By which rows say under which key they lie; tells nothing of the key.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.key.expose_secret()
    }
}

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "MasterKey({})", self.name)
    }
}

fn place(source: &KeySource) -> String {
    match source {
        KeySource::File(path) => path.display().to_string(),
        KeySource::Environment(name) => format!("the environment variable {name}"),
        // Its arguments may name what they should not.
        KeySource::Command(words) => format!("the command {}", words.first().map_or("", String::as_str)),
    }
}

fn from_file(path: &Path, place: &str) -> Result<SecretString, MasterKeyError> {
    let unreadable = |source| MasterKeyError::Unreadable {
        place: place.to_owned(),
        source,
    };
    let mode = std::fs::metadata(path).map_err(unreadable)?.permissions().mode();
    if mode & OTHERS != 0 {
        return Err(MasterKeyError::Open {
            place: place.to_owned(),
        });
    }
    std::fs::read_to_string(path)
        .map(SecretString::from)
        .map_err(unreadable)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the configuration names the variable; a vault's agent puts the key there"
)]
fn from_environment(name: &str, place: &str) -> Result<SecretString, MasterKeyError> {
    std::env::var(name)
        .map(SecretString::from)
        .map_err(|_| MasterKeyError::Absent {
            place: place.to_owned(),
        })
}

fn from_command(words: &[String], variables: &[String], place: &str) -> Result<SecretString, MasterKeyError> {
    let absent = || MasterKeyError::Absent {
        place: place.to_owned(),
    };
    let (program, arguments) = words.split_first().ok_or_else(absent)?;
    let mut command = Command::new(program);
    for variable in variables {
        command.env_remove(variable);
    }
    let output = command.args(arguments).output();
    let output = output.map_err(|source| MasterKeyError::Unreadable {
        place: place.to_owned(),
        source,
    })?;
    if !output.status.success() {
        return Err(absent());
    }
    String::from_utf8(output.stdout)
        .map(SecretString::from)
        .map_err(|_| absent())
}

fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    if text.len() != LENGTH * 2 || !text.is_ascii() {
        return None;
    }
    let digits = (0..LENGTH).map(|at| u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).ok());
    digits.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_for_its_owner_alone_and_read_from_wherever_it_stands() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        let made = MasterKey::create(&path).unwrap();
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert!(matches!(
            MasterKey::create(&path),
            Err(MasterKeyError::There { .. })
        ));
        let by_file = MasterKey::read(&KeySource::File(path.clone()), &[]).unwrap();
        let words = ["cat".to_owned(), path.display().to_string()].to_vec();
        let by_command = MasterKey::read(&KeySource::Command(words), &[]).unwrap();
        assert_eq!([by_file.bytes(), by_command.bytes()], [made.bytes(); 2]);
        assert_eq!(by_file.name(), made.name());
        let digits = workflow::hex(made.bytes());
        std::fs::write(&path, &digits).unwrap();
        assert_eq!(
            MasterKey::read(&KeySource::File(path), &[]).unwrap().name(),
            made.name()
        );
        assert!(!digits.contains(made.name()), "the name is no part of the key");
        assert!(!format!("{made:?}").contains(&STANDARD.encode(made.bytes())));
    }

    #[test]
    fn each_way_in_which_there_is_no_key_is_named_and_tells_nothing_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        let read = || MasterKey::read(&KeySource::File(path.clone()), &[]).unwrap_err();
        assert!(matches!(read(), MasterKeyError::Unreadable { .. }));
        std::fs::write(&path, "hush").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(read(), MasterKeyError::Open { .. }));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o400)).unwrap();
        let malformed = read();
        assert!(matches!(malformed, MasterKeyError::Malformed { .. }));
        assert!(!format!("{malformed} {malformed:?}").contains("hush"));
        let unset = KeySource::Environment("PF_NO_SUCH_KEY".into());
        assert!(matches!(
            MasterKey::read(&unset, &[]),
            Err(MasterKeyError::Absent { .. })
        ));
        let failing = KeySource::Command(vec!["false".into()]);
        assert!(matches!(
            MasterKey::read(&failing, &[]),
            Err(MasterKeyError::Absent { .. })
        ));
    }
}
