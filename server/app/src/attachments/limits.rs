//! Which files are taken.

use forms::{Code, Issue};

use super::name;
use crate::config::Attachments;

const MB: u64 = 1 << 20;

impl Attachments {
    /// Bytes of the largest file.
    pub(super) fn file_bytes(&self) -> usize {
        usize::try_from(u64::from(self.max_file_mb) * MB).unwrap_or(usize::MAX)
    }

    fn total_bytes(&self) -> usize {
        usize::try_from(u64::from(self.max_total_mb) * MB).unwrap_or(usize::MAX)
    }

    /// What is wrong with a file of this name, whatever it holds.
    pub(super) fn of_name(&self, file: &str) -> Option<Issue> {
        let kind = name::kind(&name::safe(file));
        let refused = self
            .refused_types
            .iter()
            .any(|refused| refused.to_lowercase() == kind);
        refused.then(|| {
            Issue::new(Code::FileTypeRefused, "")
                .with("name", file)
                .with("type", kind)
        })
    }

    /// What is wrong with so many files.
    pub(super) fn of_count(&self, files: usize) -> Option<Issue> {
        let most = usize::try_from(self.max_files).unwrap_or(usize::MAX);
        (files > most).then(|| Issue::new(Code::TooManyFiles, "").with("max", self.max_files))
    }

    pub(super) fn too_big(&self, file: &str) -> Issue {
        let issue = Issue::new(Code::FileTooBig, "").with("name", file);
        issue.with("max", self.max_file_mb)
    }

    /// What is wrong with so many bytes in all.
    pub(super) fn of_total(&self, bytes: usize) -> Option<Issue> {
        (bytes > self.total_bytes()).then(|| Issue::new(Code::FilesTooBig, "").with("max", self.max_total_mb))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_run_is_refused_however_it_is_written() {
        let limits = Attachments::default();
        for file in [
            "a.exe",
            "a.pdf.EXE",
            "a.exe. ",
            "a\u{202e}fdp.scr",
            r"x\a.Ps1",
            "a.lnk",
            "a.js",
        ] {
            let issue = limits.of_name(file).unwrap();
            assert_eq!(
                (issue.code, &issue.args["name"]),
                (Code::FileTypeRefused, &file.into())
            );
        }
        for file in ["a.pdf", "a.xlsx", "exe", "写真.jpg", "a.exe.txt"] {
            assert_eq!(limits.of_name(file), None, "{file}");
        }
    }

    #[test]
    fn sizes_are_what_the_configuration_says() {
        let limits = Attachments {
            max_file_mb: 1,
            max_total_mb: 2,
            max_files: 3,
            ..Attachments::default()
        };
        assert_eq!(limits.file_bytes(), 1 << 20);
        assert_eq!(limits.of_total(2 << 20), None);
        assert_eq!(limits.of_total((2 << 20) + 1).unwrap().args["max"], 2);
        assert_eq!(limits.of_count(3), None);
        assert_eq!(limits.of_count(4).unwrap().code, Code::TooManyFiles);
    }
}
