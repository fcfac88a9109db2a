//! `EXOModuleFile`: which cmdlets an app may run, as the PowerShell module asks for them when it connects.

use serde_json::{Value, json};

use super::admission;
use super::cmdlets::CMDLETS;
use super::fault::Fault;
use crate::call::Reply;
use crate::caller::AppCaller;
use crate::world::World;

pub(super) fn answer(world: &World, app: &AppCaller) -> Result<Reply, Fault> {
    let creates = world.tenant().switches.exchange.recipient_administrator_creates;
    admission::may_run(app, false, creates)?;
    let allowed = CMDLETS
        .iter()
        .filter(|cmdlet| admission::may_run(app, cmdlet.creates, creates).is_ok());
    let names: Vec<Value> = allowed.map(|cmdlet| cmdlet.name.into()).collect();
    let context = format!(
        "https://outlook.office365.com/adminapi/v1.0/{}/$metadata#EXOModuleFile",
        world.names.id
    );
    Ok(Reply::json(
        200,
        &json!({"@odata.context": context, "value": [{"exportedCmdlets@odata.type": "#Collection(String)", "exportedCmdlets": names}]}),
    ))
}
