//! SharePoint Server, as a high-trust add-in meets it.

mod add_in;
mod events;
mod manifests;
mod tokens;
