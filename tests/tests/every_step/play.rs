//! All sample wishes at once on one tenant: applied for one after the other, approved by everybody, carried out together.

#[path = "play/back.rs"]
mod back;
#[path = "play/held.rs"]
mod held;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use dev_tenant::world::Tenant;
use e2e::hire::{self, APPLICANT, MANAGER};
use e2e::house::{House, Wishes, pause};
use e2e::journal;
use e2e::person::Person;
use e2e::rows::{self, APPLICATIONS, INBOX};
use e2e::watch::Watch;
use jiff::SignedDuration;
use serde_json::{Value, json};
use uuid::Uuid;

use super::ground::{Ground, Settled};
use super::objects::Objects;
use super::picture::{self, Picture};
use super::quorum::{self, Voters};
use super::restored::{Dump, Names};
use super::samples::{self, Sample};

const EXPERTS: [&str; 3] = ["toru.soma", "ren.nakahara", "kaori.uchida"];
const LOOK: Duration = Duration::from_millis(200);
const LEAP: SignedDuration = SignedDuration::from_millis(800);
/// Far more than all of them need.
const LOOKS: usize = 3_000;
/// Of an application that somebody is asked about, that is carried out, or that is done.
const GOES_ON: [&str; 5] = ["SU", "IA", "AP", "EX", "CO"];

/// One application.
pub(crate) struct Case {
    pub(crate) workflow: &'static str,
    pub(crate) number: String,
    row: i64,
    definition: Value,
    /// Whose vote for which token was given.
    voted: BTreeSet<(usize, String)>,
}

pub(crate) struct Play {
    pub(crate) watch: Watch,
    pub(crate) cases: Vec<Case>,
    objects: Objects,
    /// What was there before anybody asked.
    known: BTreeMap<Uuid, String>,
    /// So many effects are none of what is carried out now.
    before: usize,
    manager: Person,
    experts: Vec<Person>,
}

impl Play {
    /// A house on which everything has been applied for.
    pub(crate) async fn begin(backend: &str, wishes: Wishes<'_>) -> Self {
        let all: Vec<&Sample> = samples::all().collect();
        Self::of(House::build(backend, wishes).await, &all).await
    }

    /// The same of some wishes, on a house that was built already.
    pub(crate) async fn of(house: House, samples: &[&Sample]) -> Self {
        for sample in samples {
            (sample.equip)(&Ground { house: &house });
        }
        let objects = Objects::make(&house).await;
        let known = picture::named(&house.world().tenant());
        let mut watch = hire::settle(house).await;
        let cases = submit(&mut watch, &objects, samples).await;
        let manager = Person::sign_in(&watch.house, MANAGER).await;
        let mut experts = Vec::new();
        for expert in EXPERTS {
            experts.push(Person::sign_in(&watch.house, expert).await);
        }
        Self {
            watch,
            cases,
            objects,
            known,
            before: 0,
            manager,
            experts,
        }
    }

    pub(crate) fn picture(&self) -> Picture {
        Picture::of(&self.watch.house, &self.known, self.before)
    }

    pub(crate) fn dump(&self, names: &Names) -> Dump {
        Dump::of(&self.watch.house.world().tenant(), names)
    }

    fn shown(&self, at: usize) -> Shown {
        Shown::of(&self.watch.house.world().tenant(), &self.cases[at])
    }

    /// Until all are carried out.
    pub(crate) async fn carry_through(&mut self) {
        for _ in 0..LOOKS {
            let mut is_done = true;
            for at in 0..self.cases.len() {
                is_done &= self.act(at).await;
            }
            if is_done {
                return;
            }
            rest(&self.watch.house).await;
        }
        panic!("never carried out\n{}", self.watch.house.log_end());
    }

    /// Whoever is asked approves; whether it is carried out.
    async fn act(&mut self, at: usize) -> bool {
        let (case, shown) = (&self.cases[at], self.shown(at));
        assert!(
            GOES_ON.contains(&shown.status.as_str()),
            "{} is {}: {}\n{:#?}",
            case.workflow,
            shown.status,
            shown.why,
            journal::lines(&self.watch.house, &case.number)
        );
        if shown.status == "IA" {
            self.vote(at, &shown, 0).await;
        }
        shown.status == "CO"
    }

