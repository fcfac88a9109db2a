//! Being busy, in each service's own words.

use serde_json::json;

use super::rule::Kind;
use crate::call::{Call, Reply};
use crate::shell::dispatch::Service;
use crate::world::World;

/// The refusal that a kind of fault amounts to; `None` when it is none.
pub(in crate::shell) fn of(world: &World, service: Service, call: &Call, kind: &Kind) -> Option<Reply> {
    match kind {
        Kind::Throttle { retry_after } => Some(throttled(world, service, call, retry_after)),
        Kind::Unavailable => Some(unavailable(service)),
        Kind::Transient { exception } => (service == Service::Exchange).then(|| transient(exception)),
        Kind::ResetBefore | Kind::ResetAfter | Kind::Slow { .. } => None,
    }
}

/// 429. Microsoft Graph's body is that of "Microsoft Graph throttling guidance".
fn throttled(world: &World, service: Service, call: &Call, retry_after: &str) -> Reply {
    let reply = if service == Service::Graph {
        let inner = json!({
            "code": "429",
            "status": "429",
            "message": "Please retry after",
            "date": world.clock.now().strftime("%Y-%m-%dT%H:%M:%S").to_string(),
            "request-id": call.request_id,
        });
        let error =
            json!({"code": "TooManyRequests", "innerError": inner, "message": "Please retry again later."});
        Reply::json(429, &json!({ "error": error }))
    } else {
        Reply::text(429, "text/plain; charset=utf-8", "429 TOO MANY REQUESTS")
    };
    reply
        .with("Retry-After", retry_after)
        .with("request-id", call.request_id.to_string())
}

/// 400 of a server that was busy or moved away.
fn transient(exception: &str) -> Reply {
    let message = format!(
        "|Microsoft.Exchange.Configuration.Tasks.{exception}|{exception}: The request could not be carried out at this moment. Please try again later."
    );
    let details = json!([{"code": "Client", "target": "", "message": message}]);
    let error = json!({"code": "BadRequest", "message": "Error executing cmdlet", "details": details});
    Reply::json(400, &json!({ "error": error }))
}

/// 503 without `Retry-After`: the caller must find a pause of its own.
fn unavailable(service: Service) -> Reply {
    if service == Service::Graph {
        let error =
            json!({"code": "serviceNotAvailable", "message": "The service is temporarily unavailable."});
        return Reply::json(503, &json!({ "error": error }));
    }
    Reply::text(503, "text/html; charset=utf-8", "<h1>Service Unavailable</h1>")
}
