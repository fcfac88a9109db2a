//! What a user, an approver or an auditor would notice.

#![expect(
    clippy::unwrap_used,
    reason = "what is wrong here should stop the test at once"
)]

mod definitions;
mod fixture;
mod life;
mod routing;
