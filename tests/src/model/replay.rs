//! The journal played again: every line must have a cause that SharePoint recorded.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Findings;
use super::cause::{by_row, is_asked, is_told_by, submissions};
use super::claim::{self, Claim, Vote};
use super::record::{Act, Record, Roll, Version};
use super::standing::Standing;

pub(super) struct Replay {
    /// After each line, the state before the first one in front.
    pub(super) standings: Vec<Standing>,
    /// One for each version.
    pub(super) claims: Vec<Claim>,
    /// Versions that caused a line.
    pub(super) used: BTreeSet<u32>,
    /// Rows of the inbox that did.
    pub(super) acts: BTreeSet<u32>,
    /// For each line, the row of the inbox that caused it.
    pub(super) by_act: Vec<Option<u32>>,
    pub(super) submissions: usize,
}

/// `tampered`: there is need for a park, and for nothing else that people did not ask for.
pub(super) fn replay(record: &Record, roll: &Roll, tampered: bool, findings: &mut Findings) -> Replay {
    let began = |token: &str| {
        let line = record.lines.iter().find(|line| opened(&line.event).1 == token);
        line.map(|line| line.at)
    };
    let mut replay = Replay {
        standings: vec![Standing::nowhere()],
        claims: (0..record.versions.len())
            .map(|at| claim::of(record, at, began))
            .collect(),
        used: BTreeSet::new(),
        acts: BTreeSet::new(),
        by_act: Vec::new(),
        submissions: 0,
    };
    for at in 0..record.lines.len() {
        let mut standing = replay.last().clone();
        replay.by_act.push(None);
        if tampered && is_park(&record.lines[at].event) {
            standing.close("RV");
        } else if let Err(fault) = replay.line(record, at, &mut standing, roll, findings) {
            findings.fault(record, &format!("line {}: {fault}", at + 1));
        }
        replay.standings.push(standing);
    }
    findings.counted = replay.used.len() + replay.acts.len();
    replay
}

/// Stopped because a version is not as it was.
pub(super) fn is_park(event: &Value) -> bool {
    let why = event["why"].as_str().unwrap_or_default();
    event["type"] == "parked" && why.starts_with("version ")
}

/// Key and token of the step that an event opens.
fn opened(event: &Value) -> (&str, &str) {
    let text = |name: &str| event["opening"][name].as_str().unwrap_or_default();
    (text("step"), text("token"))
}

impl Replay {
    pub(super) fn last(&self) -> &Standing {
        self.standings.last().expect("a state from the start")
    }

    pub(super) fn is_used(&self, version: u32) -> bool {
        self.used.contains(&version)
    }

    fn line(
        &mut self,
        record: &Record,
        at: usize,
        now: &mut Standing,
        roll: &Roll,
        findings: &mut Findings,
    ) -> Result<(), String> {
        let line = &record.lines[at];
        let event = &line.event;
        let kind = event["type"].as_str().unwrap_or_default();
        match kind {
            "submitted" | "resubmitted" => {
                now.close("SU");
                self.submitted(record, event)?;
            }
            "returned" => now.close("SB"),
            "accepted" | "stepPassed" | "planChanged" | "askedAgain" => {
                if kind == "stepPassed" && !now.is_passed() {
                    return Err("the step passed without enough votes".to_owned());
                }
                let (step, token) = opened(event);
                now.open(step, token, roll);
            }
            "decided" | "held" | "released" | "confirmed" | "sentBack" => {
                self.voted(record, kind, event, now, findings)?;
            }
            "rejected" if !now.is_rejected() => return Err("rejected without enough votes".to_owned()),
            "rejected" => now.close("RJ"),
            "approved" if !now.is_passed() => return Err("approved without enough votes".to_owned()),
            "approved" => now.close("AP"),
            "pulledBack" => {
                let refusal = now.refuses_pull_back();
                self.asked_by_row(record, "引戻し", refusal)?;
                now.close("PB");
            }
            "withdrawn" => {
                let refusal = now.refuses_withdrawal();
                self.asked_by_row(record, "取下げ", refusal)?;
                now.close("WD");
            }
            "executionStarted" => now.close("EX"),
            "completed" => now.close("CO"),
            "parked" => {
                now.close("RV");
                return Err(format!("parked without need: {}", event["why"]));
            }
            // Whom it tells, and of what, is counted apart.
            "notCounted" | "stepBegun" | "stepDone" => {}
            other => return Err(format!("nobody asked for {other}")),
        }
        Ok(())
    }

