//! Who may read an application: whoever is in its access set, by object id.

use store::ApplicationRow;
use workflow::{Application, PersonId, PrincipalRef, access};

use crate::http::Problem;

pub(super) fn may_read(row: &ApplicationRow, person: &PersonId) -> Result<bool, Problem> {
    let application = serde_json::from_value(row.state.clone()).map_err(Problem::internal)?;
    Ok(is_reader(&application, person))
}

pub(super) fn is_reader(application: &Application, person: &PersonId) -> bool {
    let person = PrincipalRef::Person(person.clone());
    access(application).iter().any(|(who, _)| *who == person)
}
