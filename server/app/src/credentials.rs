//! What proves the app, and how it renews itself. A renewal is the fold of its journal ([`renewal`]); what comes next
//! is a pure question ([`decide`]); the shell ([`advance`]) does it and writes it down.

mod advance;
mod begin;
mod certificate;
mod checks;
mod decide;
mod entra;
mod envelope;
mod event;
pub(crate) mod in_use;
mod journal;
mod keep;
mod lagging;
mod lifetime;
mod make;
mod master_key;
mod obstacle;
mod obstacle_words;
mod prove;
mod rehearsal;
mod renewal;
mod report;
mod report_words;
mod standing;
mod steps;
mod undo;
mod vault;
mod window;

pub(crate) use advance::{Halt, advance};
pub(crate) use begin::{Survey, begin, current, survey};
pub(crate) use decide::Wait;
pub(crate) use event::Which;
pub(crate) use journal::{LEASE, release};
pub(crate) use keep::keep;
pub(crate) use lagging::lagging;
pub(crate) use lifetime::Allowed;
pub(crate) use master_key::MasterKey;
pub(crate) use obstacle::{Obstacle, Stop};
pub(crate) use rehearsal::last as last_rehearsal;
pub(crate) use report::report;
pub(crate) use standing::{LastRenewal, secret, standing, under_way, verify, waiting_certificate, young};
pub(crate) use undo::undo;
pub(crate) use vault::{Vault, VaultError};
pub(crate) use window::YOUNG;

#[cfg(test)]
mod tests;
