//! What a client asks the authorization endpoint for.

use serde::{Deserialize, Serialize};

use super::destination::Destination;
use crate::directory::User;
use crate::entra::fault::Fault;
use crate::entra::parameters::Parameters;
use crate::entra::person;
use crate::entra::scope;
use crate::world::World;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prompt {
    /// Only if nobody is signed in.
    WhenNeeded,
    Never,
    /// `login`, `select_account`: even if somebody is signed in.
    Always,
}

/// Proof Key for Code Exchange (RFC 7636).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Challenge {
    S256(String),
    Plain(String),
}

#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) code: bool,
    pub(crate) id_token: bool,
    pub(crate) scope: String,
    pub(crate) nonce: Option<String>,
    pub(crate) prompt: Prompt,
    pub(crate) hint: Option<String>,
    pub(crate) challenge: Option<Challenge>,
    pub(crate) client_info: bool,
}

impl Asked {
    pub(crate) fn read(world: &World, from: &Parameters, to: &Destination) -> Result<Self, Fault> {
        let (code, id_token) = response_type(from.need("response_type")?)?;
        let scope = from.need("scope")?.to_owned();
        let nonce = from.owned("nonce");
        if id_token && nonce.is_none() {
            return Err(Fault::missing("nonce"));
        }
        if code {
            let wish = scope::Wish::read(world, &scope)?;
            scope::granted(world, &to.client, &wish).map_err(Fault::asking_for_consent)?;
        }
        Ok(Self {
            code,
            id_token,
            scope,
            nonce,
            prompt: prompt(from.get("prompt"))?,
            hint: from.owned("login_hint"),
            challenge: challenge(from)?,
            client_info: from.get("client_info") == Some("1"),
        })
    }

    /// A session of somebody else than the one hinted at is no session for this request.
    pub(crate) fn may_be(&self, user: &User) -> bool {
        self.hint.as_deref().is_none_or(|hint| person::is(user, hint))
    }
}

fn response_type(text: &str) -> Result<(bool, bool), Fault> {
    let mut kinds: Vec<&str> = text.split_whitespace().collect();
    kinds.sort_unstable();
    match kinds[..] {
        ["code"] => Ok((true, false)),
        ["id_token"] => Ok((false, true)),
        ["code", "id_token"] => Ok((true, true)),
        _ => {
            let text = format!("The app returned an unsupported response type '{text}'.");
            Err(Fault::new(400, "unsupported_response_type", 70005, text))
        }
    }
}

fn prompt(text: Option<&str>) -> Result<Prompt, Fault> {
    match text {
        None | Some("consent") => Ok(Prompt::WhenNeeded),
        Some("none") => Ok(Prompt::Never),
        Some("login" | "select_account") => Ok(Prompt::Always),
        Some(other) => {
            let text = format!("Unsupported 'prompt' value '{other}'.");
            Err(Fault::new(400, "invalid_request", 90023, text))
        }
    }
}

fn challenge(from: &Parameters) -> Result<Option<Challenge>, Fault> {
    let Some(text) = from.owned("code_challenge") else {
        return Ok(None);
    };
    match from.get("code_challenge_method") {
        Some("S256") => Ok(Some(Challenge::S256(text))),
        None | Some("plain") => Ok(Some(Challenge::Plain(text))),
        Some(other) => {
            let text = format!("'{other}' is not a supported value of 'code_challenge_method'.");
            Err(Fault::new(400, "invalid_request", 90023, text))
        }
    }
}
