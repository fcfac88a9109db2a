//! The principal of the tenant's SPFx web parts, on whose behalf SharePoint obtains tokens for them.

use super::client;
use super::delegated;
use super::fault::Fault;
use super::person;
use super::scope::{Wish, granted};
use crate::directory::{AppId, ObjectId};
use crate::world::World;

/// Display name by which every tenant knows that principal; its application id differs from tenant to tenant.
pub const PRINCIPAL_NAME: &str = "SharePoint Online Client Extensibility Web Application Principal";

/// `spfx3rdPartyServicePrincipalId` of the page context; `None` when the tenant has no such principal.
pub fn principal(world: &World) -> Option<AppId> {
    let tenant = world.tenant();
    let mut apps = tenant.directory.apps.values();
    apps.find(|app| app.display_name == PRINCIPAL_NAME)
        .map(|app| app.app_id)
}

/// A delegated token for `resource` with every scope that was granted to web parts.
pub fn obo_token(world: &World, person: ObjectId, resource: &str) -> Result<String, Fault> {
    let user = person::enabled(world, person)?;
    let id = principal(world).ok_or_else(|| Fault::unknown_client(world, PRINCIPAL_NAME))?;
    let client = client::find(world, &id.0.to_string())?;
    let wish = Wish::everything(world, resource)?;
    let scopes = granted(world, &client, &wish)?;
    delegated::mint(world, &user, &client, &wish, &scopes, None)
}
