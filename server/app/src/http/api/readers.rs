//! Who may read an application: whoever is in its access set, by object id.

use store::ApplicationRow;
use uuid::Uuid;
use workflow::{Application, PersonId, PrincipalRef, access};

use crate::http::Problem;

pub(super) fn may_read(row: &ApplicationRow, person: Uuid) -> Result<bool, Problem> {
    let application = serde_json::from_value(row.state.clone()).map_err(Problem::internal)?;
    Ok(is_reader(&application, person))
}

pub(super) fn is_reader(application: &Application, person: Uuid) -> bool {
    let person = PrincipalRef::Person(PersonId::new(person.to_string()));
    access(application).iter().any(|(who, _)| *who == person)
}
