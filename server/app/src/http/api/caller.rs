//! The person behind a request, by the token in its `Authorization` header; and whether he may decide with it.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;

use workflow::PersonId;

use super::Api;
use crate::auth::{KeysError, TokenRefusal, Visitor, visitor};
use crate::http::Problem;
use crate::people;

impl FromRequestParts<Api> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        let checked = checked(parts, api).await?;
        let visitor = checked.map_err(|refusal| Problem::NotSignedIn(refusal.code()))?;
        still_here(api, visitor).await
    }
}

/// A person who came with a client and a scope for deciding: never a web part, whatever it was granted.
pub(super) struct Decider(pub(super) PersonId);

impl FromRequestParts<Api> for Decider {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        let visitor = match checked(parts, api).await? {
            Ok(visitor) if visitor.may_decide => visitor,
            Ok(_) | Err(TokenRefusal::Client) => return Err(Problem::Forbidden("clientMayNotDecide")),
            Err(TokenRefusal::Scope) => return Err(Problem::Forbidden("scopeDecideMissing")),
            Err(refusal) => return Err(Problem::NotSignedIn(refusal.code())),
        };
        let visitor = still_here(api, visitor).await?;
        Ok(Self(PersonId::new(visitor.person.to_string())))
    }
}

async fn checked(parts: &Parts, api: &Api) -> Result<Result<Visitor, TokenRefusal>, Problem> {
    let header = parts.headers.get(AUTHORIZATION);
    let header = header.and_then(|value| value.to_str().ok());
    let token = header
        .and_then(|value| value.strip_prefix("Bearer "))
        .ok_or(Problem::NotSignedIn("noToken"))?;
    let keys = api.keys.for_token(token).await.map_err(|error| match error {
        KeysError::Token(_) => Problem::NotSignedIn("tokenSignature"),
        KeysError::Unread(_) | KeysError::Malformed => Problem::Unavailable,
    })?;
    let now = api.service.clock.now();
    Ok(visitor(token, &keys, &api.expected(), now))
}

/// A token outlives the account for about an hour.
async fn still_here(api: &Api, visitor: Visitor) -> Result<Visitor, Problem> {
    let person = PersonId::new(visitor.person.to_string());
    match people::is_known_to_have_left(&api.service, &person).await {
        Ok(false) => Ok(visitor),
        Ok(true) => Err(Problem::NotSignedIn("left")),
        Err(error) => Err(Problem::internal(error)),
    }
}
