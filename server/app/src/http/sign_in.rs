//! Signing in at our own pages: authorization code, PKCE, nonce and state. Redeeming the code is the one question
//! that a handler puts to Entra itself: the browser waits for it, and it touches nothing in the tenant.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use m365::SignInRequest;
use openssl::sha::sha256;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;
use workflow::PersonId;

use super::Problem;
use super::cookie::{Cookie, same};
use super::counter::{Counter, LONGEST_WAIT};
use super::page::{Language, Notice, notice};
use crate::auth::{self, Expected, SigningKeys};
use crate::config::Config;
use crate::people;
use crate::service::Service;

const PATH: &str = "/sign-in";
/// Time to sign in at Entra.
const STARTED: Cookie = Cookie {
    name: "__Host-pf-sign-in",
    life: SignedDuration::from_mins(10),
};
/// Time to act on our pages.
const SESSION: Cookie = Cookie {
    name: "__Host-pf-session",
    life: SignedDuration::from_mins(30),
};

/// Who is signed in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Session {
    pub(super) person: Uuid,
}

/// What has to come back from Entra, and where the person wanted to go.
#[derive(Serialize, Deserialize)]
struct Started {
    state: String,
    nonce: String,
    verifier: String,
    /// A path of ours.
    to: String,
}

#[derive(Deserialize)]
struct Returned {
    /// Comes back in place of a code when an administrator consented for the tenant.
    admin_consent: Option<String>,
    code: Option<String>,
    state: Option<String>,
}

#[derive(Clone)]
struct SignIn {
    service: Arc<Service>,
    keys: SigningKeys,
    counter: Counter,
}

pub(super) fn routes(service: &Arc<Service>) -> Router {
    let state = SignIn {
        service: Arc::clone(service),
        keys: SigningKeys::new(service.microsoft.clone()),
        counter: Counter::new(LONGEST_WAIT),
    };
    Router::new().route(PATH, get(finish)).with_state(state)
}

/// The person behind the session cookie, unless our copy says that he has left: the cookie outlives the account.
pub(super) async fn session(service: &Service, headers: &HeaderMap) -> Result<Option<Session>, Problem> {
    let Some(session): Option<Session> = SESSION.read(service, headers)? else {
        return Ok(None);
    };
    let has_left = has_left(service, session.person).await?;
    Ok((!has_left).then_some(session))
}

async fn has_left(service: &Service, person: Uuid) -> Result<bool, Problem> {
    let person = PersonId::new(person.to_string());
    let has_left = people::is_known_to_have_left(service, &person).await;
    has_left.map_err(Problem::internal)
}

/// Forgets who is signed in, so that the next visit may be another account's.
pub(super) fn forget(mut response: Response) -> Result<Response, Problem> {
    response
        .headers_mut()
        .append(header::SET_COOKIE, SESSION.clear()?);
    Ok(response)
}

/// Sends the browser to Entra; afterwards it comes back to the path `to`.
pub(super) fn start(service: &Service, to: &str) -> Result<Response, Problem> {
    let started = Started {
        state: random()?,
        nonce: random()?,
        verifier: random()?,
        to: to.to_owned(),
    };
    let request = SignInRequest {
        redirect: &redirect(&service.config).map_err(Problem::internal)?,
        state: &started.state,
        nonce: &started.nonce,
        challenge: &URL_SAFE_NO_PAD.encode(sha256(started.verifier.as_bytes())),
    };
    let url = service
        .microsoft
        .sign_in_url(&request)
        .map_err(Problem::internal)?;
    let cookie = STARTED.set(service, &started)?;
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(url.as_str())).into_response())
}

async fn finish(
    State(SignIn {
        service,
        keys,
        counter,
    }): State<SignIn>,
    Query(returned): Query<Returned>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let language = Language::of(&headers);
    let refused = || notice(StatusCode::FORBIDDEN, Notice::NotSignedIn, language);
    // Nothing follows from it here: whoever runs `setup app` asks Entra itself.
    if returned
        .admin_consent
        .is_some_and(|said| said.eq_ignore_ascii_case("true"))
    {
        return notice(StatusCode::OK, Notice::Consented, language);
    }
    let started: Option<Started> = STARTED.read(&service, &headers)?;
    let (Some(started), Some(state), Some(code)) = (started, returned.state, returned.code) else {
        return refused();
    };
    if !same(&state, &started.state) {
        return refused();
    }
    let Some(_served) = counter.come(&started.state).await? else {
        return refused();
    };
    let person = match who(&service, &keys, &code, &started).await {
        // A session that counts for nothing would only lead back to Entra, and round again.
        Ok(person) if has_left(&service, person).await? => return refused(),
        Ok(person) => person,
        Err(why) => {
            tracing::warn!(why, "a sign-in was refused");
            return refused();
        }
    };
    let cookies = [
        (header::SET_COOKIE, SESSION.set(&service, Session { person })?),
        (header::SET_COOKIE, STARTED.clear()?),
    ];
    let mut response = Redirect::to(&started.to).into_response();
    response.headers_mut().extend(cookies);
    Ok(response)
}

/// The person that Entra vouches for, or a word for the log.
async fn who(service: &Service, keys: &SigningKeys, code: &str, started: &Started) -> Result<Uuid, String> {
    let redirect = redirect(&service.config).map_err(|error| error.to_string())?;
    let redeemed = service
        .microsoft
        .redeem_code(code, &redirect, &started.verifier)
        .await;
    let token = redeemed.map_err(|error| error.to_string())?;
    let token = token.expose_secret();
    let keys = keys.for_token(token).await.map_err(|error| error.to_string())?;
    let expected = Expected {
        tenant: service.config.tenant.id,
        client_id: service.config.app.client_id,
        allowed_clients: Vec::new(),
        deciding_clients: Vec::new(),
    };
    let signed_in = auth::sign_in(token, &keys, &expected, &started.nonce, service.now());
    signed_in
        .map(|signed_in| signed_in.person)
        .map_err(|refusal| refusal.code().to_owned())
}

/// Where Entra sends browsers back to: the redirect address of the registration.
pub(crate) fn redirect(config: &Config) -> Result<Url, url::ParseError> {
    config.server.public_url.join(PATH)
}

/// 32 random bytes as text.
pub(super) fn random() -> Result<String, Problem> {
    let mut bytes = [0; 32];
    openssl::rand::rand_bytes(&mut bytes).map_err(Problem::internal)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::browser::Browser;
    use crate::testing::{Directory, MANAGER, TestService};

    #[tokio::test]
    async fn whoever_comes_back_from_a_consent_is_told_what_comes_next_and_is_not_signed_in() {
        let directory = Directory::start().await;
        let test = TestService::with(&directory).await;
        let mut browser = Browser::of(&test.service, &directory, MANAGER);
        let back = browser
            .open("/sign-in?admin_consent=True&tenant=t&state=setup-app")
            .await;
        assert!(back.status == StatusCode::OK && back.body.contains("setup app"));
        assert!(browser.cookies.is_empty());
        let refused = browser
            .open("/sign-in?error=permission_denied&state=setup-app")
            .await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
}
