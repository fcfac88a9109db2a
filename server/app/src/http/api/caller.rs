//! The person behind a request, by the token in its `Authorization` header.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;

use workflow::PersonId;

use super::Api;
use crate::auth::{KeysError, Visitor, visitor};
use crate::http::Problem;
use crate::people;

impl FromRequestParts<Api> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        let header = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        let token = header
            .and_then(|value| value.strip_prefix("Bearer "))
            .ok_or(Problem::NotSignedIn("noToken"))?;
        let keys = api.keys.for_token(token).await.map_err(|error| match error {
            KeysError::Token(_) => Problem::NotSignedIn("tokenSignature"),
            KeysError::Unread(_) | KeysError::Malformed => Problem::Unavailable,
        })?;
        let visitor = visitor(token, &keys, &api.expected(), api.service.clock.now())
            .map_err(|refusal| Problem::NotSignedIn(refusal.code()))?;
        // A token outlives the account for about an hour.
        let person = PersonId::new(visitor.person.to_string());
        match people::is_known_to_have_left(&api.service, &person).await {
            Ok(false) => Ok(visitor),
            Ok(true) => Err(Problem::NotSignedIn("left")),
            Err(error) => Err(Problem::internal(error)),
        }
    }
}
