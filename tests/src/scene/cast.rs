//! The people of a scenario: who applies, who decides, who administers.

use crate::administrators;
use crate::house::{House, Wishes};
use crate::person::Person;

pub const APPLICANT: &str = "kei.morita";
pub const MANAGER: &str = "takashi.hasegawa";
/// Two of the three who are asked after the manager; the first owns the site.
pub const EXPERTS: [&str; 2] = ["toru.soma", "ren.nakahara"];
pub const ADMINISTRATOR: &str = "hiroshi.kuroda";

/// A house that serves, with one administrator who plays no other part.
pub async fn house(backend: &str) -> House {
    let mut house = House::build(backend, Wishes::default()).await;
    administrators::appoint(&house, ADMINISTRATOR);
    house.run(&["setup"]);
    house.serve().await;
    house
}

pub async fn sign_in<const N: usize>(house: &House, people: [&str; N]) -> [Person; N] {
    let mut signed_in = Vec::new();
    for person in people {
        signed_in.push(Person::sign_in(house, person).await);
    }
    let all = signed_in.try_into();
    all.unwrap_or_else(|_| panic!("as many as were named"))
}

/// An application at the manager's step; the numbers of row and item.
pub async fn open(house: &House, applicant: &Person, manager: &Person) -> (i64, i64) {
    super::apply(house, applicant, manager, "hana.takahashi").await
}
