//! Who takes part in an application, and how.

use std::collections::BTreeSet;

use crate::application::{Application, Asking, Notice};
use crate::ids::PersonId;

impl Application {
    /// Who may decide in this person's place now. Nobody decides on his own application, not for another either; and
    /// nobody's deputy acts on what is over, for then deputies are no longer followed.
    pub fn deputies_of(&self, person: &PersonId) -> impl Iterator<Item = &PersonId> {
        let deputies = self.represented.get(person).into_iter().flatten();
        deputies.filter(|deputy| **deputy != self.applicant && !self.is_closed())
    }

    /// Everyone whose decision or work would be taken now: those who are asked, and their deputies.
    pub fn deciders(&self) -> BTreeSet<&PersonId> {
        let asked = self.asking().into_iter().flat_map(Asking::pending);
        asked
            .flat_map(|person| self.deputies_of(person).chain([person]))
            .collect()
    }

    /// Everyone who has something to acknowledge, and their deputies. Nothing ever waits for them.
    pub fn acknowledgers(&self) -> BTreeSet<&PersonId> {
        let open = self.notices.iter().flat_map(Notice::open);
        open.flat_map(|person| self.deputies_of(person).chain([person]))
            .collect()
    }

    /// Everyone who may write into the item: while it is open, whoever is asked and whoever is shown it.
    pub fn writers(&self) -> BTreeSet<&PersonId> {
        let mut writers = self.deciders();
        if !self.is_closed() {
            writers.extend(self.acknowledgers());
        }
        writers
    }

    /// Everyone else who may read: applicant and drafter, viewers, whoever was asked or acted, whoever is shown it
    /// in circulation or afterwards, and later approvers who may go ahead. Who will be asked later reads nothing yet.
    pub fn readers(&self) -> BTreeSet<&PersonId> {
        let current = self
            .review()
            .map(|review| &review.asking)
            .or_else(|| self.asking());
        let asked = self.past.iter().chain(current);
        let offered = self.review().into_iter().flat_map(|review| &review.pull_up);
        let offered = offered.flat_map(|person| self.deputies_of(person).chain([person]));
        let shown = self.notices.iter().flat_map(|notice| &notice.items);
        asked
            .flat_map(Asking::people)
            .chain(shown.map(|item| &item.person))
            .chain(offered)
            .chain([&self.applicant])
            .chain(&self.drafter)
            .chain(&self.viewers)
            .collect()
    }
}
