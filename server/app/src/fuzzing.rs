//! Doors for tests/fuzz to the readers of what comes in over HTTP.

use uuid::Uuid;

use crate::http::{hook, receiver};

/// SharePoint's notification; whether it was believed.
pub fn notification(body: &[u8], secret: &[u8]) -> bool {
    hook::lists(body, secret).is_ok()
}

/// The SOAP of a remote event receiver; the list of the event, if it is one.
pub fn remote_event(body: &[u8]) -> Option<Uuid> {
    receiver::list_of(body)
}
