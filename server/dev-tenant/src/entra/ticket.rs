//! Signed tickets: what is handed to a browser and must be believable when it comes back.

use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::fault::Fault;
use super::jws::Jws;
use crate::world::World;

/// What a ticket is good for; none passes for another, nor for a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An authorization request on its way through the sign-in pages.
    Request,
    /// The session cookie of the login host.
    SignIn,
    /// A browser that SharePoint sent to sign in.
    Nonce,
    /// Where SharePoint sends that browser afterwards.
    State,
    /// The session cookie of a SharePoint host.
    FedAuth,
    Code,
    Refresh,
    /// What an administrator is asked to consent to.
    Consent,
}

impl Kind {
    const fn audience(self) -> &'static str {
        match self {
            Self::Request => "urn:ticket:request",
            Self::SignIn => "urn:ticket:sign-in",
            Self::Nonce => "urn:ticket:nonce",
            Self::State => "urn:ticket:state",
            Self::FedAuth => "urn:ticket:fedauth",
            Self::Code => "urn:ticket:code",
            Self::Refresh => "urn:ticket:refresh",
            Self::Consent => "urn:ticket:consent",
        }
    }

    /// Hours for pages, five days for `FedAuth` (SharePoint's default), ten minutes for a code and ninety
    /// days for a refresh token (Microsoft identity platform, "Refresh tokens").
    const fn life(self) -> SignedDuration {
        match self {
            Self::Request | Self::Nonce | Self::State | Self::Consent => SignedDuration::from_hours(1),
            Self::SignIn => SignedDuration::from_hours(24),
            Self::FedAuth => SignedDuration::from_hours(5 * 24),
            Self::Code => SignedDuration::from_mins(10),
            Self::Refresh => SignedDuration::from_hours(90 * 24),
        }
    }
}

/// A believed ticket.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Ticket<T> {
    pub(crate) at: Timestamp,
    pub(crate) body: T,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Distrust {
    /// Not a ticket of this kind that this tenant signed.
    Forged,
    Expired,
}

pub(crate) fn seal<T: Serialize>(world: &World, kind: Kind, body: &T) -> Result<String, Fault> {
    let key = world.signing_key().ok_or_else(Fault::ours)?;
    let claims = json!({"aud": kind.audience(), "at": world.clock.now(), "body": body});
    key.sign(&claims).map_err(|_| Fault::ours())
}

pub(crate) fn open<T: DeserializeOwned>(
    world: &World,
    kind: Kind,
    text: &str,
) -> Result<Ticket<T>, Distrust> {
    let jws = Jws::parse(text).ok_or(Distrust::Forged)?;
    let key = world.signing_key().ok_or(Distrust::Forged)?;
    let ours = jws.header["alg"] == "RS256"
        && jws.text("aud") == kind.audience()
        && key.verifies(jws.input.as_bytes(), &jws.signature);
    if !ours {
        return Err(Distrust::Forged);
    }
    let ticket: Ticket<T> = serde_json::from_value(jws.claims).map_err(|_| Distrust::Forged)?;
    if world.clock.now().duration_since(ticket.at) >= kind.life() {
        return Err(Distrust::Expired);
    }
    Ok(ticket)
}
