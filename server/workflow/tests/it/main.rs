//! What a user, an approver or an auditor would notice.

mod definitions;
mod fixture;
mod life;
mod routing;
