//! The calendar that deadlines count in.

use std::sync::LazyLock;

use workflow::Definition;
use workflow::application::Terms;
use workflow::calendar::Calendar;

use crate::jobs::JobError;

const SHIPPED: &str = include_str!("../../../manifests/calendar.json");

static CALENDAR: LazyLock<Result<Calendar, String>> =
    LazyLock::new(|| Calendar::parse(SHIPPED).map_err(|error| error.to_string()));

/// What an application under this definition is decided under.
pub(crate) fn terms(definition: &Definition) -> Result<Terms<'_>, JobError> {
    let calendar = CALENDAR
        .as_ref()
        .map_err(|error| JobError::Stuck(error.clone()))?;
    Ok(Terms { definition, calendar })
}
