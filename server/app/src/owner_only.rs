//! Files that nobody else on the machine reads.

use std::fs::{OpenOptions, Permissions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

const OWNER: u32 = 0o600;

/// Writes it, or writes it anew: also where it was there with more rights, it is its owner's alone then.
pub(crate) fn write(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    let options = options.write(true).create(true).truncate(true).mode(OWNER);
    let mut file = options.open(path)?;
    // A pipe or a device is no file of ours: /dev/null must stay everybody's.
    if file.metadata()?.is_file() {
        file.set_permissions(Permissions::from_mode(OWNER))?;
    }
    file.write_all(content)
}

/// Makes a file, whole or not at all; false: something is there already, and stays as it is.
pub(crate) fn create(path: &Path, content: &[u8]) -> std::io::Result<bool> {
    let draft = draft(path);
    let mut options = OpenOptions::new();
    let mut file = options.write(true).create_new(true).mode(OWNER).open(&draft)?;
    let written = file.write_all(content).and_then(|()| file.sync_all());
    // Unlike a renaming, a link never takes the place of a file.
    let linked = written.and_then(|()| std::fs::hard_link(&draft, path));
    std::fs::remove_file(&draft)?;
    match linked {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

/// Each process has its own, so that none links what another one is still writing.
fn draft(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_its_owners_alone_whether_it_is_new_or_was_open_to_everybody() {
        let folder = tempfile::tempdir().unwrap();
        let (new, old) = (folder.path().join("new"), folder.path().join("old"));
        std::fs::write(&old, "a longer text of an earlier time").unwrap();
        std::fs::set_permissions(&old, Permissions::from_mode(0o666)).unwrap();
        for path in [new, old] {
            write(&path, b"secret").unwrap();
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{}", path.display());
            assert_eq!(std::fs::read(&path).unwrap(), b"secret");
        }
        let mode = || std::fs::metadata("/dev/null").unwrap().permissions().mode();
        let before = mode();
        write(Path::new("/dev/null"), b"secret").unwrap();
        assert_eq!(mode(), before);
    }

    #[test]
    fn a_file_that_is_made_is_its_owners_alone_and_never_takes_the_place_of_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("app.pem");
        assert!(create(&path, b"first").unwrap());
        assert!(!create(&path, b"second").unwrap());
        assert_eq!(std::fs::read(&path).unwrap(), b"first");
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let files = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(files, 1, "no draft is left");
    }
}
