//! The way of one call: pace, token, wire, verdict.

use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use secrecy::ExposeSecret;
use uuid::Uuid;

use crate::{
    ClientProof, CredentialFault, Error, Origin, Priority, Result, Service, SharePoint, Tenant, Verdict,
    call::{Answer, Call, Payload},
    clock::after,
    prove::is_about_this_proof,
    random_uuid,
    token::{Token, fault, granted},
    verdict::{judge, unanswered},
};

/// A refused call is not repeated sooner, whatever the service says.
const SHORTEST: Duration = Duration::from_secs(1);
/// A call that waits looks at the clock this often.
const GLANCE: Duration = Duration::from_millis(25);

impl Tenant {
    /// Sends with a token; after a 401 (which never has an effect) once more with a fresh one.
    pub(crate) async fn authorised(&self, call: Call) -> Result<Answer> {
        let resource =
            Origin::of(&call.url).map_err(|error| fault(CredentialFault::Refused, &error.to_string()))?;
        let token = self.token(&resource).await?;
        match self.paced(&call, Some(&token)).await {
            Err(error) if error.status == Some(401) => {
                self.inner.tokens.forget(&resource, &token).await;
                let token = self.token(&resource).await?;
                self.paced(&call, Some(&token)).await
            }
            // Exchange reads our role from the token: one that was granted since then needs another.
            Err(error) if error.status == Some(403) && call.service == Service::Exchange => {
                self.inner.tokens.forget(&resource, &token).await;
                Err(error)
            }
            result => result,
        }
    }

    pub(crate) async fn token(&self, resource: &Origin) -> Result<Token> {
        let now = || self.inner.now();
        self.inner
            .tokens
            .get(resource, now, async || self.fetch_token(resource).await)
            .await
    }

    async fn fetch_token(&self, resource: &Origin) -> Result<Token> {
        match &self.inner.sharepoint {
            SharePoint::Server(farm) if farm.is_at(resource) => self.farm_token(farm).await,
            SharePoint::Server(_) | SharePoint::Online => self.ask_entra(resource).await,
        }
    }

    /// Tries the credentials, newest first: a new one may not have spread yet, an old one may be gone.
    async fn ask_entra(&self, resource: &Origin) -> Result<Token> {
        let mut failure = fault(CredentialFault::Refused, "no credential is configured");
        for proof in self.inner.identity.proofs.now().iter() {
            match self.fetch_by(resource, proof).await {
                Err(error) if is_about_this_proof(&error) => failure = error,
                result => return result,
            }
        }
        Err(failure)
    }

    async fn fetch_by(&self, resource: &Origin, proof: &ClientProof) -> Result<Token> {
        let fields = self.prove(proof).await?;
        let now = self.inner.now();
        let call = self.inner.identity.ask(resource, &fields);
        granted(&self.paced(&call, None).await?, now)
    }

    /// Sends when pace allows it. A short pause is waited for here: a job that begins anew repeats all its reads, and
    /// they count too. Whatever takes longer is the job table's affair.
    pub(crate) async fn paced(&self, call: &Call, token: Option<&Token>) -> Result<Answer> {
        let mut patience = self.inner.patience;
        loop {
            let result = self.once(call, token).await;
            let pause = result.as_ref().err().and_then(Error::refused_for);
            let pause = pause.map(|pause| pause.max(SHORTEST));
            match pause.and_then(|pause| Some((pause, patience.checked_sub(pause)?))) {
                Some((pause, left)) => {
                    self.wait(pause).await;
                    patience = left;
                }
                None => return result,
            }
        }
    }

    /// The clock may be moved by others.
    async fn wait(&self, pause: Duration) {
        let until = after(self.inner.now(), pause);
        while self.inner.now() < until {
            let _ = tokio::time::timeout(GLANCE, std::future::pending::<()>()).await;
        }
    }

    /// Sends unless pace forbids it; tells the pace-keeper what the answer says.
    async fn once(&self, call: &Call, token: Option<&Token>) -> Result<Answer> {
        let priority = self.work().map_or(Priority::default(), |work| work.priority);
        let pace = self.inner.pace(call.door());
        let _permit = pace.enter(priority).await;
        let asked = pace.ask(priority, call.units(), || self.inner.now()).await;
        let outing = asked.map_err(|retry_after| held_back(call, retry_after))?;
        let result = self.wire(call, token).await;
        outing.ended(result.as_ref().err(), self.inner.now());
        result
    }

