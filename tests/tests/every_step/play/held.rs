//! Everything is approved but for one vote; then somebody changes what it is about, and the last vote is given.

use super::super::ground::{Ground, Settled};
use super::super::quorum;
use super::super::samples::{Meddle, Then};
use super::{LOOKS, Play, Shown, rest};

/// What each application showed before it was changed behind its back.
pub(crate) struct Read(Vec<Shown>);

impl Play {
    /// Until each lacks one vote and no more.
    pub(crate) async fn all_but_one_vote(&mut self) {
        for _ in 0..LOOKS {
            let mut is_done = true;
            for at in 0..self.cases.len() {
                is_done &= self.lacks_one_vote(at).await;
            }
            if is_done {
                return;
            }
            rest(&self.watch.house).await;
        }
        panic!("never approved\n{}", self.watch.house.log_end());
    }

    async fn lacks_one_vote(&mut self, at: usize) -> bool {
        let shown = self.shown(at);
        let is_last = quorum::is_last(&self.cases[at].definition, &shown.step);
        shown.status == "IA" && self.vote(at, &shown, usize::from(is_last)).await && is_last
    }

    /// Each meddles with what one application is about, in their order.
    pub(crate) fn meddle(&self, meddles: &[Meddle]) -> Read {
        let ground = Ground {
            house: &self.watch.house,
        };
        let objects = &self.objects;
        let settled = Settled { ground, objects };
        let read = (0..self.cases.len()).map(|at| self.shown(at)).collect();
        for meddle in meddles {
            (meddle.by)(&settled);
        }
        Read(read)
    }

    /// The last votes are given, until all came to what they must.
    pub(crate) async fn last_votes(&mut self, read: &Read, meddles: &[Meddle]) {
        for _ in 0..LOOKS {
            let mut is_voted = true;
            for (at, shown) in read.0.iter().enumerate() {
                is_voted &= self.vote(at, shown, 0).await;
            }
            if is_voted && self.open(read, meddles).is_empty() {
                return;
            }
            rest(&self.watch.house).await;
        }
        let open = self.open(read, meddles);
        panic!("never come to it: {open:#?}\n{}", self.watch.house.log_end());
    }

    /// What has not come to what it must.
    pub(crate) fn open(&self, read: &Read, meddles: &[Meddle]) -> Vec<String> {
        let cases = self.cases.iter().enumerate();
        let open = cases.filter_map(|(at, case)| {
            let (was, is) = (&read.0[at], self.shown(at));
            let then = meddles[at].then;
            let is_there = match then {
                Then::Asked => is.is_asked_anew(was),
                Then::Parked => is.status == "RV",
            };
            (!is_there).then(|| format!("{}: {then:?}, is {}: {}", case.workflow, is.status, is.why))
        });
        open.collect()
    }
}

impl Shown {
    /// The same step asks about something else, and people read it.
    fn is_asked_anew(&self, was: &Self) -> bool {
        let asks = self.status == "IA" && self.step == was.step && !self.token.is_empty();
        asks && self.token != was.token && self.preview != was.preview
    }
}
