//! The two things that the page posts. Neither goes out: a job sets the password.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use store::{Handover, HandoverState, StoreError, Tx, transaction};
use uuid::Uuid;
use workflow::PersonId;

use super::{reader, token};
use crate::handover::{Sealed, account_of, check_key};
use crate::http::Problem;
use crate::http::cookie::same;
use crate::http::sign_in::{Session, session};
use crate::jobs::{JobError, Task};
use crate::service::Service;

#[derive(Deserialize)]
pub(super) struct Wish {
    /// The browser's public key: SubjectPublicKeyInfo in base64.
    key: String,
}

#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "lowercase")]
pub(super) enum Answer {
    /// Nothing is under way.
    Waiting,
    Asked,
    Ready {
        ciphertext: String,
    },
}

/// Asks for a fresh password, encrypted to this key. Asking again replaces the key.
pub(super) async fn ask(
    State(service): State<Arc<Service>>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Json(wish): Json<Wish>,
) -> Result<Json<Answer>, Problem> {
    let session = admitted(&service, id, &headers).await?;
    let unfit = || Problem::BadInput {
        code: "publicKey",
        field: "key",
        remedy: "send an RSA public key of 2048 to 4096 bits as SubjectPublicKeyInfo in base64".into(),
    };
    let public_key = STANDARD.decode(wish.key).map_err(|_| unfit())?;
    check_key(&public_key).map_err(|_| unfit())?;
    let asked = HandoverState::Asked { public_key };
    let done: Result<bool, JobError> = transaction!(service.store.write(&service.tenant), tx => {
        let Some(handover) = find(tx, &service, id, &session).await? else { return Ok(false) };
        let Some(account) = account_of(tx, &service, &handover).await? else { return Ok(false) };
        tx.move_handover(&handover, &asked).await?;
        let manager = PersonId::new(session.person.to_string());
        let task = Task::Password { handover: id, manager, account };
        tx.enqueue(&task.job(service.now())?).await?;
        Ok(true)
    });
    if done.map_err(Problem::internal)? {
        Ok(Json(Answer::Asked))
    } else {
        Err(Problem::NotFound)
    }
}

/// What came of it. A ciphertext is given once.
pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Json<Answer>, Problem> {
    let session = admitted(&service, id, &headers).await?;
    let now = service.now();
    let answer: Result<Option<Answer>, StoreError> = transaction!(service.store.write(&service.tenant), tx => {
        let Some(handover) = find(tx, &service, id, &session).await? else { return Ok(None) };
        let HandoverState::Ready { ciphertext } = &handover.state else {
            let waits = handover.state == HandoverState::Waiting;
            return Ok(Some(if waits { Answer::Waiting } else { Answer::Asked }));
        };
        tx.move_handover(&handover, &HandoverState::Waiting).await?;
        let sealed = Sealed::read(ciphertext).filter(|sealed| now < sealed.until);
        Ok(Some(sealed.map_or(Answer::Waiting, |sealed| Answer::Ready {
            ciphertext: STANDARD.encode(sealed.ciphertext),
        })))
    });
    answer
        .map_err(Problem::internal)?
        .map(Json)
        .ok_or(Problem::NotFound)
}

async fn find(
    tx: &mut Tx,
    service: &Service,
    id: Uuid,
    session: &Session,
) -> Result<Option<Handover>, StoreError> {
    tx.handover(&id.to_string(), &reader(session), service.now())
        .await
}

/// Signed in, on our own page: its token, and no other origin.
async fn admitted(service: &Service, id: Uuid, headers: &HeaderMap) -> Result<Session, Problem> {
    let session = session(service, headers)
        .await?
        .ok_or(Problem::NotSignedIn("session"))?;
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let ours = service.config.server.public_url.origin().ascii_serialization();
    let foreign = text(header::ORIGIN.as_str()).is_some_and(|origin| origin != ours);
    let given = text("x-handover-token").unwrap_or_default();
    if foreign || !same(given, &token(service, id, &session)?) {
        return Err(Problem::Forbidden("token"));
    }
    Ok(session)
}
