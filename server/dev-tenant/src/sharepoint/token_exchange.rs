//! `Microsoft.SharePoint.Internal.ClientSideComponent.Token.AcquireOBOToken`: SharePoint obtains the tokens of web
//! parts for other services. Seen from the SPFx runtime's own source; SharePoint's words for refusals are not known.

use serde_json::json;

use super::operations::fault::Fault;
use super::rest;
use crate::call::{Call, Reply};
use crate::caller::{Caller, Channel};
use crate::entra;
use crate::world::World;

const FUNCTION: &str = "/_api/microsoft.sharepoint.internal.clientsidecomponent.token.acquireobotoken";
/// The exception by whose name the runtime knows that a person must act.
const UI_REQUIRED: &str = "Microsoft.Identity.Client.MsalUiRequiredException";

pub(super) fn is(path: &str) -> bool {
    path.to_ascii_lowercase().ends_with(FUNCTION)
}

/// Exchanges the page's token (header `OBOToken`) for one for `resource`.
pub(super) fn answer(world: &World, caller: &Caller, call: &Call) -> Reply {
    let reply = exchange(world, caller, call).unwrap_or_else(|fault| rest::refuse(world, call, &fault));
    reply.with("Cache-Control", "no-store")
}

fn exchange(world: &World, caller: &Caller, call: &Call) -> Result<Reply, Fault> {
    let Caller::Person(person) = caller else {
        return Err(Fault::access_denied());
    };
    let shown = call.header("obotoken").unwrap_or_default();
    if person.channel != Channel::Cookie || !entra::is_exchangeable(world, person.person, shown) {
        return Err(Fault::access_denied());
    }
    let resource = resource(call).ok_or_else(|| Fault::argument("The call names no resource."))?;
    let token = entra::obo_token(world, person.person, &resource)
        .map_err(|refused| Fault::new(500, -1, UI_REQUIRED, refused.to_string()))?;
    let value = json!({"AccessToken": token}).to_string();
    Ok(Reply::json(200, &json!({"value": value})))
}

/// `resource='api://…'` of the query.
fn resource(call: &Call) -> Option<String> {
    let mut pairs = url::form_urlencoded::parse(call.query.as_bytes());
    let (_, quoted) = pairs.find(|(key, _)| key.eq_ignore_ascii_case("resource"))?;
    let inner = quoted.strip_prefix('\'')?.strip_suffix('\'')?;
    Some(inner.replace("''", "'"))
}
