//! Authorization codes handed in.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openssl::sha::sha256;
use serde_json::Value;

use super::person_tokens::{Earned, issue};
use super::proof::prove_if_confidential;
use crate::call::Call;
use crate::entra::authorize::asked::Challenge;
use crate::entra::client;
use crate::entra::code::Code;
use crate::entra::fault::Fault;
use crate::entra::parameters::Parameters;
use crate::entra::ticket::{self, Distrust, Kind};
use crate::world::World;

pub(crate) fn redeem(world: &World, call: &Call, form: &Parameters) -> Result<Value, Fault> {
    let client = client::find(world, form.need("client_id")?)?;
    let credential = prove_if_confidential(world, call, form, &client)?;
    let code: Code = ticket::open(world, Kind::Code, form.need("code")?)
        .map_err(distrusted)?
        .body;
    if code.client != client.id {
        return Err(distrusted(Distrust::Forged));
    }
    same_address(&code, form.need("redirect_uri")?)?;
    verify(&code, form.get("code_verifier"), credential.is_none())?;
    if !world.spent_codes.spend(code.id, world.clock.now()) {
        let text = "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.";
        return Err(Fault::grant(54005, text));
    }
    let earned = Earned {
        client: &client,
        credential,
        session: &code.session,
        scope: form.get("scope").unwrap_or(&code.scope),
        nonce: code.nonce.as_deref(),
    };
    issue(world, &earned)
}

fn distrusted(why: Distrust) -> Fault {
    match why {
        Distrust::Forged => Fault::grant(70000, "The provided value for the 'code' parameter is not valid."),
        Distrust::Expired => Fault::grant(
            70008,
            "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.",
        ),
    }
}

fn same_address(code: &Code, given: &str) -> Result<(), Fault> {
    if code.redirect_uri == given {
        return Ok(());
    }
    let text = format!(
        "The reply address '{given}' does not match the reply address '{}' provided when requesting Authorization code.",
        code.redirect_uri
    );
    Err(Fault::grant(500_112, text))
}

/// Proof Key for Code Exchange: public clients cannot do without.
fn verify(code: &Code, verifier: Option<&str>, public: bool) -> Result<(), Fault> {
    let (expected, shown) = match (&code.challenge, verifier) {
        (None, _) if public => {
            let text =
                "Proof Key for Code Exchange is required for cross-origin authorization code redemption.";
            return Err(Fault::new(400, "invalid_request", 9_002_325, text));
        }
        (None, _) => return Ok(()),
        (Some(Challenge::S256(expected)), Some(verifier)) => {
            (expected, URL_SAFE_NO_PAD.encode(sha256(verifier.as_bytes())))
        }
        (Some(Challenge::Plain(expected)), Some(verifier)) => (expected, verifier.to_owned()),
        (Some(_), None) => return Err(Fault::missing("code_verifier")),
    };
    let same = expected.len() == shown.len() && openssl::memcmp::eq(expected.as_bytes(), shown.as_bytes());
    if same {
        return Ok(());
    }
    let text = "The Code_Verifier does not match the code_challenge supplied in the authorization request.";
    Err(Fault::grant(501_481, text))
}
