//! Get-Recipient: whether a name or an address is known. What is not found is an error, not an empty list.

use crate::exchange::invocation::{Invocation, Outcome};
use crate::exchange::reading;
use crate::exchange::recipient;

pub(super) fn get(invocation: &Invocation) -> Outcome {
    reading::list(invocation, recipient::any)
}
