//! The journal played again: every line must have a cause that SharePoint recorded, and every entry that the
//! rules let count must be the cause of a line.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use serde_json::Value;

use super::Findings;
use super::claim::{self, Choice, Claim, Vote};
use super::record::{Act, Editor, Record, Roll, Version};
use super::standing::Standing;

/// Moments of two lists closer than this have no order: SharePoint keeps whole seconds.
const VAGUE: SignedDuration = SignedDuration::from_secs(1);

pub(super) struct Replay {
    /// After each line, the state before the first one in front.
    standings: Vec<Standing>,
    pub(super) claims: Vec<Claim>,
    used: BTreeSet<u32>,
    acts: BTreeSet<u32>,
    /// For each line, the row of the inbox that caused it.
    by_act: Vec<Option<u32>>,
    submissions: usize,
}

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
        if let Err(fault) = replay.line(record, at, &mut standing, roll, findings)
            && !tampered
        {
            findings.fault(record, &format!("line {}: {fault}", at + 1));
        }
        replay.standings.push(standing);
    }
    findings.counted = replay.used.len() + replay.acts.len();
    replay
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
            "stepBegun" | "stepDone" => {}
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

    /// Every certain vote, act and submission is in the journal, unless something before it stood against it.
    pub(super) fn nothing_is_lost(&self, record: &Record, findings: &mut Findings) {
        for (version, claim) in record.versions.iter().zip(&self.claims) {
            match claim {
                Claim::Vote(vote) if !self.used.contains(&version.number) => {
                    findings.refused += 1;
                    if vote.is_certain
                        && let Some(why) = self.is_lost(record, version.number, version.at, vote)
                    {
                        findings.fault(record, &format!("version {}: {why}", version.number));
                    }
                }
                Claim::Void => findings.refused += 1,
                _ => {}
            }
        }
        for act in record.acts.iter().filter(|act| !self.acts.contains(&act.item)) {
            if let Some(why) = self.is_act_lost(record, act) {
                findings.fault(record, &format!("row {}: {why}", act.item));
            }
        }
        let open = ["SB", "PB"].contains(&self.last().code);
        if open && submissions(record).nth(self.submissions).is_some() {
            findings.fault(record, "a submission is lost");
        }
    }

    /// Positions between the entries before and after it, from the opening of its step on: one must refuse it,
    /// and not because of something that was asked later in the other list.
    fn is_lost(&self, record: &Record, number: u32, at: jiff::Timestamp, vote: &Vote) -> Option<String> {
        let opening = self.standings.iter().position(|standing| {
            let asked = standing.asked.as_ref();
            asked.is_some_and(|asked| asked.token == vote.token)
        })?;
        let window = self.standings.iter().enumerate().skip(opening);
        let window = window.skip_while(|(_, standing)| {
            standing.version < self.used.range(..number).next_back().copied().unwrap_or(0)
        });
        let mut window = window.take_while(|(_, standing)| standing.version < number);
        let Some((place, _)) = window.find(|(_, standing)| standing.refuses(vote).is_some()) else {
            return Some("a vote is lost".to_owned());
        };
        let row = self.by_act.get(place.checked_sub(1)?).copied().flatten()?;
        let act = record.acts.iter().find(|act| act.item == row)?;
        (act.first.at.duration_since(at) > VAGUE)
            .then(|| "a vote was overtaken by what was asked after it".to_owned())
    }

    /// From the moment it was asked on, something must refuse it.
    fn is_act_lost(&self, record: &Record, act: &Act) -> Option<String> {
        let refuses = |standing: &Standing| match act.first.text("PFApplicantAction") {
            Some("引戻し") => standing.refuses_pull_back().is_some(),
            Some("取下げ") => standing.refuses_withdrawal().is_some(),
            _ => by_row(act).is_none_or(|vote| standing.refuses(&vote).is_some()),
        };
        let is_vote = act.first.text("PFApplicantAction") == Some("判断");
        if !is_vote && act.author != record.applicant {
            return None;
        }
        let before = record
            .lines
            .iter()
            .take_while(|line| line.at.duration_since(act.first.at) <= SignedDuration::ZERO)
            .count();
        let from = &self.standings[before..];
        let Some(place) = from.iter().position(refuses) else {
            return Some("what was asked is lost".to_owned());
        };
        if place == 0 {
            return None;
        }
        // Entries into the item of later than the row must not have gone first.
        let closing = &self.standings[before + place];
        let later = record
            .versions
            .iter()
            .find(|version| version.number == closing.version)?;
        let is_entry = closing.version > self.standings[before + place - 1].version
            || closing.code != self.standings[before + place - 1].code;
        (is_entry
            && later.at.duration_since(act.first.at) > VAGUE
            && self.by_act[before + place - 1].is_none())
        .then(|| "what was asked was overtaken by a later vote".to_owned())
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

/// Versions by which the applicant submitted: his action became 申請 while the row was his.
fn submissions(record: &Record) -> impl Iterator<Item = usize> {
    let mut submitted = false;
    record.row.iter().enumerate().filter_map(move |(at, version)| {
        let applies = version.text("PFApplicantAction") == Some("申請");
        if version.is_ours() {
            submitted &= applies;
            return None;
        }
        let is_his = version.editor == Editor::Person(record.applicant.clone());
        let is_new = is_his && applies && !submitted;
        submitted |= is_new;
        is_new.then_some(at)
    })
}

fn is_asked(act: &Act, action: &str, record: &Record) -> bool {
    act.author == record.applicant && act.first.text("PFApplicantAction") == Some(action)
}

/// A decision that was asked for by a row.
fn by_row(act: &Act) -> Option<Vote> {
    let text = |column: &str| act.first.text(column).map(str::to_owned);
    let choice = text("PFDecision").as_deref().and_then(claim::choice)?;
    let comment = text("PFDecisionComment");
    if matches!(choice, Choice::Reject | Choice::SendBack) && comment.is_none() {
        return None;
    }
    let decides = act.first.text("PFApplicantAction") == Some("判断");
    decides.then_some(Vote {
        by: act.author.clone(),
        choice,
        token: text("PFStepToken")?,
        comment,
        is_certain: true,
    })
}

/// Whether a line tells of this vote.
fn is_told_by(vote: &Vote, kind: &str, event: &Value) -> bool {
    let choice = match (kind, event["verdict"].as_str()) {
        ("decided", Some("approve")) => Choice::Approve,
        ("decided", Some("reject")) => Choice::Reject,
        ("sentBack", _) => Choice::SendBack,
        ("held", _) => Choice::Hold,
        ("released" | "confirmed", _) => Choice::Confirm,
        _ => return false,
    };
    let comment = event["comment"].as_str();
    vote.choice == choice
        && event["by"] == vote.by.as_str()
        && event["token"].as_str().is_none_or(|token| token == vote.token)
        && comment.is_none_or(|comment| vote.comment.as_deref() == Some(comment))
}
