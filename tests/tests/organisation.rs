//! 組織改編の日: the next organisation is tried before it comes, and one person's work goes to another.

use std::process::Output;
use std::time::Duration;

use e2e::house::{House, pause};
use e2e::person::Person;
use e2e::post::mails;
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{ADMINISTRATOR, APPLICANT, EXPERTS, MANAGER, house, open, sign_in};
use e2e::scene::{IT_STEP, MANAGERS_STEP, apply, is_shut_out, until, until_told, vote};
use serde_json::{Value, json};

const BACKEND: &str = env!("CARGO_BIN_EXE_backend");
/// Somebody who is asked at no step.
const SUCCESSOR: &str = "kenji.osawa";

fn upn(house: &House, local: &str) -> String {
    format!("{local}@{}", house.world().names.domain)
}

fn said(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

fn simulate(house: &House, csv: &str, more: &[&str]) -> (bool, String) {
    let file = house.folder.path().join("next.csv");
    std::fs::write(&file, csv).expect("a file");
    let file = file.to_string_lossy().into_owned();
    let mut arguments = vec!["organisation", "simulate", "--file", &file];
    arguments.extend(more);
    let output = house.run(&arguments);
    let (out, error) = said(&output);
    let is_good = output.status.success();
    (is_good, if is_good { out } else { error })
}

#[tokio::test(flavor = "multi_thread")]
async fn w28_a_simulation_of_next_month_says_what_gets_stuck_and_who_gets_how_much_and_changes_nothing() {
    let house = house(BACKEND).await;
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    let (_, first) = open(&house, &applicant, &manager).await;
    apply(&house, &applicant, &manager, "hana.sato").await;
    apply(&house, &applicant, &manager, "hana.kato").await;
    vote(&house, &manager, first, MANAGERS_STEP).await;
    let expert = Person::sign_in(&house, EXPERTS[0]).await;
    until(&house, &expert, (APPLICATIONS, first), |row| {
        row["PFStepName"] == IT_STEP
    })
    .await;
    let [from, to, who] = [MANAGER, SUCCESSOR, APPLICANT].map(|local| upn(&house, local));
    let moved = format!("ユーザー,上長,部門\n{who},{to},営業部\n");
    let (good, told) = simulate(&house, &moved, &["--json", "--date", "2027-04-01"]);
    assert!(good, "{told}");
    let told: Value = serde_json::from_str(&told).expect("JSON");
    let fates: Vec<_> = told["outlooks"]
        .as_array()
        .expect("outlooks")
        .iter()
        .map(|one| &one["fate"]["fate"])
        .collect();
    assert_eq!(
        fates.iter().filter(|fate| **fate == "changes").count(),
        2,
        "{told}"
    );
    assert_eq!(fates.len(), 3);
    let outlooks = told["outlooks"].as_array().expect("outlooks").iter();
    let numbers: Vec<_> = outlooks
        .map(|one| one["number"].as_str().expect("a number").to_owned())
        .collect();
    let before: Vec<_> = numbers.iter().map(|number| journal(&house, number)).collect();
    let load = |local: &str| told["loads"][house.id_of(local).to_string()].clone();
    assert_eq!(load(MANAGER), json!({ "now": 2, "then": 0 }), "{told}");
    assert_eq!(load(SUCCESSOR), json!({ "now": 0, "then": 2 }), "{told}");
    let left = format!("ユーザー,上長,部門,在籍\n{who},{to},営業部,\n{from},,,退職\n");
    let (good, told) = simulate(&house, &left, &[]);
    assert!(
        good && told.contains("停止 2 件") && told.contains("大沢"),
        "{told}"
    );
    faults_are_named(&house);
    let after: Vec<_> = numbers.iter().map(|number| journal(&house, number)).collect();
    assert_eq!(after, before, "a simulation changes nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn w28_a_simulation_reads_each_person_once_however_many_applications_run() {
    let mut house = house(BACKEND).await;
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    open(&house, &applicant, &manager).await;
    let one = reads(&mut house).await;
    for local in ["hana.sato", "hana.kato", "hana.ito"] {
        apply(&house, &applicant, &manager, local).await;
    }
    let four = reads(&mut house).await;
    assert!(one > 0 && four == one, "{one} calls for one, {four} for four");
}

/// How many calls a simulation makes while nothing else calls anybody.
async fn reads(house: &mut House) -> u64 {
    house.kill();
    let before = house.count_calls();
    let [who, to] = [APPLICANT, SUCCESSOR].map(|local| upn(house, local));
    let (good, told) = simulate(
        house,
        &format!("ユーザー,上長,部門\n{who},{to},営業部\n"),
        &["--json"],
    );
    assert!(good, "{told}");
    let reads = house.count_calls() - before;
    house.serve().await;
    reads
}

/// Of a file that cannot be understood.
fn faults_are_named(house: &House) {
    let (good, told) = simulate(house, "user,manager\nnobody@contoso.example,\n", &[]);
    assert!(!good && told.contains("nobody@contoso.example"), "{told}");
    let (good, told) = simulate(house, "user,boss\n", &[]);
    assert!(
        !good && told.contains("line 1") && told.contains("next.csv"),
        "{told}"
    );
}

/// From the manager to his successor, by an administrator.
fn arguments(house: &House) -> [String; 8] {
    let [from, to, operator] = [MANAGER, SUCCESSOR, ADMINISTRATOR].map(|local| upn(house, local));
    let word = str::to_owned;
    [
        word("organisation"),
        word("hand-over"),
        word("--from"),
        from,
        word("--to"),
        to,
        word("--as"),
        operator,
    ]
}

fn hand_over(house: &House, more: &[&str]) -> Output {
    let arguments = arguments(house);
    let all = arguments.iter().map(String::as_str).chain(more.iter().copied());
    house.run(&all.collect::<Vec<_>>())
}

/// Applications that the command speaks of.
fn handed(output: &Output) -> Vec<Value> {
    let (out, error) = said(output);
    let told: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{error}"));
    told["applications"].as_array().expect("applications").clone()
}

/// Lines of an application's journal.
fn journal(house: &House, number: &str) -> Vec<Value> {
    let exported = house.run(&["export-journal", "--application", number]);
    let exported: Value = serde_json::from_slice(&exported.stdout).expect("JSON");
    exported["lines"].as_array().expect("lines").clone()
}

/// How often the journal says so.
fn lines(house: &House, number: &str, event: &str) -> usize {
    let body =
        |line: &Value| serde_json::from_str::<Value>(line["body"].as_str().expect("a body")).expect("a line");
    let lines = journal(house, number);
    lines
        .iter()
        .filter(|line| body(line)["event"]["type"] == event)
        .count()
}

/// Four applications that wait for the manager, who is also somebody's deputy.
struct Desk {
    house: House,
    applicant: Person,
    manager: Person,
    successor: Person,
    items: Vec<i64>,
}

impl Desk {
    async fn full() -> Self {
        let house = house(BACKEND).await;
        let [applicant, manager, expert, successor] =
            sign_in(&house, [APPLICANT, MANAGER, EXPERTS[0], SUCCESSOR]).await;
        let ask = json!({ "ask": "delegate", "to": manager.id });
        let row = json!({ "Title": "代理設定", "PFKind": "deputy", "PFPayload": ask.to_string() });
        let named = expert.add(INBOX, &row).await;
        until(&house, &expert, (INBOX, named), |row| row["PFStatus"] == "CO").await;
        let mut items = vec![open(&house, &applicant, &manager).await.1];
        for local in ["hana.sato", "hana.kato", "hana.ito"] {
            items.push(apply(&house, &applicant, &manager, local).await.1);
        }
        Self {
            house,
            applicant,
            manager,
            successor,
            items,
        }
    }

    /// Begun, and killed somewhere on the way.
    async fn break_off(&self) {
        let mut begun = self
            .house
            .start(&arguments(&self.house).each_ref().map(String::as_str));
        pause(Duration::from_millis(400)).await;
        let _ = begun.kill();
        let _ = begun.wait();
    }

    /// He decides in place of the manager, and for the one whose deputy the manager was.
    async fn successor_decides(&self) {
        let (house, first) = (&self.house, self.items[0]);
        vote(house, &self.successor, first, MANAGERS_STEP).await;
        vote(house, &self.successor, first, IT_STEP).await;
        until(house, &self.applicant, (APPLICATIONS, first), |row| {
            row["PFHistory"]
                .as_str()
                .is_some_and(|history| history.contains("さんの代理): 承認"))
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t13_w18_a_mass_hand_over_moves_everything_once_also_when_it_was_broken_off() {
    let desk = Desk::full().await;
    let house = &desk.house;
    assert_eq!(handed(&hand_over(house, &["--plan", "--json"])).len(), 4);
    assert!(
        is_shut_out(&desk.successor, desk.items[0]).await,
        "a plan changes nothing"
    );
    assert!(handed(&hand_over(house, &["--json", "--workflow", "another"])).is_empty());
    desk.break_off().await;
    let rest = hand_over(house, &["--json"]);
    assert!(rest.status.success(), "{}", said(&rest).1);
    assert!(
        handed(&hand_over(house, &["--json"])).is_empty(),
        "nothing is left"
    );
    for item in &desk.items {
        let asked = until(house, &desk.successor, (APPLICATIONS, *item), |row| {
            row["PFStepName"] == MANAGERS_STEP
        })
        .await;
        let number = asked["PFNumber"].as_str().expect("a number");
        assert_eq!(lines(house, number, "reassigned"), 1, "{number}");
    }
    until_told(house, &desk.manager, "【判断不要】").await;
    desk.successor_decides().await;
    assert!(mails(house, &desk.successor, "【判断依頼】").len() >= 4);
    assert!(house.run(&["verify-journal"]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn w18_nobody_but_an_administrator_hands_over_for_others() {
    let house = house(BACKEND).await;
    let [from, to, stranger] = [MANAGER, SUCCESSOR, APPLICANT].map(|local| upn(&house, local));
    let arguments = [
        "organisation",
        "hand-over",
        "--from",
        &from,
        "--to",
        &to,
        "--as",
        &stranger,
    ];
    let refused = house.run(&arguments);
    let told = said(&refused).1;
    assert!(
        !refused.status.success() && told.contains("administrators"),
        "{told}"
    );
}

/// What the command says of a file of successors.
fn refused(house: &House, lines: &str) -> String {
    let file = house.file("successors.csv");
    std::fs::write(&file, lines).expect("a file");
    let operator = upn(house, ADMINISTRATOR);
    let words = ["organisation", "hand-over", "--file", &file, "--as", &operator];
    let output = house.run(&words);
    assert!(!output.status.success(), "{}", said(&output).0);
    said(&output).1
}

#[tokio::test(flavor = "multi_thread")]
async fn w18_a_file_of_successors_that_is_wrong_moves_nobody() {
    let house = house(BACKEND).await;
    let [applicant, manager] = sign_in(&house, [APPLICANT, MANAGER]).await;
    let (_, item) = open(&house, &applicant, &manager).await;
    let [from, to, other] = [MANAGER, SUCCESSOR, EXPERTS[0]].map(|local| upn(&house, local));
    let good = format!("from,to\n{from},{to}\n");
    for (more, told) in [
        (
            format!("{other},nobody.at.all@contoso.example\n"),
            "line 3: no enabled account",
        ),
        (format!("{other},\n"), "line 3: to is empty"),
        (format!("{other},{other}\n"), "line 3: both are the same person"),
        (
            format!("{from},{other}\n"),
            "line 3: another line names a successor",
        ),
        (format!("{to},{other}\n"), "line 2: the successor moves himself"),
    ] {
        let said = refused(&house, &format!("{good}{more}"));
        assert!(said.contains("successors.csv") && said.contains(told), "{said}");
    }
    let asked = manager.read(APPLICATIONS, item).await.expect("he is asked still");
    assert_eq!(asked["PFStepName"], MANAGERS_STEP);
}
