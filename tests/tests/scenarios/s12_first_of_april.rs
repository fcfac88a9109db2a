//! 12 四月一日: thirty people who are asked move at once. The day before it is simulated; on the day their work is handed
//! over, everything comes to its end, and whoever is not asked any more decides nothing, nor reads what he was never
//! asked about.

use e2e::administrators;
use e2e::house::{House, Wishes};
use e2e::person::Person;
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{ADMINISTRATOR, APPLICANT, EXPERTS, sign_in};
use e2e::scene::{a_while, apply, holders, is_shut_out, try_vote, until, until_shut_out, vote};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::company::{BACKEND, asks};

const FIRST: &str = "一次合議";
const SECOND: &str = "二次合議";
/// Asked at each step.
const ASKED: usize = 15;

/// The one in the place of this number, before the day and after it.
fn before(place: usize) -> String {
    format!("before{place:02}")
}

fn after(place: usize) -> String {
    format!("after{place:02}")
}

/// Two of fifteen decide at each of two steps.
async fn house() -> House {
    let mut house = House::build(BACKEND, Wishes::default()).await;
    administrators::appoint(&house, ADMINISTRATOR);
    for place in 0..2 * ASKED {
        house.hire(&before(place)).await;
        house.hire(&after(place)).await;
    }
    let two = json!({ "of": "n", "n": 2 });
    let step = |names: (&str, &str), from: usize| {
        let people: Vec<String> = (from..from + ASKED).map(before).collect();
        let people: Vec<&str> = people.iter().map(String::as_str).collect();
        asks(&house, names, &people, &two)
    };
    let steps = [step(("first", FIRST), 0), step(("second", SECOND), ASKED)];
    house.offer_steps(&steps);
    house.run(&["setup"]);
    house.serve().await;
    house
}

fn upn(house: &House, local: &str) -> String {
    format!("{local}@{}", house.world().names.domain)
}

/// What the day will bring: all thirty are gone from their posts.
fn simulate(house: &House) -> Value {
    let lines: Vec<String> = (0..2 * ASKED)
        .map(|place| format!("{},退職", upn(house, &before(place))))
        .collect();
    let file = house.folder.path().join("april.csv");
    std::fs::write(&file, format!("ユーザー,在籍\n{}\n", lines.join("\n"))).expect("a file");
    let file = file.to_string_lossy().into_owned();
    let told = house.run(&["organisation", "simulate", "--file", &file, "--json"]);
    assert!(told.status.success(), "{told:?}");
    serde_json::from_slice(&told.stdout).expect("JSON")
}

/// What the simulation says of the two applications.
fn both_get_stuck(house: &House) {
    let told = simulate(house);
    let fates: Vec<&Value> = told["outlooks"].as_array().expect("outlooks").iter().collect();
    assert!(
        fates.len() == 2 && fates.iter().all(|one| one["fate"]["fate"] == "stuck"),
        "{told}"
    );
}

/// All of them by one file.
fn hand_over(house: &House) {
    let lines: Vec<String> = (0..2 * ASKED)
        .map(|place| format!("{},{}", upn(house, &before(place)), upn(house, &after(place))))
        .collect();
    let file = house.file("successors.csv");
    std::fs::write(&file, format!("前任者,後任者\n{}\n", lines.join("\n"))).expect("a file");
    let operator = upn(house, ADMINISTRATOR);
    let words = ["organisation", "hand-over", "--file", &file, "--as", &operator];
    let handed = house.run(&words);
    assert!(handed.status.success(), "{handed:?}");
}

async fn is_held_by(owner: &Person, item: i64, people: impl Iterator<Item = Uuid>) -> Vec<bool> {
    let holders = holders(owner, item).await;
    people
        .map(|person| holders.contains(&person.to_string()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn s12_w28_thirty_who_are_asked_move_and_everything_ends_with_their_successors() {
    let house = house().await;
    let [applicant, owner] = sign_in(&house, [APPLICANT, EXPERTS[0]]).await;
    let [first, second, leaver] = sign_in(
        &house,
        [before(0), before(1), before(2)].each_ref().map(String::as_str),
    )
    .await;
    let (early_row, early) = apply(&house, &applicant, &first, "hana.takahashi").await;
    let (late_row, late) = apply(&house, &applicant, &first, "hana.sato").await;
    for voter in [&first, &second] {
        vote(&house, voter, late, FIRST).await;
    }
    let [later] = sign_in(&house, [before(ASKED).as_str()]).await;
    until(&house, &later, (APPLICATIONS, late), |row| {
        row["PFStepName"] == SECOND
    })
    .await;

    both_get_stuck(&house);
    let asked = first
        .read(APPLICATIONS, early)
        .await
        .expect("the day before nothing has changed");

    hand_over(&house);
    let [one] = sign_in(&house, [after(0).as_str()]).await;
    vote(&house, &one, early, FIRST).await;
    assert!(
        !try_vote(&first, early, &asked).await.is_success(),
        "he is asked no more"
    );
    let names = [after(1), after(ASKED), after(ASKED + 1)];
    let [two, three, four] = sign_in(&house, names.each_ref().map(String::as_str)).await;
    vote(&house, &two, early, FIRST).await;
    for item in [early, late] {
        for voter in [&three, &four] {
            vote(&house, voter, item, SECOND).await;
        }
    }
    for row in [early_row, late_row] {
        until(&house, &applicant, (INBOX, row), |row| row["PFStatus"] == "CO").await;
    }
    // Of the early one the second step never asked those who had moved by then.
    let moved = (ASKED..2 * ASKED).map(|place| house.id_of(&before(place)));
    let held = is_held_by(&owner, early, moved).await;
    assert!(held.iter().all(|held| !held), "{held:?}");
    assert!(is_shut_out(&later, early).await);
    // Whoever leaves the company reads nothing more.
    house.enable(leaver.id, false).await;
    a_while(&house);
    until_shut_out(&house, &leaver, early).await;
    is_whole(&house);
}

fn is_whole(house: &House) {
    for check in ["verify-journal", "doctor"] {
        let checked = house.run(&[check]);
        assert!(checked.status.success(), "{check}: {checked:?}");
    }
}
