//! All templates of this installation: the shipped ones, and what the company wrote in their place.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::render::render;
use super::template::{Fault, Template};
use super::{Facts, KINDS, Kind, Text, shipped};
use crate::config::{Config, Language};

/// Filled in for every mail, so every template may speak of it.
const ALWAYS: [&str; 10] = [
    "to",
    "number",
    "title",
    "applicant",
    "url",
    "head",
    "key",
    "plan",
    "done",
    "open",
];
const LANGUAGES: [Language; 2] = [Language::Ja, Language::En];

/// One for every kind of mail and language, by construction.
#[derive(Debug, Clone)]
pub struct Templates {
    all: BTreeMap<(Kind, Language), Template>,
}

#[derive(Debug, Error)]
pub enum TemplatesError {
    #[error("mail.templates: {path} cannot be read; name a folder with ja/ and en/, or leave the key out")]
    Unreadable {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error(
        "mail.templates: {0} is the text of no mail; names are those of manifests/mails, e.g. ja/decide.txt"
    )]
    Stranger(PathBuf),
    #[error("mail.templates: {0} is missing; write it too, or both languages would say different things")]
    Missing(PathBuf),
    #[error("mail.templates: {path}: {fault}")]
    Faulty { path: PathBuf, fault: String },
    #[error("manifests/mails/{path}: {fault}")]
    Shipped { path: String, fault: String },
}

impl Templates {
    pub fn read(config: &Config) -> Result<Self, TemplatesError> {
        let mut templates = Self::shipped()?;
        if let Some(folder) = &config.mail.templates {
            templates.take(folder)?;
        }
        Ok(templates)
    }

    pub(crate) fn shipped() -> Result<Self, TemplatesError> {
        let mut all = BTreeMap::new();
        for kind in KINDS {
            for language in LANGUAGES {
                let (path, text) = shipped(kind, language);
                let failed = |fault: Fault| TemplatesError::Shipped {
                    path: path.to_owned(),
                    fault: fault.to_string(),
                };
                let template = Template::parse(text, &|_: &str| true).map_err(failed)?;
                all.insert((kind, language), template);
            }
        }
        Ok(Self { all })
    }

    /// The mail of this kind, filled.
    pub fn write(&self, kind: Kind, language: Language, facts: &Facts) -> Text {
        // There is one for each pair: see `shipped`.
        let found = self.all.get(&(kind, language));
        found.map_or_else(Text::default, |template| render(template, language, facts))
    }

    /// What the folder holds takes the place of the shipped texts.
    fn take(&mut self, folder: &Path) -> Result<(), TemplatesError> {
        let mut written: BTreeMap<(Kind, Language), Template> = BTreeMap::new();
        for language in LANGUAGES {
            for path in files(&folder.join(language.word()))? {
                let kind = kind_of(&path).ok_or_else(|| TemplatesError::Stranger(path.clone()))?;
                written.insert((kind, language), self.parse(kind, &path)?);
            }
        }
        for (kind, language) in written.keys() {
            let other = language.other();
            if !written.contains_key(&(*kind, other)) {
                let path = folder.join(other.word()).join(format!("{}.txt", kind.word()));
                return Err(TemplatesError::Missing(path));
            }
        }
        self.all.extend(written);
        Ok(())
    }

    fn parse(&self, kind: Kind, path: &Path) -> Result<Template, TemplatesError> {
        let faulty = |fault: String| TemplatesError::Faulty {
            path: path.to_owned(),
            fault,
        };
        let bytes = std::fs::read(path).map_err(unreadable(path))?;
        let text = String::from_utf8(bytes);
        let text = text.map_err(|_| faulty("is no UTF-8. Save it as UTF-8".to_owned()))?;
        let speaks = self.facts_of(kind);
        let template = Template::parse(&text, &|name: &str| speaks.contains(name));
        let template = template.map_err(|fault| faulty(fault.to_string()))?;
        if !template.always_shows("url") && self.leads_somewhere(kind) {
            let fault = "the text does not show {{ url }}, which leads to the application. Add it outside of conditions";
            return Err(faulty(fault.to_owned()));
        }
        Ok(template)
    }

    /// What a mail of this kind can speak of: what its shipped texts speak of, and what every mail knows.
    fn facts_of(&self, kind: Kind) -> BTreeSet<&'static str> {
        let shipped = LANGUAGES
            .iter()
            .filter_map(|language| self.all.get(&(kind, *language)));
        shipped.flat_map(Template::names).chain(ALWAYS).collect()
    }

    fn leads_somewhere(&self, kind: Kind) -> bool {
        let mut shipped = LANGUAGES
            .iter()
            .filter_map(|language| self.all.get(&(kind, *language)));
        shipped.any(|template| template.always_shows("url"))
    }
}

