//! Who of those that the lanes of a step name can be asked, and why.

use std::collections::{BTreeMap, BTreeSet};

use crate::definition::{SelfRule, Source};
use crate::ids::PersonId;
use crate::route::resolve::{Resolver, RouteProblem};
use crate::route::{Because, LeftOut, Why};

/// Those who can be asked at a step, so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Candidates {
    pub(super) asked: BTreeMap<PersonId, Because>,
    pub(super) left_out: Vec<LeftOut>,
    /// Asked at another step.
    pub(super) waived: BTreeSet<PersonId>,
}

impl Candidates {
    pub(super) fn leave_out(&mut self, person: &PersonId, why: Why) {
        let person = person.clone();
        self.left_out.push(LeftOut { person, why });
    }

    pub(super) fn lacks_the_applicant(&self) -> bool {
        self.left_out.iter().any(|left| left.why == Why::Applicant)
    }
}

impl Resolver<'_> {
    /// All lanes together. `binding`: they decide, so the rule about the applicant himself holds.
    pub(super) fn candidates(
        &self,
        sources: &[Source],
        previous: &BTreeSet<PersonId>,
        binding: bool,
    ) -> Result<Candidates, RouteProblem> {
        let mut all = Candidates::default();
        for (lane, source) in sources.iter().enumerate() {
            let asked = self.lane((lane, source), previous, binding, &mut all)?;
            for (person, because) in asked {
                all.asked.entry(person).or_insert(because);
            }
        }
        Ok(all)
    }

    fn lane(
        &self,
        (lane, source): (usize, &Source),
        previous: &BTreeSet<PersonId>,
        binding: bool,
        all: &mut Candidates,
    ) -> Result<BTreeMap<PersonId, Because>, RouteProblem> {
        let (organisation, applicant) = (self.request.organisation, self.request.applicant);
        let mut asked = BTreeMap::new();
        let mut left_himself = false;
        for person in self.named(source, previous)? {
            if !organisation.is_enabled(&person) {
                all.leave_out(&person, Why::Away);
            } else if person == *applicant && binding && self.definition.self_rule != SelfRule::Allow {
                all.leave_out(&person, Why::Applicant);
                left_himself = true;
            } else {
                let from = source.word().to_owned();
                asked.insert(person, Because::Source { lane, from });
            }
        }
        if asked.is_empty() && left_himself && self.definition.self_rule == SelfRule::Forbid {
            let above = self.above(source).into_iter();
            asked.extend(above.map(|person| (person, Because::Lifted { lane })));
        }
        Ok(asked)
    }

    /// One level above the applicant: the same post in a unit above, or else his manager.
    fn above(&self, source: &Source) -> BTreeSet<PersonId> {
        let fit = |person: &PersonId| {
            person != self.request.applicant && self.request.organisation.is_enabled(person)
        };
        let holders = self.in_units(source, 1, usize::MAX - 1);
        let holders: BTreeSet<PersonId> = holders.into_iter().filter(fit).collect();
        if !holders.is_empty() {
            return holders;
        }
        let managers = self.request.organisation.managers(self.request.applicant);
        let mut fit = managers.into_iter().filter(|person| fit(person));
        fit.next().cloned().into_iter().collect()
    }
}
