//! SharePoint Server, as a high-trust add-in meets it.

mod add_in;
mod borders;
mod events;
mod manifests;
mod tokens;
