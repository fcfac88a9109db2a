//! The company's calendar, in which deadlines count.

use anyhow::Context;
use workflow::Definition;
use workflow::application::Terms;
use workflow::calendar::Calendar;

use crate::config::Config;
use crate::service::Service;

const SHIPPED: &str = include_str!("../../../manifests/calendar.json");

/// The configured one, else the one that this build carries.
pub(crate) fn read(config: &Config) -> anyhow::Result<Calendar> {
    let Some(file) = &config.calendar.file else {
        return Calendar::parse(SHIPPED).context("manifests/calendar.json");
    };
    let named = || format!("calendar.file: {}", file.display());
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("{} cannot be read; name a file, or leave the key out", named()))?;
    Calendar::parse(&text).with_context(|| format!("{}: correct it, or leave the key out", named()))
}

/// What an application under this definition is decided under.
pub(crate) fn terms<'a>(service: &'a Service, definition: &'a Definition) -> Terms<'a> {
    Terms {
        definition,
        calendar: &service.calendar,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestService;

    #[tokio::test]
    async fn a_company_has_its_own_calendar_and_a_wrong_one_is_named_with_the_remedy() {
        let mut config = TestService::open().await.service.config.clone();
        assert!(read(&config).is_ok(), "the shipped one");
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("calendar.json");
        config.calendar.file = Some(file.clone());
        let says = |config: &Config| format!("{:#}", read(config).unwrap_err());
        assert!(says(&config).contains("calendar.file") && says(&config).contains("leave the key out"));
        std::fs::write(&file, SHIPPED.replace("Asia/Tokyo", "Asia/Tokio")).unwrap();
        assert!(says(&config).contains("calendar.file") && says(&config).contains("Asia/Tokio"));
        std::fs::write(&file, SHIPPED.replace("Asia/Tokyo", "Europe/Berlin")).unwrap();
        assert_eq!(read(&config).unwrap().zone().iana_name(), Some("Europe/Berlin"));
    }
}
