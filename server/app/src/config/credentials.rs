//! What may stand in the section `credentials`: how what proves the app is kept and renewed.

use std::path::PathBuf;

use jiff::SignedDuration;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use serde::Deserialize;

/// Sizes of RSA keys in bits that Entra takes and that are not weak.
const BITS: [u32; 3] = [2048, 3072, 4096];

/// Where a master key comes from. It is never written into the configuration itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeySource {
    /// A file that its owner alone may read.
    File(PathBuf),
    /// Name of an environment variable.
    Environment(String),
    /// Program and arguments; what it prints is the key.
    Command(Vec<String>),
}

/// Present: what proves the app can be renewed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    pub master_key: KeySource,
    /// Keys under which something may still lie, until `credentials rewrap` was run.
    #[serde(default)]
    pub former_master_keys: Vec<KeySource>,
    #[serde(default)]
    pub renewal: Renewing,
    #[serde(default)]
    pub automatic: Automatic,
}

/// How a renewal is made.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Renewing {
    /// Days that a new credential lives.
    pub lifetime_days: u16,
    /// Size of the RSA key.
    pub bits: u32,
    /// Whether a client secret is renewed too, for programs beside us that cannot use a certificate.
    pub secret: bool,
    /// So often in a row the new one must do its calls before anybody goes over to it…
    pub rounds: u32,
    /// … with so many seconds between.
    pub pause: u32,
    /// Minutes until replication is called slow.
    pub patience: u32,
    /// Hours that the old one stays after the switch.
    pub overlap: u32,
}

/// When a renewal begins by itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Automatic {
    pub enabled: bool,
    /// So many days before the end the renewal must be done.
    pub days_before: u16,
    /// Months of the window; none: every month.
    pub months: Vec<i8>,
    /// The window on business days, from…
    pub from: Time,
    /// … until.
    pub to: Time,
    pub zone: String,
}

impl Default for Renewing {
    fn default() -> Self {
        Self {
            // From one February to the next but for a month, with room for a February that is missed by a holiday.
            lifetime_days: 425,
            bits: 3072,
            secret: false,
            rounds: 3,
            pause: 20,
            patience: 30,
            overlap: 24,
        }
    }
}

impl Default for Automatic {
    fn default() -> Self {
        Self {
            enabled: true,
            days_before: 30,
            months: vec![2],
            from: Time::constant(2, 0, 0, 0),
            to: Time::constant(4, 0, 0, 0),
            zone: "Asia/Tokyo".into(),
        }
    }
}

impl Renewing {
    pub(crate) fn lifetime(&self) -> SignedDuration {
        SignedDuration::from_hours(24 * i64::from(self.lifetime_days))
    }

    pub(crate) fn overlap(&self) -> SignedDuration {
        SignedDuration::from_hours(i64::from(self.overlap))
    }
}

impl Credentials {
    /// The first thing that is wrong, by its key, with the remedy.
    pub(super) fn check(&self) -> Result<(), (&'static str, String)> {
        let Self {
            renewal, automatic, ..
        } = self;
        if !BITS.contains(&renewal.bits) {
            return Err(("credentials.renewal.bits", format!("must be one of {BITS:?}")));
        }
        if renewal.rounds == 0 || renewal.lifetime_days == 0 {
            let remedy = "must be greater than 0".into();
            return Err(("credentials.renewal.rounds, lifetime_days", remedy));
        }
        // A token lives up to 90 minutes, and an instance may be slow to look.
        if renewal.overlap < 2 {
            let remedy = "must be at least 2 hours: tokens of the old credential live up to 90 minutes";
            return Err(("credentials.renewal.overlap", remedy.into()));
        }
        if automatic.days_before >= renewal.lifetime_days {
            let remedy = "must be less than credentials.renewal.lifetime_days";
            return Err(("credentials.automatic.days_before", remedy.into()));
        }
        if automatic.months.iter().any(|month| !(1..=12).contains(month)) || automatic.from >= automatic.to {
            let remedy = "must be months from 1 to 12, and times of one day, the earlier one in from";
            return Err(("credentials.automatic.months, from, to", remedy.into()));
        }
        match TimeZone::get(&automatic.zone) {
            Ok(_) => Ok(()),
            Err(_) => Err((
                "credentials.automatic.zone",
                "must be the name of a time zone, e.g. Asia/Tokyo".into(),
            )),
        }
    }

    /// Names of the environment variables in which master keys are.
    pub(crate) fn key_variables(&self) -> Vec<String> {
        let sources = std::iter::once(&self.master_key).chain(&self.former_master_keys);
        let variables = sources.filter_map(|source| match source {
            KeySource::Environment(name) => Some(name.clone()),
            KeySource::File(_) | KeySource::Command(_) => None,
        });
        variables.collect()
    }

    pub(super) fn key_files(&mut self) -> impl Iterator<Item = &mut PathBuf> {
        let sources = std::iter::once(&mut self.master_key).chain(&mut self.former_master_keys);
        sources.filter_map(|source| match source {
            KeySource::File(path) => Some(path),
            KeySource::Environment(_) | KeySource::Command(_) => None,
        })
    }
}
