//! The configuration file: TOML, unknown keys refused, secrets by file path.

mod load;
mod sections;

pub use load::{ConfigError, load};
pub use sections::{
    App, Config, Database, Evidence, Farm, Language, Mail, Network, Nightly, People, Scopes, Server, Site,
    Tenant, Timing, Tls,
};
