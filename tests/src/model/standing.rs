//! Where an application stands between two lines of its journal, and what it accepts there.

use std::collections::{BTreeMap, BTreeSet};

use super::claim::{Choice, Vote};
use super::record::Roll;

const STEPS: [(f64, &str); 2] = [(1.0, "上長承認"), (2.0, "情報システム部 合議")];

/// The step that is asked.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) token: String,
    /// Its place in the definition, from 1 on, and its title.
    pub(super) step: (f64, &'static str),
    people: BTreeSet<String>,
    needed: usize,
    votes: BTreeMap<String, Choice>,
    holder: Option<String>,
}

#[derive(Debug, Clone)]
pub(super) struct Standing {
    pub(super) code: &'static str,
    pub(super) asked: Option<Asked>,
    /// Somebody decided in this round.
    decided: bool,
    /// Entries into the item up to this version were used.
    pub(super) version: u32,
}

impl Standing {
    pub(super) fn nowhere() -> Self {
        Self {
            code: "",
            asked: None,
            decided: false,
            version: 0,
        }
    }

    /// Why not, if not.
    pub(super) fn refuses(&self, vote: &Vote) -> Option<&'static str> {
        let Some(asked) = &self.asked else {
            return Some("nothing is asked");
        };
        let held_by_other = asked.holder.as_ref().is_some_and(|holder| *holder != vote.by);
        let refusals = [
            (vote.token != asked.token, "another step is asked"),
            (!asked.people.contains(&vote.by), "he is not asked"),
            (asked.votes.contains_key(&vote.by), "he decided already"),
            (held_by_other, "another holds it"),
        ];
        refusals.into_iter().find(|(is, _)| *is).map(|(_, why)| why)
    }

    /// Why the applicant may not pull back, if he may not.
    pub(super) fn refuses_pull_back(&self) -> Option<&'static str> {
        match (self.asked.is_some(), self.decided) {
            (true, false) => None,
            (true, true) => Some("somebody decided already"),
            _ => Some("nothing is asked"),
        }
    }

    pub(super) fn refuses_withdrawal(&self) -> Option<&'static str> {
        let open = ["IA", "SB", "PB", "AP"].contains(&self.code);
        (!open).then_some("it is not open")
    }

    pub(super) fn is_closed(&self) -> bool {
        ["CO", "RJ", "WD"].contains(&self.code)
    }

    /// What people are shown: whoever holds a step holds the application.
    pub(super) fn shown(&self) -> &'static str {
        let is_held = self.asked.as_ref().is_some_and(|asked| asked.holder.is_some());
        if is_held { "HO" } else { self.code }
    }

    pub(super) fn record(&mut self, vote: &Vote) {
        let Some(asked) = &mut self.asked else {
            return;
        };
        match vote.choice {
            Choice::Approve | Choice::Reject => {
                self.decided = true;
                asked.holder = None;
                asked.votes.insert(vote.by.clone(), vote.choice);
            }
            Choice::Hold => asked.holder = Some(vote.by.clone()),
            Choice::Confirm => asked.holder = None,
            Choice::SendBack => {}
        }
    }

    fn count(&self, choice: Choice) -> usize {
        let votes = self.asked.iter().flat_map(|asked| asked.votes.values());
        votes.filter(|vote| **vote == choice).count()
    }

    /// Enough agreed.
    pub(super) fn is_passed(&self) -> bool {
        let needed = self.asked.as_ref().map(|asked| asked.needed);
        needed.is_some_and(|needed| self.count(Choice::Approve) >= needed)
    }

    /// Enough can no longer agree.
    pub(super) fn is_rejected(&self) -> bool {
        let asked = self.asked.as_ref();
        asked.is_some_and(|asked| asked.people.len() - self.count(Choice::Reject) < asked.needed)
    }

    /// One of one manager, two of three experts.
    pub(super) fn open(&mut self, step: &str, token: &str, roll: &Roll) {
        let is_first = step == "manager";
        if is_first {
            self.decided = false;
        }
        self.code = "IA";
        self.asked = Some(Asked {
            token: token.to_owned(),
            step: if is_first { STEPS[0] } else { STEPS[1] },
            people: if is_first {
                BTreeSet::from([roll.manager.clone()])
            } else {
                roll.experts.clone()
            },
            needed: if is_first { 1 } else { 2 },
            votes: BTreeMap::new(),
            holder: None,
        });
    }

    pub(super) fn close(&mut self, code: &'static str) {
        self.code = code;
        self.asked = None;
    }
}
