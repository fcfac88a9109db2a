//! The only reader of the clock in this crate.

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

/// Where "now" comes from. Everything below takes a `Timestamp` as an argument.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    offset: Option<PathBuf>,
}

impl Clock {
    /// `offset`: a file that holds milliseconds to add, written by the dev tenant when its clock is moved.
    pub fn new(offset: Option<&Path>) -> Self {
        Self {
            offset: offset.map(Path::to_owned),
        }
    }

    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    pub fn now(&self) -> Timestamp {
        Timestamp::now()
            .saturating_add(self.shift())
            .unwrap_or(Timestamp::MAX)
    }

    /// A file that is not there yet means that the clock was never moved.
    fn shift(&self) -> SignedDuration {
        let text = self
            .offset
            .as_ref()
            .and_then(|path| std::fs::read_to_string(path).ok());
        let millis = text.and_then(|text| text.trim().parse().ok()).unwrap_or(0);
        SignedDuration::from_millis(millis)
    }
}

impl m365::Clock for Clock {
    fn now(&self) -> Timestamp {
        Self::now(self)
    }
}
