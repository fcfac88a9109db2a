//! Everything that goes out runs as a job: leased, repeatable, and with one place that decides its schedule.

mod parked;
mod refused;
mod runner;
mod task;
mod verdict;

pub use runner::run;
pub(crate) use task::application_lane;
pub use task::{About, Alarm, MailWish, Task};
pub use verdict::JobError;
