//! Resource units of a call. Microsoft publishes them for Graph alone; for SharePoint's own API the pessimistic
//! reading holds: as in Graph, and every inner operation counts.

use crate::call::Call;
use crate::sharepoint::{csom, rest};

/// Reading one thing or many.
pub const READ: u32 = 1;
/// Creating, changing, deleting.
pub const WRITE: u32 = 2;
/// Everything about permissions, reading included.
pub const PERMISSION: u32 = 5;

/// Calls that read although they are POST.
const READING: [&str; 6] = [
    "/getitems",
    "/getchanges",
    "/renderlistdataasstream",
    "/getlistitemchangessincetoken",
    "/contextinfo",
    "/getuserbyid",
];
const ABOUT_PERMISSIONS: [&str; 4] = [
    "roleassignments",
    "breakroleinheritance",
    "resetroleinheritance",
    "getusereffectivepermissions",
];

/// What a call costs, 1 at least.
pub fn of_call(call: &Call) -> u32 {
    if call.path.to_ascii_lowercase().ends_with(csom::PATH) {
        return csom::cost(&call.body).max(READ);
    }
    match rest::inner_calls(call) {
        Some(calls) => calls.iter().map(of_one).sum::<u32>().max(READ),
        None => of_one(call),
    }
}

fn of_one(call: &Call) -> u32 {
    let path = call.path.to_ascii_lowercase();
    let query = call.query.to_ascii_lowercase();
    if ABOUT_PERMISSIONS
        .iter()
        .any(|part| path.contains(part) || query.contains(part))
    {
        return PERMISSION;
    }
    let reads = call.method.is_safe() || READING.iter().any(|name| path.contains(name));
    if reads { READ } else { WRITE }
}
