//! Authorization codes.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::authorize::asked::{Asked, Challenge};
use super::authorize::destination::Destination;
use super::authorize::sign_in::SignedIn;
use super::fault::Fault;
use super::ticket::{self, Kind};
use crate::directory::AppId;
use crate::world::World;

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Code {
    pub(crate) id: Uuid,
    pub(crate) client: AppId,
    pub(crate) redirect_uri: String,
    pub(crate) session: SignedIn,
    pub(crate) scope: String,
    pub(crate) nonce: Option<String>,
    pub(crate) challenge: Option<Challenge>,
}

impl Code {
    pub(crate) fn issue(
        world: &World,
        to: &Destination,
        asked: &Asked,
        session: &SignedIn,
    ) -> Result<String, Fault> {
        let code = Self {
            id: world.tenant().ids.uuid(),
            client: to.client.id,
            redirect_uri: to.redirect_uri.clone(),
            session: session.clone(),
            scope: asked.scope.clone(),
            nonce: asked.nonce.clone(),
            challenge: asked.challenge.clone(),
        };
        ticket::seal(world, Kind::Code, &code)
    }
}
