//! Japanese approval practice beyond votes. Each act once through the list and once through the API or the shell: the
//! journal is the same but for the channel.

#[path = "practice/administration.rs"]
mod administration;
#[path = "practice/again.rs"]
mod again;
#[path = "practice/ahead.rs"]
mod ahead;
#[path = "practice/altered.rs"]
mod altered;
#[path = "practice/applicant.rs"]
mod applicant;
#[path = "practice/drafter.rs"]
mod drafter;
#[path = "practice/form.rs"]
mod form;
#[path = "practice/linked.rs"]
mod linked;
#[path = "practice/notices.rs"]
mod notices;
#[path = "practice/route.rs"]
mod route;
#[path = "practice/same.rs"]
mod same;
#[path = "practice/table.rs"]
mod table;
#[path = "practice/undo.rs"]
mod undo;
#[path = "practice/votes.rs"]
mod votes;
#[path = "practice/work.rs"]
mod work;

use std::time::Duration;

use e2e::administrators;
use e2e::api::ApiToken;
use e2e::deed::ask;
use e2e::forms;
use e2e::house::{House, Wishes, pause};
use e2e::journal::{self, comparable};
use e2e::person::Person;
use e2e::rows::{APPLICATIONS, INBOX};
use e2e::scene::cast::{ADMINISTRATOR, APPLICANT, MANAGER, sign_in};
use e2e::scene::{self, MANAGERS_STEP, until};
use reqwest::StatusCode;
use serde_json::{Value, json};

const LOOK: Duration = Duration::from_millis(200);
const LOOKS: u32 = 400;

/// Two applications alike: whatever is done to the first by the list is done to the second by the API or the shell.
struct Pair {
    house: House,
    applicant: Person,
    manager: Person,
    administrator: Person,
    /// Item and number.
    first: (i64, String),
    second: (i64, String),
}

impl Pair {
    /// Under the shipped definition with other members, which may name people.
    async fn new(members: impl FnOnce(&House) -> Value) -> Self {
        Self::asking(members, |_| json!({})).await
    }

    /// The same, whose forms have further answers.
    async fn asking(members: impl FnOnce(&House) -> Value, more: impl Fn(&House) -> Value) -> Self {
        let mut house = House::build(env!("CARGO_BIN_EXE_backend"), Wishes::default()).await;
        administrators::appoint(&house, ADMINISTRATOR);
        let members = members(&house);
        house.offer(&members);
        // Webhooks come later, for nothing serves yet; a definition that is refused is told.
        let said = house.run(&["setup"]).stderr;
        let said = String::from_utf8_lossy(&said);
        assert!(!said.contains("not published"), "{said}");
        house.serve().await;
        let [applicant, manager, administrator] = sign_in(&house, [APPLICANT, MANAGER, ADMINISTRATOR]).await;
        let more = more(&house);
        let first = applied(&house, (&applicant, &manager), "hana.takahashi", &more).await;
        let second = applied(&house, (&applicant, &manager), "yui.takahashi", &more).await;
        Self {
            house,
            applicant,
            manager,
            administrator,
            first,
            second,
        }
    }

    /// What the row answers: the state, or why it was refused.
    async fn row(&self, by: &Person, action: &str, more: &Value) -> String {
        ask(&self.house, by, &self.first.1, action, more).await
    }

    /// What became of it: `recorded`, or why it does not count, or why it was not even taken.
    async fn request(&self, by: &Person, act: &Value) -> String {
        let portal = ApiToken::of_portal(&self.house, by).await;
        let key = format!("{}{}{}", by.id, act["act"], act["token"]);
        let (status, place, said) = portal.act(&self.second.1, Some(&key), act).await;
        if status != StatusCode::ACCEPTED {
            return said["code"].as_str().unwrap_or_default().to_owned();
        }
        became(&self.house, &portal, &place).await
    }

    /// On the server's shell, as the administrator.
    fn shell(&self, deed: &[&str]) -> Result<String, String> {
        self.shell_on(&self.second.1, deed)
    }

