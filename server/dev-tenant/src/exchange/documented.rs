//! The interface that Microsoft documents (Exchange Online Admin API, preview): a few endpoints, each for few cmdlets.
//! It makes nothing and grants nothing on mailboxes but to send on behalf.

use super::fault::Fault;
use super::invocation::Invocation;

/// Endpoints with the cmdlets they take.
const ENDPOINTS: [(&str, &[&str]); 3] = [
    ("AcceptedDomain", &["Get-AcceptedDomain"]),
    ("DistributionGroupMember", &["Get-DistributionGroupMember"]),
    ("Mailbox", &["Get-Mailbox", "Set-Mailbox"]),
];
/// All that Set-Mailbox changes here.
const CHANGES: [&str; 2] = ["Identity", "GrantSendOnBehalfTo"];

/// Whether an address below `v2.0` is an endpoint.
pub(super) fn knows(endpoint: &str) -> bool {
    cmdlets(endpoint).is_some()
}

fn cmdlets(endpoint: &str) -> Option<&'static [&'static str]> {
    let mut known = ENDPOINTS.iter();
    let known = known.find(|(name, _)| name.eq_ignore_ascii_case(endpoint));
    known.map(|(_, cmdlets)| *cmdlets)
}

/// Refuses a cmdlet that the endpoint does not take, and what it would change beyond.
pub(super) fn check(endpoint: &str, invocation: &Invocation) -> Result<(), Fault> {
    let name = invocation.cmdlet.name;
    if cmdlets(endpoint).is_none_or(|taken| !taken.contains(&name)) {
        return Err(Fault::Unreadable(format!(
            "The cmdlet {name} is not supported on the endpoint {endpoint}."
        )));
    }
    let mut parameters = invocation.cmdlet.parameters.iter();
    let beyond = parameters.find(|known| !CHANGES.contains(&known.name) && invocation.has(known.name));
    match beyond.filter(|_| name.starts_with("Set-")) {
        Some(beyond) => Err(Fault::binding(format!(
            "A parameter cannot be found that matches parameter name '{}'.",
            beyond.name
        ))),
        None => Ok(()),
    }
}
