//! What a person added to the configuration of an earlier start: each start writes its own sections anew, for the tenant
//! answers elsewhere, and leaves all others letter by letter as they were; keys that were added within its own stay too.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use thiserror::Error;
use toml::{Table, Value};

use crate::config::Language;

#[derive(Debug, Error)]
pub enum KeptError {
    #[error("{path}: {source}")]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("{path}: mend it, or take it away for a configuration without what you added: {problem}")]
    Malformed { path: PathBuf, problem: String },
    #[error("{path}: what was added cannot be written again: {problem}")]
    Unwritable { path: PathBuf, problem: String },
}

/// `fresh` with what the file at `path` has more: sections letter by letter as they stand there, and keys within ours.
pub(super) fn with_sections_of(path: &Path, fresh: String) -> Result<String, KeptError> {
    let Some(earlier) = text_of(path)? else {
        return Ok(fresh);
    };
    let own = read(path, &fresh)?;
    let mut added = read(path, &earlier)?;
    let mut grown = own.clone();
    for (section, more) in &mut grown {
        added
            .get(section)
            .into_iter()
            .for_each(|earlier| grow(more, earlier));
    }
    let fresh = if grown == own {
        fresh
    } else {
        written(path, &grown)?
    };
    added.retain(|section, _| !own.contains_key(section));
    let kept = sections(&earlier, |section| added.contains_key(section));
    let kept = if kept.parse().is_ok_and(|kept: Table| kept == added) {
        kept
    } else {
        // A line within a text or a list looked like the head of a section: what it says stays, if not its form.
        written(path, &added)?
    };
    Ok(fresh + &kept)
}

/// Keys that stand in `earlier` alone; what stands in both is of this start.
fn grow(ours: &mut Value, earlier: &Value) {
    let (Value::Table(ours), Value::Table(earlier)) = (ours, earlier) else {
        return;
    };
    for (key, value) in earlier {
        match ours.get_mut(key) {
            Some(ours) => grow(ours, value),
            None => {
                ours.insert(key.clone(), value.clone());
            }
        }
    }
}

fn written(path: &Path, table: &Table) -> Result<String, KeptError> {
    toml::to_string(table).map_err(|error| KeptError::Unwritable {
        path: path.to_owned(),
        problem: error.to_string(),
    })
}

/// In which language the file at `path` has the product speak, where it says so.
pub(super) fn language_of(path: &Path) -> Result<Option<Language>, KeptError> {
    let Some(earlier) = text_of(path)? else {
        return Ok(None);
    };
    let table = read(path, &earlier)?;
    let said = table.get("mail").and_then(|mail| mail.get("language"));
    Ok(said.and_then(|said| Language::of_tag(said.as_str()?)))
}

fn text_of(path: &Path) -> Result<Option<String>, KeptError> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => {
            let path = path.to_owned();
            Err(KeptError::Unreadable { path, source })
        }
    }
}

fn read(path: &Path, text: &str) -> Result<Table, KeptError> {
    text.parse()
        .map_err(|error: toml::de::Error| KeptError::Malformed {
            path: path.to_owned(),
            problem: error.to_string(),
        })
}

/// The text of all sections of a wished name; the comments above a head are its section's.
fn sections(text: &str, wished: impl Fn(&str) -> bool) -> String {
    let (mut kept, mut above, mut keeps) = (String::new(), String::new(), false);
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        if bare.is_empty() || bare.starts_with('#') {
            above.push_str(line);
            continue;
        }
        let stays = section_of(bare).map_or(keeps, |section| wished(&section));
        let above = std::mem::take(&mut above);
        // Below a section that stays, too, they may say something of it.
        if keeps || stays {
            kept.push_str(&above);
        }
        keeps = stays;
        if keeps {
            kept.push_str(line);
        }
    }
    if keeps {
        kept.push_str(&above);
    }
    kept
}

/// The first name in the head of a section, `[name.of.it]` or `[[name]]`.
fn section_of(line: &str) -> Option<String> {
    let head: Table = line.starts_with('[').then(|| line.parse().ok())??;
    head.keys().next().cloned()
}

