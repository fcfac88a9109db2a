//! The destinations that the configuration names, with their secrets.

use std::collections::BTreeMap;

use anyhow::Context;
use m365::standard_webhook::{Destination, Secret};
use workflow::{Definition, DefinitionError};

use crate::config::{self, Config};

/// By name.
#[derive(Debug, Clone, Default)]
pub struct Destinations(BTreeMap<String, Destination>);

impl Destinations {
    /// Reads the secrets' files; an error names the key and the file, and nothing of what the file holds.
    pub fn read(config: &Config) -> anyhow::Result<Self> {
        let read = |(name, destination): (&String, &config::Destination)| {
            let key = format!("actions.{name}");
            let secrets = secrets(destination).with_context(|| format!("{key}.secrets"))?;
            let made = Destination::new(destination.url.clone(), secrets);
            anyhow::Ok((name.clone(), made.with_context(|| key)?))
        };
        let read: anyhow::Result<BTreeMap<_, _>> = config.actions.iter().map(read).collect();
        Ok(Self(read?))
    }

    pub fn get(&self, name: &str) -> Option<&Destination> {
        self.0.get(name)
    }
}

fn secrets(destination: &config::Destination) -> anyhow::Result<Vec<Secret>> {
    let read = |path: &std::path::PathBuf| {
        let place = || path.display().to_string();
        let text = std::fs::read_to_string(path).with_context(place)?;
        Secret::parse(&text).with_context(place)
    };
    destination.secrets.iter().map(read).collect()
}

/// A destination that a definition names and the configuration does not.
pub(crate) fn unknown(config: &Config, definition: &Definition) -> Option<DefinitionError> {
    let action = definition.execution.plan.action()?;
    let is_unknown = |destination: &String| !config.actions.contains_key(destination);
    let mut calls = action.calls.iter();
    let at = calls.position(|call| is_unknown(&call.destination))?;
    let name = &action.calls[at].destination;
    Some(DefinitionError {
        path: format!("execution.plan.calls[{at}].destination"),
        problem: format!("the configuration does not name a destination \"{name}\""),
        remedy: format!("Write a section [actions.{name}] with its url and secrets, or name another"),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::testing::TestService;
    use crate::{setup, workflows};

    /// A configuration that names one destination with this secret.
    async fn configured(secret: Option<&str>) -> (Config, tempfile::TempDir) {
        let mut test = TestService::open().await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("badge.secret");
        if let Some(secret) = secret {
            std::fs::write(&file, secret).unwrap();
        }
        let mut config = Arc::get_mut(&mut test.service).unwrap().config.clone();
        let destination = config::Destination {
            url: "https://badge.contoso.example/orders".parse().unwrap(),
            secrets: vec![file],
        };
        config.actions.insert("badge-office".to_owned(), destination);
        (config, folder)
    }

    #[tokio::test]
    async fn r24_a_secret_that_cannot_be_read_is_told_by_key_and_file_and_never_by_content() {
        for bad in [None, Some("hunter2"), Some("whsec_aHVudGVyMg==")] {
            let (config, _folder) = configured(bad).await;
            let told = format!("{:#}", Destinations::read(&config).unwrap_err());
            assert!(told.starts_with("actions.badge-office.secrets: "), "{told}");
            assert!(
                told.contains("badge.secret") && !told.contains("hunter2"),
                "{told}"
            );
        }
        let (config, _folder) = configured(Some("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).await;
        let read = Destinations::read(&config).unwrap();
        assert_eq!(read.get("badge-office").unwrap().host(), "badge.contoso.example");
        assert!(read.get("other").is_none());
    }

    #[tokio::test]
    async fn r24_the_shipped_sample_is_offered_where_its_destination_is_named_and_others_are_refused() {
        let offers = |config: &Config| {
            let offered = workflows::read(config).unwrap();
            offered
                .iter()
                .any(|one| one.definition.key.as_str() == "custom-action")
        };
        let (config, folder) = configured(None).await;
        assert!(offers(&config));
        let bare = Config {
            actions: BTreeMap::new(),
            ..config
        };
        assert!(!offers(&bare));
        let own = setup::WORKFLOWS
            .into_iter()
            .find(|body| body.contains("badge-office"));
        std::fs::write(folder.path().join("own.json"), own.unwrap()).unwrap();
        let mut with_folder = bare;
        with_folder.site.workflows = Some(folder.path().to_owned());
        let told = workflows::read(&with_folder).unwrap_err().to_string();
        assert!(told.contains("execution.plan.calls[0].destination"), "{told}");
        assert!(told.contains("[actions.badge-office]"), "{told}");
    }
}
