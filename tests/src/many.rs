//! Several applications at once, each led to its own end by people who act on what they see.

mod course;
mod fate;

pub use fate::fates;

use std::collections::BTreeSet;

use dev_tenant::world::Tenant;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::hire::{self, APPLICANT, MANAGER, VOTERS};
use crate::house::House;
use crate::person::Person;
use crate::rows::{self, APPLICATIONS, INBOX};
use course::{COURSES, Course};

/// Seats are few: so many applications ask for a licence.
const LICENSED: usize = 4;

/// The manager's step was left once without his approval.
const TURNED: &str = "turned back";

/// Those who act, signed in.
struct Cast {
    applicant: Person,
    manager: Person,
    voters: [Person; 2],
}

/// One application, and what people did about it so far.
struct Case {
    account: String,
    course: Course,
    form: Value,
    row: i64,
    done: BTreeSet<String>,
}

pub struct Many {
    cast: Cast,
    cases: Vec<Case>,
}

impl Many {
    /// Submits so many applications, one after the other.
    pub async fn submit(house: &House, number: usize) -> Self {
        let cast = Cast::sign_in(house).await;
        let mut cases = Vec::new();
        for (at, course) in COURSES.into_iter().cycle().take(number).enumerate() {
            let account = format!("{}.{at:03}", course.word());
            let mut form = hire::form(house, &account);
            if at >= LICENSED {
                form["licence"] = Value::Null;
            }
            let row = cast.applicant.add(INBOX, &hire::row(&form, "申請")).await;
            let done = BTreeSet::new();
            cases.push(Case {
                account,
                course,
                form,
                row,
                done,
            });
        }
        Self { cast, cases }
    }

    /// Everybody who has something to do does it; whether all have come to their end.
    pub async fn act(&mut self, house: &House) -> bool {
        let mut ended = true;
        for case in &mut self.cases {
            ended &= case.act(house, &self.cast).await;
        }
        ended
    }

    /// Sessions end when time runs fast.
    pub async fn sign_in_again(&mut self, house: &House) {
        self.cast = Cast::sign_in(house).await;
    }

    /// Where each stands.
    pub fn states(&self, house: &House) -> Vec<String> {
        let tenant = house.world().tenant();
        let state = |case: &Case| {
            format!(
                "{} {}",
                case.account,
                rows::text(&tenant, INBOX, case.row, "PFStatus")
            )
        };
        self.cases.iter().map(state).collect()
    }
}

impl Cast {
    async fn sign_in(house: &House) -> Self {
        let [first, second] = VOTERS;
        let (applicant, manager, first, second) = tokio::join!(
            Person::sign_in(house, APPLICANT),
            Person::sign_in(house, MANAGER),
            Person::sign_in(house, first),
            Person::sign_in(house, second),
        );
        Self {
            applicant,
            manager,
            voters: [first, second],
        }
    }
}

/// What an application shows.
struct Shown {
    status: String,
    number: String,
    /// Its item, with step and token.
    asked: Option<(i64, String, String)>,
}

impl Case {
    fn shown(&self, tenant: &Tenant) -> Shown {
        let row = |column| rows::text(tenant, INBOX, self.row, column);
        let items = rows::items(tenant, APPLICATIONS).map(|item| i64::from(item.id.0));
        let mut ours = items.filter(|id| rows::text(tenant, APPLICATIONS, *id, "PFSubject") == self.account);
        let asked = ours.next().map(|id| {
            let column = |name| rows::text(tenant, APPLICATIONS, id, name);
            (id, column("PFStepName"), column("PFStepToken"))
        });
        Shown {
            status: row("PFStatus"),
            number: row("PFNumber"),
            asked,
        }
    }

    /// Once for each key.
    fn is_new(&self, key: &str) -> bool {
        !self.done.contains(key)
    }

    async fn act(&mut self, house: &House, cast: &Cast) -> bool {
        let shown = self.shown(&house.world().tenant());
        match shown.status.as_str() {
            "CO" | "RJ" | "WD" => return true,
            "SB" | "PB" => self.submit_again(cast, &shown.status).await,
            "IA" => {
                if let Some((item, step, token)) = &shown.asked {
                    match step.as_str() {
                        "上長承認" => self.at_manager(cast, (*item, token), &shown.number).await,
                        "情報システム部 合議" => self.at_voters(cast, (*item, token)).await,
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        false
    }

    async fn submit_again(&mut self, cast: &Cast, status: &str) {
        let key = format!("again {status}");
        if self.is_new(&key) {
            let row = hire::row(&self.form, "申請");
            let saved = cast.applicant.change(INBOX, self.row, &row).await;
            assert!(saved.is_success(), "{saved}");
            self.done.insert(key);
        }
    }

    async fn at_manager(&mut self, cast: &Cast, (item, token): (i64, &str), number: &str) {
        if self.course.turns_back() && self.is_new(TURNED) {
            return self.turn_back(cast, (item, token), number).await;
        }
        let key = at_manager(token);
        if !self.is_new(&key) {
            return;
        }
        if self.course == Course::ByAct {
            let act = json!({ "Title": "判断", "PFKind": "act", "PFApplicantAction": "判断",
                "PFNumber": number, "PFStepToken": token, "PFDecision": "承認" });
            cast.manager.add(INBOX, &act).await;
            self.done.insert(key);
            return;
        }
        let vote = match self.course {
            Course::Rejected => choice("却下", Some("要件を満たしません"), token, cast.manager.id),
            _ => choice("承認", None, token, cast.manager.id),
        };
        self.vote(&cast.manager, (item, &vote), key).await;
    }

    /// Sent back, pulled back or withdrawn, once; then nobody decides about this token any more.
    async fn turn_back(&mut self, cast: &Cast, (item, token): (i64, &str), number: &str) {
        let action = match self.course {
            Course::PulledBack => "引戻し",
            Course::Withdrawn => "取下げ",
            _ => "差戻し",
        };
        if self.course == Course::SentBack {
            let vote = choice(action, Some("部署を確認してください"), token, cast.manager.id);
            self.vote(&cast.manager, (item, &vote), TURNED.to_owned()).await;
        } else {
            let act =
                json!({ "Title": action, "PFKind": "act", "PFApplicantAction": action, "PFNumber": number });
            cast.applicant.add(INBOX, &act).await;
            self.done.insert(TURNED.to_owned());
        }
        if !self.is_new(TURNED) {
            self.done.insert(at_manager(token));
        }
    }

    async fn at_voters(&mut self, cast: &Cast, (item, token): (i64, &str)) {
        for voter in &cast.voters {
            let key = format!("{} {token}", voter.id);
            if self.is_new(&key) {
                let vote = choice("承認", None, token, voter.id);
                self.vote(voter, (item, &vote), key).await;
            }
        }
    }

    /// The step is shown a moment before its assignees are let in: then the next look tries again.
    async fn vote(&mut self, by: &Person, (item, vote): (i64, &Value), key: String) {
        if by.change(APPLICATIONS, item, vote).await.is_success() {
            self.done.insert(key);
        }
    }
}

fn at_manager(token: &str) -> String {
    format!("manager {token}")
}

fn choice(word: &str, comment: Option<&str>, token: &str, by: Uuid) -> Value {
    json!({ "PFDecision": word, "PFDecisionComment": comment, "PFDecisionFor": format!("{token}:{by}") })
}
