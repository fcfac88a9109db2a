//! Files that go with an application. They are copied at submission to a list of the app's own; approvers read them
//! on the sealed item, where whatever was altered or removed is put back from those copies.

mod item;
mod limits;
mod name;
mod news;
mod originals;
mod picture;
mod submission;
mod tables;

use workflow::SealedFile;

pub(crate) use item::{look, names, put_up};
pub(crate) use picture::{of_step as picture_of_step, wished as wished_picture};
pub(crate) use submission::take;
pub(crate) use tables::file_name as table_name;

/// One `hash  name` line for each file, as `sha256sum` writes and reads them.
pub(crate) fn lines(files: &[SealedFile]) -> String {
    let lines = files.iter().map(|file| format!("{}  {}", file.hash, file.name));
    lines.collect::<Vec<_>>().join("\n")
}

/// What [`lines`] wrote. `None`: something else stands there.
fn read(lines: &str) -> Option<Vec<SealedFile>> {
    let file = |line: &str| {
        let (hash, name) = line.split_once("  ")?;
        Some(SealedFile {
            name: name.to_owned(),
            hash: workflow::Hash::parse(hash).ok()?,
        })
    };
    lines.lines().map(file).collect()
}

#[cfg(test)]
mod tests {
    use workflow::Hash;

    use super::*;

    #[test]
    fn what_was_written_is_read_again() {
        let file = |name: &str| SealedFile {
            name: name.to_owned(),
            hash: Hash::of(name.as_bytes()),
        };
        let files = [file("見積  書.pdf"), file("a.txt")];
        assert_eq!(read(&lines(&files)).unwrap(), files);
        assert_eq!(read("").unwrap(), []);
        assert_eq!(read("abc"), None);
    }
}
