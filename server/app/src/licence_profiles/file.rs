//! The company's file of licence profiles: JSON with an array of them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use thiserror::Error;
use uuid::Uuid;

use super::Profile;
use crate::config::Config;
use crate::jobs::JobError;

#[derive(Debug, Error)]
pub(crate) enum ProfileError {
    #[error("licences.profiles: {path} cannot be read; name another, or leave the key out")]
    Unreadable {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("licences.profiles: {path}: {problem}")]
    Malformed { path: PathBuf, problem: String },
}

impl From<ProfileError> for JobError {
    fn from(error: ProfileError) -> Self {
        Self::Stuck(error.to_string())
    }
}

/// In the file's order; none where the configuration names no file.
pub(crate) fn read(config: &Config) -> Result<Vec<Profile>, ProfileError> {
    let Some(path) = &config.licences.profiles else {
        return Ok(Vec::new());
    };
    let text = std::fs::read_to_string(path).map_err(|source| ProfileError::Unreadable {
        path: path.clone(),
        source,
    })?;
    parse(&text).map_err(|problem| malformed(path, problem))
}

fn malformed(path: &Path, problem: String) -> ProfileError {
    let path = path.to_owned();
    ProfileError::Malformed { path, problem }
}

fn parse(text: &str) -> Result<Vec<Profile>, String> {
    let profiles: Vec<Profile> = serde_json::from_str(text).map_err(|error| {
        format!("{error}; write an array of profiles, each with key, name (ja, en) and licences")
    })?;
    let mut keys = BTreeSet::new();
    for profile in &profiles {
        check(profile)?;
        if !keys.insert(&profile.key) {
            return Err(format!("the key {} stands twice; keep one of them", profile.key));
        }
    }
    Ok(profiles)
}

fn check(profile: &Profile) -> Result<(), String> {
    let key = &profile.key;
    let is_plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    // Answers of forms name products by their ids.
    if key.is_empty() || !key.chars().all(is_plain) || key.parse::<Uuid>().is_ok() {
        return Err(format!(
            "the key {key:?} must be of a-z, 0-9 and -, and no id of a product"
        ));
    }
    if profile.licences.is_empty() {
        return Err(format!("{key}: licences must name a sku"));
    }
    let mut skus = BTreeSet::new();
    match profile.licences.iter().find(|product| !skus.insert(&product.sku)) {
        Some(twice) => Err(format!("{key}: {} stands twice; keep one of them", twice.sku)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestService;

    const GOOD: &str = r#"[{"key": "office", "name": {"ja": "内勤", "en": "Office"},
        "licences": [{"sku": "SPE_E3", "without": ["EXCHANGE_S_ENTERPRISE"]}]}]"#;

    #[tokio::test]
    async fn r06_profiles_are_read_and_a_wrong_file_is_named_with_the_remedy() {
        let mut config = TestService::open().await.service.config.clone();
        assert_eq!(read(&config).unwrap(), []);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("profiles.json");
        config.licences.profiles = Some(file.clone());
        let says = |config: &Config| read(config).unwrap_err().to_string();
        assert!(says(&config).contains("licences.profiles") && says(&config).contains("leave the key out"));
        std::fs::write(&file, GOOD).unwrap();
        assert_eq!(read(&config).unwrap()[0].licences[0].sku, "SPE_E3");
        let id = Uuid::from_u128(1).to_string();
        let twice = GOOD.replace("[{\"sku\"", "[{\"sku\": \"SPE_E3\"}, {\"sku\"");
        for (text, words) in [
            (GOOD.replace("without", "witout"), "witout"),
            (GOOD.replace("\"office\"", "\"Office\""), "a-z"),
            (GOOD.replace("office", &id), "no id of a product"),
            (
                GOOD.replace(
                    "[{\"sku\": \"SPE_E3\", \"without\": [\"EXCHANGE_S_ENTERPRISE\"]}]",
                    "[]",
                ),
                "name a sku",
            ),
            (twice, "SPE_E3 stands twice"),
            (
                format!("{},{}", &GOOD[..GOOD.len() - 1], &GOOD[1..]),
                "office stands twice",
            ),
            ("{}".to_owned(), "write an array"),
        ] {
            std::fs::write(&file, text).unwrap();
            let told = says(&config);
            assert!(
                told.contains("licences.profiles") && told.contains(words),
                "{words}: {told}"
            );
        }
    }
}