fn kind_of(path: &Path) -> Option<Kind> {
    let stem = path.file_stem()?.to_str()?;
    KINDS.into_iter().find(|kind| kind.word() == stem)
}

/// The texts in a folder that may be absent, in order of name.
fn files(folder: &Path) -> Result<Vec<PathBuf>, TemplatesError> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error)
            if error.kind() == std::io::ErrorKind::NotFound && folder.parent().is_some_and(Path::is_dir) =>
        {
            return Ok(Vec::new());
        }
        Err(error) => return Err(unreadable(folder)(error)),
    };
    let paths: Result<Vec<PathBuf>, _> = entries.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut paths = paths.map_err(unreadable(folder))?;
    paths.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    paths.sort();
    Ok(paths)
}

fn unreadable(path: &Path) -> impl FnOnce(std::io::Error) -> TemplatesError + use<> {
    let path = path.to_owned();
    |source| TemplatesError::Unreadable { path, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(folder: &Path, name: &str, text: &[u8]) {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn taken(folder: &Path) -> Result<Templates, String> {
        let mut templates = Templates::shipped().unwrap();
        templates.take(folder).map_err(|error| error.to_string())?;
        Ok(templates)
    }

    const JA: &[u8] = "承認のお願い {{ number }}\r\n{{ to }} 様\r\n{{ url }}\r\n".as_bytes();
    const EN: &[u8] = b"\xef\xbb\xbfPlease approve {{ number }}\nDear {{ to }}\n{{ url }}\n";

    #[test]
    fn w30_a_company_s_own_text_takes_the_place_of_the_shipped_one_in_both_languages() {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "ja/decide.txt", JA);
        put(folder.path(), "en/decide.txt", EN);
        let templates = taken(folder.path()).unwrap();
        let facts = Facts {
            number: "USR-1".into(),
            ..Facts::default()
        };
        let subject = |kind, language| templates.write(kind, language, &facts).subject;
        assert_eq!(subject(Kind::Decide, Language::Ja), "承認のお願い USR-1");
        assert_eq!(subject(Kind::Decide, Language::En), "Please approve USR-1");
        assert!(subject(Kind::Reminder, Language::Ja).starts_with("【催促】"));
    }

    #[test]
    fn w30_a_wrong_text_is_refused_with_its_place_and_the_remedy() {
        let cases: [(&str, &[u8], &[&str]); 5] = [
            (
                "ja/decide.txt",
                "件名\n{{ url }}{{ account }}".as_bytes(),
                &["ja/decide.txt: line 2", "\"account\""],
            ),
            (
                "ja/decide.txt",
                "件名\n{{ to }} 様".as_bytes(),
                &["ja/decide.txt", "{{ url }}"],
            ),
            (
                "ja/decide.txt",
                "件名\n{% if by %}{{ url }}{% endif %}".as_bytes(),
                &["\"by\""],
            ),
            ("ja/decide.txt", b"\x8f\xb3\x94F\n", &["ja/decide.txt", "UTF-8"]),
            ("ja/decid.txt", JA, &["ja/decid.txt", "names are those of"]),
        ];
        for (name, text, named) in cases {
            let folder = tempfile::tempdir().unwrap();
            put(folder.path(), "en/decide.txt", EN);
            put(folder.path(), name, text);
            let said = taken(folder.path()).unwrap_err();
            assert!(named.iter().all(|part| said.contains(part)), "{name}: {said}");
        }
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "ja/decide.txt", JA);
        let said = taken(folder.path()).unwrap_err();
        assert!(said.contains("en/decide.txt is missing"), "{said}");
        assert!(
            taken(&folder.path().join("nowhere"))
                .unwrap_err()
                .contains("cannot be read")
        );
    }

    #[test]
    fn every_shipped_text_names_the_application_and_speaks_in_both_languages_of_the_same() {
        let templates = Templates::shipped().unwrap();
        let facts = Facts {
            number: "2026-0001".into(),
            ..Facts::default()
        };
        for kind in KINDS {
            for language in LANGUAGES {
                let text = templates.write(kind, language, &facts);
                assert!(
                    text.subject.contains("2026-0001") || !kind.is_about_one(),
                    "{kind:?}"
                );
            }
            let names = |language| {
                let template = &templates.all[&(kind, language)];
                template.names().collect::<BTreeSet<_>>()
            };
            assert_eq!(names(Language::Ja), names(Language::En), "{kind:?}");
        }
    }
}
