//! The clock's offset on disk: it outlives a restart, and whoever must share the tenant's time reads it there.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use jiff::SignedDuration;

use crate::clock::Clock;

#[derive(Debug, thiserror::Error)]
pub enum ClockFileError {
    #[error("the clock's file {0} cannot be read or written: {1}")]
    File(PathBuf, io::Error),
    #[error("the clock's file {0} holds {1:?} where milliseconds belong; delete it")]
    Malformed(PathBuf, String),
}

/// `{data}/clock-offset`: one decimal number, milliseconds.
fn file(data: &Path) -> PathBuf {
    data.join("clock-offset")
}

/// Moves a fresh clock to where it stood.
pub(super) fn restore(data: &Path, clock: &Clock) -> Result<(), ClockFileError> {
    let file = file(data);
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(ClockFileError::File(file, error)),
    };
    let Ok(offset) = text.trim().parse() else {
        return Err(ClockFileError::Malformed(file, text));
    };
    clock.advance(SignedDuration::from_millis(offset));
    Ok(())
}

/// Moves the clock and writes where it stands.
pub(super) fn advance(data: &Path, clock: &Clock, by: SignedDuration) -> Result<(), ClockFileError> {
    clock.advance_with(by, |offset_ms| write(data, offset_ms))
}

pub(super) fn store(data: &Path, clock: &Clock) -> Result<(), ClockFileError> {
    write(data, clock.offset_ms())
}

/// A reader sees the old number or the new one, nothing between.
fn write(data: &Path, offset_ms: i64) -> Result<(), ClockFileError> {
    let (file, draft) = (file(data), data.join("clock-offset.new"));
    fs::write(&draft, offset_ms.to_string())
        .and_then(|()| fs::rename(&draft, &file))
        .map_err(|error| ClockFileError::File(file, error))
}
