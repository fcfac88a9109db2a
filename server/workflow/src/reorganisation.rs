//! 組織改編・人事異動: what another organisation would do to the applications that run, and how the work of one person
//! goes to another on that day.

mod file;
mod forecast;
mod handover;
mod names;
mod successions;

pub use file::{FileError, read};
pub use forecast::{Fate, Forecast, Load, Outlook, Running, Stuck, forecast};
pub use handover::{HandOver, hand_over};
pub use names::{UnknownNames, with_ids};
pub use successions::{Succession, successions};
