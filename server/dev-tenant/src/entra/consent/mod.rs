//! The admin consent endpoint: an administrator gives an app the application permissions that its registration asks for
//! ("Admin consent on the Microsoft identity platform").

mod asked;
mod decision;
mod page;

use super::authorize::{choose, refused};
use super::fault::Fault;
use super::parameters::Parameters;
use crate::call::{Call, Reply};
use crate::directory::{ObjectId, User};
use crate::world::World;
use asked::Asked;

pub(crate) use decision::answer as decide;

/// Marks a request on its way through the sign-in pages.
const MARK: &str = "admin_consent_request";
/// Directory roles that may consent to application permissions for the tenant, by their template ids ("Microsoft Entra
/// built-in roles": Global Administrator, Privileged Role Administrator).
const CONSENTING: [u128; 2] = [
    0x62e9_0394_69f5_4237_9190_0121_7714_5e10,
    0xe861_1ab8_c189_46e8_94e1_6021_3ab1_f814,
];

/// Answers the first request of a round trip: whoever is signed in, it is asked who consents.
pub(crate) fn answer(world: &World, call: &Call) -> Reply {
    let mut parameters = Parameters::of(call);
    parameters.put(MARK, "1".to_owned());
    Asked::read(world, &parameters)
        .and_then(|_| choose(world, call, &parameters.encode(), "", None))
        .unwrap_or_else(|fault| refused(world, call, &fault))
}

pub(crate) fn is_asked(parameters: &Parameters) -> bool {
    parameters.get(MARK).is_some()
}

/// Shows somebody who has just signed in what he would consent to.
pub(crate) fn show(world: &World, call: &Call, parameters: &Parameters, user: &User) -> Reply {
    may_consent(world, user.id)
        .and_then(|()| Asked::read(world, parameters))
        .and_then(|asked| page::show(world, call, (parameters, &asked), user))
        .unwrap_or_else(|fault| refused(world, call, &fault))
}

fn may_consent(world: &World, person: ObjectId) -> Result<(), Fault> {
    let tenant = world.tenant();
    let held = tenant.directory.roles.get(&person);
    let may = held.is_some_and(|held| held.iter().any(|role| CONSENTING.contains(&role.as_u128())));
    if may {
        return Ok(());
    }
    let text = "The app needs permission to access resources in your organization that only an admin can grant. Please ask an admin to grant permission to this app before you can use it.";
    Err(Fault::new(400, "access_denied", 90094, text))
}
