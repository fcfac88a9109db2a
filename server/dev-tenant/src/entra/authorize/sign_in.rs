//! Who is signed in at this browser: the session cookie of the login host.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::call::{Call, Reply};
use crate::directory::{ObjectId, User};
use crate::entra::fault::Fault;
use crate::entra::ticket::{self, Kind};
use crate::entra::{cookie, person};
use crate::world::World;

pub(crate) const COOKIE: &str = "ESTSAUTH";

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SignedIn {
    pub(crate) person: ObjectId,
    /// Names the session in tokens (`sid`, `session_state`).
    pub(crate) sid: Uuid,
    /// When the person proved who he is.
    pub(crate) at: Timestamp,
}

impl SignedIn {
    pub(crate) fn begin(world: &World, user: &User) -> Self {
        Self {
            person: user.id,
            sid: world.tenant().ids.uuid(),
            at: world.clock.now(),
        }
    }

    /// The session, if its person is still there, not blocked, and was not signed out everywhere since.
    pub(crate) fn of(world: &World, call: &Call) -> Option<(Self, User)> {
        let text = cookie::read(call, COOKIE)?;
        let session: Self = ticket::open(world, Kind::SignIn, text).ok()?.body;
        let user = person::still(world, session.person, session.at).ok()?;
        Some((session, user))
    }

    pub(crate) fn remember(&self, world: &World, reply: Reply) -> Result<Reply, Fault> {
        let text = ticket::seal(world, Kind::SignIn, self)?;
        Ok(cookie::set(reply, COOKIE, &text))
    }
}