    fn shell_on(&self, number: &str, deed: &[&str]) -> Result<String, String> {
        let us = self.named(ADMINISTRATOR);
        let mut arguments = vec!["applications", "--application", number, "--as", &us];
        arguments.extend(deed);
        let output = self.house.run(&arguments);
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).trim().to_owned();
        if output.status.success() {
            Ok(text(output.stdout))
        } else {
            Err(text(output.stderr))
        }
    }

    /// What was written with the last such event is the same in both journals; the channels of the two.
    fn same_since(&self, event: &str) -> (String, String) {
        let [first, second] = [&self.first.1, &self.second.1].map(|number| {
            let lines = journal::at_once(&self.house, number, event);
            assert!(!lines.is_empty(), "no {event} of {number}");
            lines
        });
        let told = |lines: &[Value]| lines.iter().map(comparable).collect::<Vec<_>>();
        assert_eq!(told(&first), told(&second));
        let channel = |lines: &[Value]| journal::channel(&lines[0]).to_owned();
        (channel(&first), channel(&second))
    }

    /// Until an item shows what is wanted.
    async fn until(&self, by: &Person, item: i64, wanted: impl Fn(&Value) -> bool) -> Value {
        until(&self.house, by, (APPLICATIONS, item), wanted).await
    }

    /// Both, once the manager is asked.
    async fn at_the_managers_step(&self) -> (Value, Value) {
        let is_asked = |row: &Value| row["PFStepName"] == MANAGERS_STEP;
        let first = self.until(&self.manager, self.first.0, is_asked).await;
        let second = self.until(&self.manager, self.second.0, is_asked).await;
        (first, second)
    }

    fn named(&self, local: &str) -> String {
        format!("{local}@{}", self.house.world().names.domain)
    }

    fn is_whole(&self) {
        let whole = self.house.run(&["verify-journal"]);
        assert!(whole.status.success(), "{whole:?}");
    }
}

/// Until it is so.
async fn until_so(house: &House, so: impl Fn() -> bool) {
    for _ in 0..LOOKS {
        if so() {
            return;
        }
        pause(LOOK).await;
    }
    panic!("it never is\n{}", house.log_end());
}

fn channels(first: &str, second: &str) -> (String, String) {
    (first.to_owned(), second.to_owned())
}

/// Item and number of an application with further answers, once its approver is asked.
async fn applied(
    house: &House,
    (applicant, approver): (&Person, &Person),
    local: &str,
    more: &Value,
) -> (i64, String) {
    let mut form = forms::account(house, local);
    let answers = form.as_object_mut().expect("answers");
    answers.extend(more.as_object().expect("answers").clone());
    let row = applicant.add(INBOX, &forms::application(&form)).await;
    taken_in(house, (applicant, approver), row).await
}

/// Item and number of what a row of the inbox became.
async fn taken_in(house: &House, (author, approver): (&Person, &Person), row: i64) -> (i64, String) {
    let item = scene::item_of(house, author, approver, row).await;
    let shown = |row: &Value| row["PFStatus"] == "IA";
    let row = until(house, approver, (APPLICATIONS, item), shown).await;
    (item, row["PFNumber"].as_str().expect("a number").to_owned())
}

async fn became(house: &House, portal: &ApiToken, place: &str) -> String {
    for _ in 0..LOOKS {
        let (_, seen) = portal.get(place).await;
        match seen["status"].as_str() {
            Some("waiting") => pause(LOOK).await,
            Some("notCounted") => return seen["code"].as_str().unwrap_or_default().to_owned(),
            said => return said.unwrap_or_default().to_owned(),
        }
    }
    panic!("it waits for ever\n{}", house.log());
}

/// The step token that an item shows.
fn token(row: &Value) -> Value {
    json!(row["PFStepToken"].as_str().expect("a step token"))
}

fn days_pass(house: &House, days: i64) {
    let pass = jiff::SignedDuration::from_hours(24 * days) + jiff::SignedDuration::from_mins(1);
    house.tenant.advance(pass).expect("the clock's file");
}

/// The account of this name, as the tenant's directory prints it.
fn account(house: &House, local: &str) -> Option<String> {
    let upn = format!("{local}@{}", house.world().names.domain);
    let tenant = house.world().tenant();
    let mut users = tenant.directory.users.values();
    let found = users.find(|user| user.user_principal_name == upn);
    found.map(|user| format!("{user:?}"))
}
