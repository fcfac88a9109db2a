//! What the scenarios share: steps that ask named people, and decisions as people write them into the list.

use e2e::administrators;
use e2e::house::{House, Wishes, pause};
use e2e::person::Person;
use e2e::rows::APPLICATIONS;
use e2e::scene::cast::ADMINISTRATOR;
use e2e::scene::{approval, until};
use serde_json::{Value, json};

pub(crate) const BACKEND: &str = env!("CARGO_BIN_EXE_backend");
/// Tried this often, so many times at most: who is asked is let in a moment later.
const LOOK: std::time::Duration = std::time::Duration::from_millis(200);
const LOOKS: u32 = 400;

/// A house that serves and offers the shipped form with other steps.
pub(crate) async fn with_steps(steps: impl FnOnce(&House) -> Vec<Value>) -> House {
    with_steps_and(Wishes::default(), steps).await
}

pub(crate) async fn with_steps_and(wishes: Wishes<'_>, steps: impl FnOnce(&House) -> Vec<Value>) -> House {
    let mut house = House::build(BACKEND, wishes).await;
    administrators::appoint(&house, ADMINISTRATOR);
    house.offer_steps(&steps(&house));
    // Its webhooks come later: nobody serves yet.
    house.run(&["setup"]);
    house.serve().await;
    house
}

/// An approval by these people, by their local parts.
pub(crate) fn asks(house: &House, (key, title): (&str, &str), people: &[&str], quorum: &Value) -> Value {
    let ids: Vec<_> = people.iter().map(|local| house.id_of(local)).collect();
    json!({
        "key": key, "title": { "ja": title, "en": key },
        "kind": { "approval": { "assignees": [{ "from": "people", "people": ids }], "quorum": quorum } },
    })
}

/// Writes a decision for the step of this title into the list, once it is asked and he is let in.
pub(crate) async fn decide(house: &House, by: &Person, item: i64, step: &str, fields: &Value) {
    let asked = until(house, by, (APPLICATIONS, item), |row| row["PFStepName"] == step).await;
    let mut written = approval(&asked, by);
    let members = written.as_object_mut().expect("members");
    members.extend(fields.as_object().expect("members").clone());
    for _ in 0..LOOKS {
        if by.change(APPLICATIONS, item, &written).await.is_success() {
            return;
        }
        pause(LOOK).await;
    }
    panic!("he may not decide\n{}", house.log());
}
