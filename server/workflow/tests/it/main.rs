//! What a user, an approver or an auditor would notice.

#![expect(
    clippy::unwrap_used,
    reason = "what is wrong here should stop the test at once"
)]

mod attendance;
mod calendars;
mod counting;
mod deadlines;
mod definitions;
mod evidence;
mod fixture;
mod histories;
mod holidays;
mod inbox;
mod judging;
mod life;
mod routing;
mod table;
