//! outlook.office365.com: the interface behind the Exchange Online PowerShell module, as far as the reference
//! documents it (graph-exchange-api.md 4). Cmdlets come by `InvokeCommand`; people and groups are the directory's own.

mod addressing;
mod admission;
mod authorization;
mod batch;
mod cmdlets;
mod documented;
mod door;
mod fault;
mod invocation;
mod module_file;
mod page;
mod parameter;
mod reading;
mod recipient;
mod reply;
mod row;
mod state;

pub use authorization::{Assignment, Authorization};
pub(crate) use authorization::{knows, lets};
pub use batch::{operations, writes};
pub use door::answer;
pub(crate) use recipient::mailbox_is_due;
pub(crate) use state::after;
pub use state::{Exchange, Mailbox, MailboxKind, Settings};

#[cfg(test)]
mod tests;
