//! Which app may run which cmdlet: the app role opens the door, a directory role of its principal says how far.

use super::fault::Fault;
use crate::caller::{AppCaller, Caller};

/// The application permissions of the resource "Office 365 Exchange Online": for all cmdlets, and for the documented
/// interface.
const CMDLETS: &str = "Exchange.ManageAsApp";
const DOCUMENTED: &str = "Exchange.ManageAsAppV2";
/// Directory roles by template id (Microsoft Entra built-in roles).
const EXCHANGE_ADMINISTRATOR: &str = "29232cdf-9323-42fd-ade2-1d097af3e4de";
const GLOBAL_ADMINISTRATOR: &str = "62e90394-69f5-4237-9190-012177145e10";
const RECIPIENT_ADMINISTRATOR: &str = "31392ffb-586c-42d1-9346-e59415a2cc4e";

/// The app of a call that may run cmdlets at all. People's sessions are not modelled.
pub(super) fn app<'c>(caller: &'c Caller, path: &str) -> Result<&'c AppCaller, Fault> {
    let needed = if path.starts_with("/adminapi/v2.0/") {
        DOCUMENTED
    } else {
        CMDLETS
    };
    match caller {
        Caller::App(app) if app.roles.iter().any(|role| role == needed) => Ok(app),
        Caller::App(_) => Err(Fault::Forbidden),
        Caller::Person(_) => Err(Fault::NotModelled("people who run cmdlets".to_owned())),
    }
}

/// Whether the roles of its token let the app run a cmdlet. `creates`: it makes a mailbox or a group, which is more
/// than the switch lets a Recipient Administrator do.
pub(super) fn may_run(
    app: &AppCaller,
    creates: bool,
    recipient_administrator_creates: bool,
) -> Result<(), Fault> {
    let holds = |template: &str| app.wids.iter().any(|wid| wid == template);
    let is_administrator = holds(EXCHANGE_ADMINISTRATOR) || holds(GLOBAL_ADMINISTRATOR);
    let suffices = holds(RECIPIENT_ADMINISTRATOR) && (!creates || recipient_administrator_creates);
    if is_administrator || suffices {
        Ok(())
    } else {
        Err(Fault::Forbidden)
    }
}
