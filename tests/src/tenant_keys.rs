//! The tenant's keys and certificates: slow to make, so every tenant of a program has copies of one set.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::LazyLock;

use dev_tenant::{seed, shell};
use jiff::Timestamp;

/// Name and content of each file.
static FILES: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let data = tempfile::tempdir().expect("a temporary folder");
    seed::world(7, data.path(), Timestamp::UNIX_EPOCH).expect("a tenant");
    shell::issue_leaf(data.path(), &["localhost"]).expect("a certificate");
    let files = fs::read_dir(data.path()).expect("the folder");
    let read = |file: fs::DirEntry| {
        let name = file.file_name().into_string().expect("a readable name");
        (name, fs::read(file.path()).expect("a file"))
    };
    files.map(|file| read(file.expect("a file"))).collect()
});

/// Lays them into the data folder of a tenant that has not started yet.
pub(crate) fn lay(data: &Path) {
    fs::create_dir_all(data).expect("the data folder");
    for (name, content) in &*FILES {
        let mut options = fs::OpenOptions::new();
        let file = options.write(true).create_new(true).mode(0o600);
        let mut file = file.open(data.join(name)).expect("a file");
        file.write_all(content).expect("a file");
    }
}
