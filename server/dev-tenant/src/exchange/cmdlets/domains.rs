//! Get-AcceptedDomain: the domains that addresses may have.

use serde_json::{Map, Value, json};

use crate::exchange::fault::Fault;
use crate::exchange::invocation::{Done, Invocation, Outcome};

pub(super) fn get(invocation: &Invocation) -> Outcome {
    let domain = &invocation.world.names.domain;
    let asked = invocation.text("Identity");
    if let Some(other) = asked.filter(|asked| !asked.eq_ignore_ascii_case(domain)) {
        return Err(Fault::not_found(other));
    }
    let row = json!({
        "Identity": domain, "Name": domain, "DomainName": domain, "DomainType": "Authoritative",
        "Default": true, "InitialDomain": true,
    });
    let row: Map<String, Value> = row.as_object().cloned().unwrap_or_default();
    Ok(Done::rows(vec![row]))
}