    /// All whom the step asks vote, but for the last ones; whether each of them has.
    async fn vote(&mut self, at: usize, shown: &Shown, but: usize) -> bool {
        let case = &self.cases[at];
        let mut voters: Vec<&Person> = match quorum::voters(&case.definition, &shown.step) {
            Some(Voters::Manager) => vec![&self.manager],
            Some(Voters::Experts(number)) => self.experts.iter().take(number).collect(),
            None => return false,
        };
        voters.truncate(voters.len().saturating_sub(but));
        let keys: Vec<_> = (0..voters.len())
            .map(|number| (number, shown.token.clone()))
            .collect();
        let mut voted = Vec::new();
        for (number, voter) in voters.into_iter().enumerate() {
            let key = (number, shown.token.clone());
            let decision =
                json!({ "PFDecision": "承認", "PFDecisionFor": format!("{}:{}", shown.token, voter.id) });
            // Refused: the step is shown a moment before its assignees are let in.
            if !case.voted.contains(&key)
                && voter
                    .change(APPLICATIONS, shown.item, &decision)
                    .await
                    .is_success()
            {
                voted.push(key);
            }
        }
        let case = &mut self.cases[at];
        case.voted.extend(voted);
        keys.iter().all(|key| case.voted.contains(key))
    }
}

/// Time runs some five times as fast as outside: slow enough for what waits for Microsoft's copies to agree.
async fn rest(house: &House) {
    pause(LOOK).await;
    house.tenant.advance(LEAP).expect("the clock moves");
}

/// One after the other, so that all runs give them the same numbers.
async fn submit(watch: &mut Watch, objects: &Objects, samples: &[&Sample]) -> Vec<Case> {
    let applicant = Person::sign_in(&watch.house, APPLICANT).await;
    let mut definitions = quorum::shipped();
    let mut cases = Vec::new();
    for Sample { workflow, wish, .. } in samples {
        let house = &watch.house;
        let ground = Ground { house };
        let form = wish(&Settled { ground, objects });
        let row = applicant.add(INBOX, &row(workflow, &form)).await;
        let issues = taken_in(watch, row).await;
        assert_eq!(issues, None, "{workflow}");
        let definition = definitions.remove(*workflow).unwrap_or_default();
        cases.push(Case::of(watch, workflow, row, definition));
    }
    cases
}

fn row(workflow: &str, form: &Value) -> Value {
    let mut row = hire::row(form, "申請");
    row["Title"] = json!(workflow);
    row["PFWorkflow"] = json!(workflow);
    row
}

/// Until somebody is asked about a row, or it is sent back; why.
async fn taken_in(watch: &mut Watch, row: i64) -> Option<String> {
    let status = |tenant: &Tenant| rows::text(tenant, INBOX, row, "PFStatus");
    let answered = |tenant: &Tenant| ["IA", "SB"].contains(&status(tenant).as_str());
    watch.until("somebody is asked", answered).await;
    let tenant = watch.house.world().tenant();
    (status(&tenant) == "SB").then(|| rows::text(&tenant, INBOX, row, "PFIssues"))
}

impl Case {
    fn of(watch: &Watch, workflow: &'static str, row: i64, definition: Value) -> Self {
        Self {
            workflow,
            number: rows::text(&watch.house.world().tenant(), INBOX, row, "PFNumber"),
            row,
            definition,
            voted: BTreeSet::new(),
        }
    }
}

/// What an application shows.
struct Shown {
    status: String,
    why: String,
    item: i64,
    step: String,
    token: String,
    /// What approvers read.
    preview: String,
}

impl Shown {
    fn of(tenant: &Tenant, case: &Case) -> Self {
        let numbers = rows::items(tenant, APPLICATIONS).map(|item| i64::from(item.id.0));
        let mut ours = numbers.filter(|id| rows::text(tenant, APPLICATIONS, *id, "PFNumber") == case.number);
        let item = ours.next().unwrap_or_default();
        let column = |name| rows::text(tenant, APPLICATIONS, item, name);
        Self {
            status: rows::text(tenant, INBOX, case.row, "PFStatus"),
            why: column("PFHistory"),
            item,
            step: column("PFStepName"),
            token: column("PFStepToken"),
            preview: column("PFPreview"),
        }
    }
}
