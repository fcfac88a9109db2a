//! The configuration file: TOML, unknown keys refused, secrets by file path.

mod actions;
mod credentials;
mod deletions;
mod expiries;
mod federation;
mod licences;
mod load;
mod naming;
mod sections;

pub use actions::Destination;
pub use credentials::{Automatic, Credentials, KeySource, Renewing};
pub use deletions::Deletions;
pub use expiries::OwnExpiry;
pub use federation::Federation;
pub use licences::Licences;
pub use load::{ConfigError, load};
pub use naming::{Naming, Pattern};
pub use sections::{
    App, Attachments, Config, Database, Evidence, Farm, Language, Mail, Network, Nightly, Organisation,
    People, SHAREPOINT_MAX_MB, Scopes, Server, Site, Tenant, Timing, Tls,
};
