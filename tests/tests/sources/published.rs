//! What `setup` refuses to publish, and how it says where the way ends.

use dev_tenant::directory::{ObjectId, User};
use e2e::house::{House, Wishes};
use e2e::offer::{named, step};
use e2e::scene::cast::{APPLICANT, EXPERTS, MANAGER};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{BACKEND, said};

/// More than a sample would hold; the one of whom it depends stands somewhere among them.
const COLLEAGUES: u128 = 300;
const ALONE: u128 = 217;
const ISLAND: &str = "離れ島";

fn colleague(number: u128) -> Uuid {
    Uuid::from_u128((7 << 64) + number)
}

/// Colleagues of the applicant who differ from him in their names alone, but for one.
fn employ(house: &House) {
    let applicant = house.id_of(APPLICANT);
    let mut tenant = house.world().tenant();
    let users = &mut tenant.directory.users;
    let like = users[&ObjectId(applicant)].clone();
    for number in 0..COLLEAGUES {
        let id = ObjectId(colleague(number));
        let (_, domain) = like.user_principal_name.split_once('@').expect("a domain");
        let mut user = User {
            id,
            user_principal_name: format!("colleague{number}@{domain}"),
            ..like.clone()
        };
        if number == ALONE {
            user.properties.insert("department".to_owned(), json!(ISLAND));
        }
        users.insert(id, user);
    }
}

fn two(house: &House, key: &str) -> Value {
    let people = named(&[house.id_of(MANAGER), house.id_of(EXPERTS[0])]);
    let approval = json!({ "approval": { "assignees": people, "quorum": { "of": "any" } } });
    step(key, "確認", &approval)
}

fn with(mut step: Value, member: &str, value: Value) -> Value {
    step[member] = value;
    step
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_hundreds_for_whom_nobody_is_left_keeps_a_definition_from_being_published() {
    let house = House::build(BACKEND, Wishes::default()).await;
    employ(&house);
    let nobody = json!({ "approval": { "assignees": [{ "from": "unit", "unit": "無人部" }] } });
    let lost = |department: &str| {
        let when = json!(format!("applicant.department = \"{department}\""));
        let steps = json!([
            two(&house, "first"),
            with(step("lost", "行き止まり", &nobody), "when", when)
        ]);
        json!({ "steps": steps, "nobody": { "then": "stop" } })
    };
    house.offer(&lost(ISLAND));
    let refused = said(&house, &["setup"]);
    let alone = format!("for applicant {}", colleague(ALONE));
    assert!(
        refused.contains("not published") && refused.contains(&alone) && refused.contains("steps[1]"),
        "{refused}"
    );
    // Nobody is of that department: everybody was tried, and nothing need be accepted.
    house.offer(&lost("どこにもない部"));
    let published = said(&house, &["setup"]);
    assert!(!published.contains("not published"), "{published}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_round_or_leads_nowhere_is_not_published_and_the_path_is_shown() {
    let house = House::build(BACKEND, Wishes::default()).await;
    let to = |step: Value, to: &str| with(step, "next", json!([{ "to": to }]));
    let rounds = json!([two(&house, "one"), to(two(&house, "two"), "one")]);
    let passed_by = json!([to(two(&house, "one"), "end"), two(&house, "two")]);
    let decides_nothing = json!([with(two(&house, "one"), "when", json!("not empty(licence)"))]);
    for (steps, path, told) in [
        (rounds, "steps[1].next", "one → two → one"),
        (passed_by, "steps[1]", "no way leads here"),
        (decides_nothing, "steps[0]", "no step asks anybody"),
    ] {
        house.offer(&json!({ "steps": steps }));
        let setup = house.run(&["setup"]);
        assert!(!setup.status.success(), "{setup:?}");
        let refused = String::from_utf8_lossy(&setup.stderr) + String::from_utf8_lossy(&setup.stdout);
        assert!(refused.contains(path) && refused.contains(told), "{refused}");
    }
}