    /// The payload is that of the version by which the applicant submitted.
    fn submitted(&mut self, record: &Record, event: &Value) -> Result<(), String> {
        self.submissions += 1;
        let version = submissions(record).nth(self.submissions - 1);
        let version = version.ok_or("nobody submitted")?;
        let written = record.row[version].text("PFPayload").unwrap_or_default();
        let written: Value = serde_json::from_str(written).unwrap_or_default();
        if event["payload"]["values"] != written {
            return Err("the form is not the one that was submitted".to_owned());
        }
        Ok(())
    }

    fn voted(
        &mut self,
        record: &Record,
        kind: &str,
        event: &Value,
        now: &mut Standing,
        findings: &mut Findings,
    ) -> Result<(), String> {
        let wanted = |vote: &Vote| is_told_by(vote, kind, event) && now.refuses(vote).is_none();
        let entries = self.entries(record, now.version, &wanted);
        let silent = entries
            .iter()
            .find(|version| !record.is_told(&format!("v{}", version.number)));
        let row = match silent {
            None => self.row(record, &wanted),
            Some(_) => None,
        };
        let vote = if let Some((item, vote)) = row {
            self.used_row(item);
            vote
        } else {
            let version = silent.or(entries.first()).ok_or("nobody wrote such an entry")?;
            let vote = self.vote(record, version.number).ok_or("no vote")?;
            now.version = version.number;
            self.used.insert(version.number);
            if version.writer != format!("person:{}", vote.by) {
                findings.forged(record, &version.writer);
            }
            vote
        };
        now.record(&vote);
        if kind == "sentBack" {
            now.close("SB");
        }
        Ok(())
    }

    /// Versions that may be meant, those that must count in front. Whoever was told that his does not count is
    /// not the one.
    fn entries<'a>(
        &self,
        record: &'a Record,
        after: u32,
        wanted: &impl Fn(&Vote) -> bool,
    ) -> Vec<&'a Version> {
        let versions = record.versions.iter().zip(&self.claims);
        let fitting = versions.filter_map(|(version, claim)| match claim {
            Claim::Vote(vote) if version.number > after && wanted(vote) => Some((!vote.is_certain, version)),
            _ => None,
        });
        let mut fitting: Vec<_> = fitting.collect();
        fitting.sort_by_key(|(vague, version)| (*vague, version.number));
        fitting.into_iter().map(|(_, version)| version).collect()
    }

    fn vote(&self, record: &Record, number: u32) -> Option<Vote> {
        let at = record
            .versions
            .iter()
            .position(|version| version.number == number)?;
        match &self.claims[at] {
            Claim::Vote(vote) => Some(vote.clone()),
            _ => None,
        }
    }

    fn row(&self, record: &Record, wanted: &impl Fn(&Vote) -> bool) -> Option<(u32, Vote)> {
        let fresh = record.acts.iter().filter(|act| !self.acts.contains(&act.item));
        let mut silent = fresh.filter(|act| !record.is_told(&format!("act-{}", act.item)));
        silent.find_map(|act| Some((act.item, by_row(act).filter(|vote| wanted(vote))?)))
    }

    fn asked_by_row(&mut self, record: &Record, action: &str, refusal: Option<&str>) -> Result<(), String> {
        if let Some(refusal) = refusal {
            return Err(format!("{action}: {refusal}"));
        }
        let mut acts = record.acts.iter();
        let is_fresh =
            |act: &Act| !self.acts.contains(&act.item) && !record.is_told(&format!("act-{}", act.item));
        let act = acts.find(|act| is_asked(act, action, record) && is_fresh(act));
        self.used_row(
            act.ok_or_else(|| format!("the applicant did not ask for {action}"))?
                .item,
        );
        Ok(())
    }

    fn used_row(&mut self, item: u32) {
        self.acts.insert(item);
        if let Some(cause) = self.by_act.last_mut() {
            *cause = Some(item);
        }
    }
}

impl Findings {
    fn forged(&mut self, record: &Record, writer: &str) {
        let is_owner = record
            .owners
            .iter()
            .any(|owner| *writer == format!("person:{owner}"));
        if is_owner {
            self.forged_by_owner += 1;
        } else {
            self.forged_below += 1;
        }
    }
}
