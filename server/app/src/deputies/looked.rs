//! Under which register all open applications were looked at last. Whatever happens to an application makes it follow the
//! register, so there is nothing to find until the register changes; once a day it is looked for all the same.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use store::{Document, Shelf, Tx};
use workflow::Hash;
use workflow::route::Register;

use crate::jobs::JobError;

const NAME: &str = "deputies";

/// What stands for a register and a day.
pub(super) fn mark(register: &Register, at: Timestamp) -> Value {
    let day = at.to_zoned(TimeZone::UTC).date().to_string();
    Value::String(Hash::of_json(&json!({ "register": register, "day": day })).to_string())
}

/// Whether everything was looked at under this mark.
pub(super) async fn is_done(tx: &mut Tx, mark: &Value) -> Result<bool, JobError> {
    let last = tx.get(Shelf::Setting, NAME).await?;
    Ok(last.is_some_and(|last| last.body == *mark))
}

pub(super) async fn done(tx: &mut Tx, mark: &Value, at: Timestamp) -> Result<(), JobError> {
    let document = Document {
        name: NAME.to_owned(),
        body: mark.clone(),
        at,
    };
    Ok(tx.put(Shelf::Setting, &document).await?)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn another_register_or_another_day_is_looked_at_anew() {
        let at: Timestamp = "2027-02-01T09:00:00Z".parse().unwrap();
        let one = json!([{ "of": "a", "to": "b", "from": "2027-01-01T00:00:00Z" }]);
        let one: Register = serde_json::from_value(one).unwrap();
        let nobody = Register::default();
        let marks = [
            mark(&nobody, at),
            mark(&one, at),
            mark(&one, at + SignedDuration::from_hours(24)),
        ];
        assert_eq!(marks[1], mark(&one, at + SignedDuration::from_hours(14)));
        assert!(marks[0] != marks[1] && marks[1] != marks[2]);
    }
}
