//! `provisioning-flow setup app`: from an empty folder to an app that Microsoft 365 lets in. What stands already is read
//! first; each run does what the service may do itself and names the next thing that an administrator has to do.

mod certificate;
mod consent;
mod grant_request;
mod installation;
mod next;
mod next_words;
mod site_grant;
mod standing;
mod words;

pub(crate) use certificate::{Certificate, ensure as ensure_certificate};
pub(crate) use consent::link as consent_link;
pub(crate) use installation::open as open_installation;
pub(crate) use next::{Missing, Next};
pub(crate) use next_words::next_words;
pub(crate) use site_grant::write as write_grant;
pub(crate) use standing::look;
pub(crate) use words::{certificate_words, consent_words, grant_words, permissions_title};

/// What people call the app: `displayName` in `manifests/entra-app.json`.
const NAME: &str = "Provisioning Flow";

#[cfg(test)]
mod tests;
