//! Automatic replies of Outlook (Graph's "Get user mailbox settings").

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::Deserialize;
use uuid::Uuid;

use super::{Graph, operation};
use crate::{Result, error::found};

/// Whether somebody's mailbox answers by itself, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AutomaticReplies {
    Off,
    /// Until they are switched off; no period is known.
    On,
    /// In a period; its moments are as the mailbox spells them.
    Scheduled {
        start: ZonedTime,
        end: ZonedTime,
    },
}

/// Graph's `dateTimeTimeZone`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ZonedTime {
    /// A date and a time of day without an offset.
    pub date_time: String,
    /// A name of Windows or of IANA.
    pub time_zone: String,
}

/// Graph's `automaticRepliesSetting`, as far as it is needed: the messages are nobody's business here.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Setting {
    /// Documented as `disabled`, `alwaysEnabled`, `scheduled`; examples also begin with a capital.
    status: String,
    scheduled_start_date_time: Option<ZonedTime>,
    scheduled_end_date_time: Option<ZonedTime>,
}

/// Names that Windows gives to zones, with those of IANA (CLDR, "windowsZones"): those in which our customers
/// have mailboxes.
const WINDOWS: [(&str, &str); 12] = [
    ("Tokyo Standard Time", "Asia/Tokyo"),
    ("Korea Standard Time", "Asia/Seoul"),
    ("China Standard Time", "Asia/Shanghai"),
    ("Taipei Standard Time", "Asia/Taipei"),
    ("Singapore Standard Time", "Asia/Singapore"),
    ("SE Asia Standard Time", "Asia/Bangkok"),
    ("India Standard Time", "Asia/Kolkata"),
    ("GMT Standard Time", "Europe/London"),
    ("W. Europe Standard Time", "Europe/Berlin"),
    ("Romance Standard Time", "Europe/Paris"),
    ("Eastern Standard Time", "America/New_York"),
    ("Pacific Standard Time", "America/Los_Angeles"),
];

impl ZonedTime {
    /// The moment; none: the zone or the time is none that we know.
    pub fn moment(&self) -> Option<Timestamp> {
        let windows = WINDOWS.iter().find(|(name, _)| *name == self.time_zone);
        let zone = windows.map_or(self.time_zone.as_str(), |(_, iana)| iana);
        let zone = TimeZone::get(zone).ok()?;
        let time: DateTime = self.date_time.parse().ok()?;
        Some(time.to_zoned(zone).ok()?.timestamp())
    }
}

impl From<Setting> for AutomaticReplies {
    fn from(setting: Setting) -> Self {
        let period = setting
            .scheduled_start_date_time
            .zip(setting.scheduled_end_date_time);
        match (setting.status.to_ascii_lowercase().as_str(), period) {
            ("scheduled", Some((start, end))) => Self::Scheduled { start, end },
            ("alwaysenabled" | "scheduled", _) => Self::On,
            _ => Self::Off,
        }
    }
}

impl Graph {
    /// Somebody's automatic replies, by object id; none: he has no mailbox.
    pub async fn automatic_replies(&self, user: Uuid) -> Result<Option<AutomaticReplies>> {
        let path = format!("users/{user}/mailboxSettings/automaticRepliesSetting");
        let read: Option<Setting> = found(self.get(operation::READ_AUTOMATIC_REPLIES, &path).await)?;
        Ok(read.map(AutomaticReplies::from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> AutomaticReplies {
        serde_json::from_str::<Setting>(json).unwrap().into()
    }

    const PERIOD: &str = r#""scheduledStartDateTime":{"dateTime":"2027-08-10T00:00:00.0000000","timeZone":"Tokyo Standard Time"},
        "scheduledEndDateTime":{"dateTime":"2027-08-15T07:00:00.0000000","timeZone":"UTC"}"#;

    #[test]
    fn a_period_counts_only_where_replies_are_scheduled() {
        for status in ["scheduled", "Scheduled"] {
            let AutomaticReplies::Scheduled { start, end } =
                read(&format!(r#"{{"status":"{status}",{PERIOD}}}"#))
            else {
                panic!("scheduled")
            };
            assert_eq!(start.moment(), Some("2027-08-09T15:00:00Z".parse().unwrap()));
            assert_eq!(end.moment(), Some("2027-08-15T07:00:00Z".parse().unwrap()));
        }
        assert_eq!(
            read(&format!(r#"{{"status":"disabled",{PERIOD}}}"#)),
            AutomaticReplies::Off
        );
        assert_eq!(
            read(&format!(r#"{{"status":"alwaysEnabled",{PERIOD}}}"#)),
            AutomaticReplies::On
        );
        assert_eq!(read(r#"{"status":"scheduled"}"#), AutomaticReplies::On);
    }

    #[test]
    fn a_zone_that_nobody_knows_gives_no_moment() {
        let odd = ZonedTime {
            date_time: "2027-08-10T00:00:00".into(),
            time_zone: "Customized Time Zone".into(),
        };
        assert_eq!(odd.moment(), None);
    }
}
