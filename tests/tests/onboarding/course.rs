//! One intake in real time, from the applicant's file to the last account, and the moments on its way.

use std::time::{Duration, Instant};

use dev_tenant::ledger::Operation;
use dev_tenant::world::Tenant;
use e2e::bulk;
use e2e::hire::{self, VOTERS};
use e2e::house::{House, pause};
use e2e::person::Person;
use e2e::rows::{self, APPLICATIONS, INBOX};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::bound::Bound;

/// People look this often, and give up after so many looks.
const LOOK: Duration = Duration::from_millis(100);
const LOOKS: u32 = 36_000;
/// More rows than this are asked of everybody in Information Systems.
const SMALL: usize = 100;
/// Refusals of the first minute are forgiven: whoever begins does not know yet what others spent.
const FORGIVEN: SignedDuration = SignedDuration::from_mins(1);
const TOO_MANY_REQUESTS: u16 = 429;

pub(crate) struct Course {
    /// Applied for, completed.
    pub(crate) span: [Timestamp; 2],
    rows: usize,
    /// Seconds since the beginning, by what was reached then.
    moments: Vec<(&'static str, f64)>,
    refused: Vec<Operation>,
    loads: [String; 2],
}

impl Course {
    /// Applied for, agreed to by all as soon as they are asked, and completed.
    pub(crate) async fn run(house: &House, people: &[Value]) -> Self {
        let rows = people.len();
        let mut voters = vec![Person::sign_in(house, hire::MANAGER).await];
        let third = (rows > SMALL).then_some(bulk::THIRD_VOTER);
        for voter in VOTERS.into_iter().chain(third) {
            voters.push(Person::sign_in(house, voter).await);
        }
        let (before, began, watch) = (load(), house.world().clock.now(), Watch::start());
        let row = bulk::submit_file(house, people).await;
        let mut moments = vec![("submitted", watch.seconds())];
        until(house, |tenant| hire::is_at(tenant, "上長承認")).await;
        moments.push(("manager asked", watch.seconds()));
        agree(house, &voters[0]).await;
        let step = if rows > SMALL { "全員合議" } else { "合議" };
        let step = format!("情報システム部 {step}");
        until(house, |tenant| hire::is_at(tenant, &step)).await;
        moments.push(("Information Systems asked", watch.seconds()));
        for voter in &voters[1..] {
            agree(house, voter).await;
        }
        moments.push(("agreed", watch.seconds()));
        until(house, |tenant| is_over(tenant, row)).await;
        moments.push(("completed", watch.seconds()));
        let ended = house.world().clock.now();
        let mut refused = house.world().tenant().ledger.operations.clone();
        refused.retain(|operation| operation.status == TOO_MANY_REQUESTS);
        Self {
            span: [began, ended],
            rows,
            moments,
            refused,
            loads: [before, load()],
        }
    }

    /// From the file to the end.
    pub(crate) fn seconds(&self) -> f64 {
        self.moments.last().map_or(0.0, |(_, seconds)| *seconds)
    }

    pub(crate) fn refused(&self) -> usize {
        self.refused.len()
    }

    pub(crate) fn refused_later(&self) -> usize {
        let later = |operation: &&Operation| operation.at.duration_since(self.span[0]) > FORGIVEN;
        self.refused.iter().filter(later).count()
    }

    pub(crate) fn figures(&self, bound: &Bound, most: f64) -> Value {
        let moments = self
            .moments
            .iter()
            .map(|(what, at)| ((*what).to_owned(), json!(at)));
        let moments: serde_json::Map<String, Value> = moments.collect();
        json!({
            "rows": self.rows, "wallSeconds": self.seconds(), "boundSeconds": bound.seconds(),
            "ratio": self.seconds() / bound.seconds(), "promisedRatio": most, "services": bound.told(),
            "refused": { "all": self.refused(), "afterTheFirstMinute": self.refused_later() },
            "reachedAfterSeconds": moments, "loadBeforeAndAfter": self.loads,
        })
    }
}

fn is_over(tenant: &Tenant, row: i64) -> bool {
    ["CO", "RV", "PC", "FA", "SB"].contains(&rows::text(tenant, INBOX, row, "PFStatus").as_str())
}

async fn until(house: &House, shown: impl Fn(&Tenant) -> bool) {
    for _ in 0..LOOKS {
        if shown(&house.world().tenant()) {
            return;
        }
        pause(LOOK).await;
    }
    panic!("never\n{}", house.log());
}

/// A vote as by a button. The step is shown a moment before its assignees are let in.
async fn agree(house: &House, person: &Person) {
    let token = rows::text(&house.world().tenant(), APPLICATIONS, 1, "PFStepToken");
    let vote = json!({ "PFDecision": "承認", "PFDecisionFor": format!("{token}:{}", person.id) });
    for _ in 0..LOOKS {
        if person.change(APPLICATIONS, 1, &vote).await.is_success() {
            return;
        }
        pause(LOOK).await;
    }
    panic!("nobody may vote\n{}", house.log());
}

/// What else the machine does, by Linux.
fn load() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.trim().to_owned()
}

struct Watch(Instant);

impl Watch {
    #[expect(clippy::disallowed_methods, reason = "what is measured lies in real time")]
    fn start() -> Self {
        Self(Instant::now())
    }

    /// In tenths.
    fn seconds(&self) -> f64 {
        (self.0.elapsed().as_secs_f64() * 10.0).round() / 10.0
    }
}
