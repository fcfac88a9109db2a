//! Our mark on an account that we made.
//!
//! An extension attribute is writable for accounts that were never synced from on-premises, and comes with the
//! creation itself, so that an account without it is somebody else's. Extension attribute 15 is ours.

use serde_json::{Map, Value, json};

/// The complex property of Graph's `user` that holds the extension attributes.
pub(crate) const HOLDER: &str = "onPremisesExtensionAttributes";
pub(crate) const PROPERTY: &str = "extensionAttribute15";

/// The mark of an application.
pub(crate) fn of(application: &str) -> String {
    format!("provisioning-flow:{application}")
}

pub(crate) fn put(into: &mut Map<String, Value>, mark: &str) {
    into.insert(HOLDER.to_owned(), json!({ PROPERTY: mark }));
}

/// The mark that an account carries.
pub(crate) fn read(attributes: &Map<String, Value>) -> Option<&str> {
    attributes.get(HOLDER)?.get(PROPERTY)?.as_str()
}
