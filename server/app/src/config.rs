//! The configuration file: TOML, unknown keys refused, secrets by file path.

mod credentials;
mod load;
mod naming;
mod sections;

pub use credentials::{Automatic, Credentials, Federation, KeySource, Renewing};
pub use load::{ConfigError, load};
pub use naming::{Naming, Pattern};
pub use sections::{
    App, Attachments, Config, Database, Evidence, Farm, Language, Mail, Network, Nightly, Organisation,
    People, SHAREPOINT_MAX_MB, Scopes, Server, Site, Tenant, Timing, Tls,
};
