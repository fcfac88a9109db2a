//! The good answer: a code, an id token, or both.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openssl::sha::sha256;
use serde_json::json;

use super::asked::Asked;
use super::destination::Destination;
use super::sign_in::SignedIn;
use crate::call::{Call, Reply};
use crate::directory::User;
use crate::entra::code::Code;
use crate::entra::fault::Fault;
use crate::entra::id_token::{self, About};
use crate::entra::person;
use crate::world::World;

pub(super) fn success(
    world: &World,
    call: &Call,
    to: &Destination,
    asked: &Asked,
    session: &SignedIn,
    user: &User,
) -> Result<Reply, Fault> {
    person::enabled(world, user.id)?;
    let mut answer = Vec::new();
    let code = asked
        .code
        .then(|| Code::issue(world, to, asked, session))
        .transpose()?;
    let hash = code.as_deref().map(half_hash);
    answer.extend(code.map(|code| ("code", code)));
    if asked.id_token {
        let about = About {
            client: to.client.id,
            session,
            scope: &asked.scope,
            nonce: asked.nonce.as_deref(),
            c_hash: hash.as_deref(),
        };
        answer.push(("id_token", id_token::mint(world, user, &about)?));
    }
    if asked.client_info {
        answer.push(("client_info", client_info(world, user)));
    }
    answer.push(("session_state", session.sid.to_string()));
    Ok(to.deliver(call, answer))
}

/// What MSAL knows an account by.
pub(crate) fn client_info(world: &World, user: &User) -> String {
    let info = json!({"uid": user.id, "utid": world.names.id});
    URL_SAFE_NO_PAD.encode(info.to_string())
}

/// `c_hash` of `OpenID` Connect Core, 3.3.2.11.
fn half_hash(code: &str) -> String {
    URL_SAFE_NO_PAD.encode(&sha256(code.as_bytes())[..16])
}
