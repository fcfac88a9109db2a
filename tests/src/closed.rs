//! Nobody but its owner reads a file with a key, a secret or what people asked for: all files of a house are looked at
//! when it is taken down.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use crate::house::House;
use crate::secrets::Needles;

/// Rights of others than the owner.
const OTHERS: u32 = 0o077;
/// What stands in files with a private key, or with a secret shared with another system.
const MARKS: [&str; 2] = ["PRIVATE KEY", "whsec_"];

/// Shorter lines may stand anywhere.
const SHORT: usize = 40;

impl House {
    /// A file with a secret, as an operator keeps one.
    pub fn keep(&self, name: &str, content: impl AsRef<[u8]>) {
        let mut options = OpenOptions::new();
        let options = options.write(true).create(true).truncate(true).mode(0o600);
        let file = options.open(self.folder.path().join(name));
        let kept = file.and_then(|mut file| file.write_all(content.as_ref()));
        kept.expect("a file with a secret");
    }
}

pub(crate) fn assert_closed(house: &House) {
    let needles = Needles::of(&house.tenant.secrets());
    let mut files = Vec::new();
    gather(house.folder.path(), &mut files);
    files.retain(|file| is_open(file) && is_secret(file, &needles));
    assert!(files.is_empty(), "open to others: {files:?}");
}

/// Private keys in PEM by their lines, and master keys.
pub(crate) fn keys(house: &House) -> Vec<String> {
    let mut files = Vec::new();
    gather(house.folder.path(), &mut files);
    let read = |file: PathBuf| fs::read_to_string(file).unwrap_or_default();
    let of_file = |file: PathBuf| {
        let is_master = file.extension().is_some_and(|end| end == "key");
        let content = read(file);
        let is_private = content.contains(MARKS[0]);
        let lines = content.lines().map(str::to_owned);
        let keys = lines.filter(move |line| is_private && is_key(line) || is_master && !is_private);
        keys.collect::<Vec<_>>()
    };
    files.into_iter().flat_map(of_file).collect()
}

/// Among the lines of a PEM: the last may be short, and others begin and end one.
fn is_key(line: &str) -> bool {
    line.len() > SHORT && !line.starts_with('-')
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a file").path();
        if path.is_dir() {
            gather(&path, files);
        } else {
            files.push(path);
        }
    }
}

fn is_open(file: &Path) -> bool {
    // What a program of the test took away meanwhile is open to nobody.
    fs::metadata(file).is_ok_and(|metadata| metadata.permissions().mode() & OTHERS != 0)
}

/// A master key is told by its name: nothing in it is like anything.
fn is_secret(file: &Path, needles: &Needles) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    if name.contains(".sqlite") || name.ends_with(".key") {
        return true;
    }
    // Logs hold none, as was looked for before, and are too long to be read twice.
    if name.ends_with(".log") {
        return false;
    }
    let content = fs::read(file).unwrap_or_default();
    let holds = |mark: &str| content.windows(mark.len()).any(|part| part == mark.as_bytes());
    MARKS.into_iter().any(holds) || needles.first_in(&name, &content).is_some()
}
