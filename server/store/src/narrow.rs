//! Files of the database that everybody on the machine may read, as versions before this one made them.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use crate::Store;

/// Rights of everybody.
const EVERYBODY: u32 = 0o007;
const OWNER: u32 = 0o600;

impl Store {
    /// Makes files to which everybody has a right their owner's alone; which they were, and whether that could be done.
    /// A right of a group alone was given by somebody, and stays.
    pub fn narrow(&self) -> Vec<(PathBuf, io::Result<()>)> {
        let open = self.files().into_iter().filter(|file| {
            // What is not there is open to nobody.
            fs::metadata(file).is_ok_and(|metadata| metadata.permissions().mode() & EVERYBODY != 0)
        });
        open.map(|file| {
            let done = fs::set_permissions(&file, Permissions::from_mode(OWNER));
            (file, done)
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_everybody_could_read_is_its_owners_alone_afterwards_and_a_groups_right_stays() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite://{}/flow.sqlite", folder.path().display())).await;
        let store = store.unwrap();
        store.migrate().await.unwrap();
        assert!(store.narrow().is_empty(), "new ones are narrow");
        let files = store.files();
        for (file, mode) in files.iter().zip([0o644, 0o604, 0o640]) {
            fs::set_permissions(file, Permissions::from_mode(mode)).unwrap();
        }
        let narrowed = store.narrow();
        assert!(narrowed.iter().all(|(_, done)| done.is_ok()));
        let names: Vec<_> = narrowed.into_iter().map(|(file, _)| file).collect();
        assert_eq!(names, files[..2]);
        let modes = files
            .iter()
            .map(|file| fs::metadata(file).unwrap().permissions().mode() & 0o777);
        assert_eq!(modes.collect::<Vec<_>>(), [0o600, 0o600, 0o640]);
        assert!(store.narrow().is_empty(), "once");
        store.close().await;
    }
}