    async fn wire(&self, call: &Call, token: Option<&Token>) -> Result<Answer> {
        let correlation = self.work().map_or_else(random_uuid, |work| work.correlation);
        let request = self.request(call, token, correlation);
        let waits = waiting();
        let response = request.send().await.map_err(|error| lost(call, &error))?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = content(response, call.at_most).await;
        let now = self.inner.now();
        self.inner.pace(call.door()).observe(&headers, now);
        let result = match body {
            Ok((body, whole)) => {
                let result = self.verdict(call, status, headers, body);
                result.map(|answer| Answer { whole, ..answer })
            }
            Err(error) if status.is_success() => Err(lost(call, &error)),
            Err(_) => self.verdict(call, status, headers, Bytes::new()),
        };
        let waited = waits.elapsed();
        log(call, (correlation, waited), status, result.as_ref().err());
        result
    }

    fn request(&self, call: &Call, token: Option<&Token>, correlation: Uuid) -> reqwest::RequestBuilder {
        let client = self.inner.transport.client();
        let mut request = client
            .request(call.method.clone(), call.url.clone())
            .headers(call.headers.clone());
        if !call.headers.contains_key("client-request-id") {
            request = request.header("client-request-id", correlation.to_string());
        }
        request = request.header("return-client-request-id", "true");
        request = match &call.payload {
            Payload::Empty if call.method == http::Method::GET => request,
            Payload::Empty => request.header(header::CONTENT_LENGTH, HeaderValue::from_static("0")),
            Payload::Json(body) => request
                .header(header::CONTENT_TYPE, "application/json")
                .body(body.to_string()),
            Payload::Typed { content_type, body } => request
                .header(header::CONTENT_TYPE, *content_type)
                .body(body.clone()),
        };
        match token {
            Some(token) => request.bearer_auth(token.bearer.expose_secret()),
            None => request,
        }
    }

    fn verdict(&self, call: &Call, status: StatusCode, headers: HeaderMap, body: Bytes) -> Result<Answer> {
        if !status.is_success() && call.answered_by != Some(status) {
            let pause = self.inner.pace(call.door()).pause();
            return Err(judge(call, status, &headers, &body, self.inner.now(), pause));
        }
        Ok(Answer {
            service: call.service,
            operation: call.operation,
            needs: call.needs,
            status,
            headers,
            body,
            whole: true,
        })
    }
}

/// The body, and whether that is all of it: reading stops where it grows beyond `at_most`.
pub(crate) async fn content(
    mut response: reqwest::Response,
    at_most: Option<usize>,
) -> std::result::Result<(Bytes, bool), reqwest::Error> {
    let Some(at_most) = at_most else {
        return Ok((response.bytes().await?, true));
    };
    let announced = response.content_length().unwrap_or(0);
    if usize::try_from(announced).is_ok_and(|length| length > at_most) {
        return Ok((Bytes::new(), false));
    }
    let mut body = BytesMut::new();
    while let Some(piece) = response.chunk().await? {
        body.extend_from_slice(&piece);
        if body.len() > at_most {
            return Ok((Bytes::new(), false));
        }
    }
    Ok((body.freeze(), true))
}

/// The request reached nobody if the connection was never made; otherwise it may have.
fn lost(call: &Call, error: &reqwest::Error) -> Error {
    let sent = !(error.is_connect() || error.is_builder());
    unanswered(
        call,
        sent,
        if error.is_timeout() {
            "no answer in time"
        } else {
            "the connection was lost"
        },
    )
}

fn held_back(call: &Call, retry_after: Duration) -> Error {
    let mut error = unanswered(call, false, "not sent: pace");
    error.verdict = Verdict::Throttled { retry_after };
    error
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long a call took is told in real time, and decides nothing"
)]
fn waiting() -> Instant {
    Instant::now()
}

fn log(call: &Call, (correlation, waited): (Uuid, Duration), status: StatusCode, error: Option<&Error>) {
    let microseconds = u64::try_from(waited.as_micros()).unwrap_or(u64::MAX);
    let (service, operation, status) = (call.service, call.operation, status.as_u16());
    match error {
        None => tracing::debug!(?service, operation, status, %correlation, microseconds, "called"),
        Some(error) => {
            let (code, request) = (error.code.as_deref(), error.request_id.as_deref());
            tracing::warn!(?service, operation, status, %correlation, code, request, verdict = ?error.verdict, "refused");
        }
    }
}