#[cfg(test)]
mod tests {
    use super::{language_of, with_sections_of};
    use crate::config::Language;

    const FRESH: &str =
        "[server]\nlisten = \"127.0.0.1:2\"\n[network.resolve]\n\"a.example\" = \"127.0.0.1:3\"\n";

    #[test]
    fn sections_that_were_added_stay_letter_by_letter_and_our_own_are_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("flow.toml");
        assert_eq!(with_sections_of(&path, FRESH.to_owned()).unwrap(), FRESH);
        let added = "[credentials]\nmaster_key = { file = \"master.key\" }\n[credentials.renewal]\npause = 0\n\
                     [[expiries]]\nname = \"a domain\"\non = \"2031-04-01\"\n";
        let earlier = format!("{}{added}", FRESH.replace(":2", ":9"));
        std::fs::write(&path, earlier).unwrap();
        let text = with_sections_of(&path, FRESH.to_owned()).unwrap();
        assert_eq!(text, format!("{FRESH}{added}"));
        std::fs::write(&path, &text).unwrap();
        let again = with_sections_of(&path, FRESH.to_owned()).unwrap();
        assert_eq!(again, text, "however often it is started");
    }

    #[test]
    fn comments_and_the_form_of_what_was_added_stay_wherever_it_stands() {
        let added = "# Ours, since February.\n[credentials]\nmaster_key = { file = \"new.key\" }\n\
                     # or { environment = \"PF_MASTER_KEY\" }\nformer_master_keys = [ { file = \"master.key\" }, ]\n";
        let middle = FRESH.replace("[network.resolve]", &format!("{added}[network.resolve]"));
        for earlier in [format!("{FRESH}{added}"), middle, format!("{added}{FRESH}")] {
            assert_eq!(restarted(&earlier), format!("{FRESH}{added}"), "{earlier}");
        }
    }

    #[test]
    fn what_looks_like_a_section_within_a_text_loses_nothing() {
        let added = "[[expiries]]\nname = \"\"\"\n[server]\nof contoso\n\"\"\"\non = \"2031-04-01\"\n";
        let kept: toml::Table = restarted(&format!("{FRESH}{added}")).parse().unwrap();
        let expected: toml::Table = added.parse().unwrap();
        assert_eq!(kept["expiries"], expected["expiries"]);
    }

    #[test]
    fn a_key_that_was_added_within_our_own_section_stays_and_ours_are_written_anew() {
        let earlier = FRESH
            .replace(":2\"\n", ":9\"\nmetrics = \"127.0.0.1:4\"\n")
            .replace(":3", ":8");
        let added = "[credentials]\nmaster_key = { file = \"master.key\" }\n";
        let kept: toml::Table = restarted(&format!("{earlier}{added}")).parse().unwrap();
        let expected = FRESH.replace(":2\"\n", ":2\"\nmetrics = \"127.0.0.1:4\"\n");
        let expected: toml::Table = format!("{expected}{added}").parse().unwrap();
        assert_eq!(kept, expected);
    }

    fn restarted(earlier: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("flow.toml");
        std::fs::write(&path, earlier).unwrap();
        with_sections_of(&path, FRESH.to_owned()).unwrap()
    }

    #[test]
    fn the_language_of_an_earlier_start_is_known_where_there_was_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("flow.toml");
        assert_eq!(language_of(&path).unwrap(), None, "the first start");
        for (mail, language) in [
            ("language = \"en\"\n", Some(Language::En)),
            ("language = \"ja\"\n", Some(Language::Ja)),
            ("", None),
        ] {
            std::fs::write(&path, format!("[mail]\n{mail}sender = \"a\"\n{FRESH}")).unwrap();
            assert_eq!(language_of(&path).unwrap(), language, "{mail}");
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("flow.toml");
        std::fs::write(&path, "[credentials\n").unwrap();
        let error = with_sections_of(&path, FRESH.to_owned()).unwrap_err().to_string();
        assert!(error.contains("flow.toml: mend it"), "{error}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "[credentials\n");
    }
}
