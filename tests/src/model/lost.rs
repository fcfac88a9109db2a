//! The other way round: every entry that the rules let count must be the cause of a line.

use jiff::SignedDuration;

use super::Findings;
use super::cause::{by_row, submissions};
use super::claim::{Claim, Vote};
use super::record::{Act, Record};
use super::replay::Replay;
use super::standing::Standing;

/// Moments of two lists closer than this have no order: SharePoint keeps whole seconds.
const VAGUE: SignedDuration = SignedDuration::from_secs(1);

impl Replay {
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
