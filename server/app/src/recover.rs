//! `provisioning-flow recover`: a lost database is rebuilt from SharePoint.
//!
//! What nothing outside shows yet is lost with the database, and only that: a line stands in the history list before
//! the item, the applicant's row, a mail or an execution step shows what it says. So a lost line never happened, and
//! what led to it is still there to be looked at again:
//! - *judged, line not yet in the list*: the entry stands in the item's versions; the newest line that names a version
//!   says how far they were judged, and judging goes on after it;
//! - *a submission or an act, likewise*: its row of the inbox is read again; every line names the row it came from;
//! - *sealed, but no history row* cannot be: whoever finds it so is told that somebody took rows away, and the item is
//!   left alone;
//! - *executing, step begun*: the line with the before-image came first; the step starts with a look, as ever. Without
//!   the line the step was not begun;
//! - *some lines of one decision, not the signed last one*: the decision is taken again, and the rows are replaced;
//! - *mails*: those of the last days are asked for again under their old keys, and found at the sender's mailbox.
//!
//! Nothing is believed that the evidence key does not vouch for: not the definitions list (history rows hold the
//! definitions, signed), not the item's columns (they are computed anew; who voted on others is asked again).

mod begin;
mod held;
mod history;
mod items;
mod mails;
mod marks;
mod numbers;
mod rebuild;
mod run;
mod seen;
mod shown;
mod work;

pub(crate) use begin::is_owed;
pub use run::{RecoverError, Recovered, run};
