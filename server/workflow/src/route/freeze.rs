//! What becomes of a step in the end: whom it asks, or why it is skipped.

use std::collections::BTreeSet;

use crate::definition::{Approval, Kind, Nobody, Quorum, SelfRule, Source, Step};
use crate::ids::PersonId;
use crate::route::lane::Candidates;
use crate::route::resolve::{Resolver, RouteProblem};
use crate::route::{Because, Reason, RouteStep, SkipReason, Trace};

impl Resolver<'_> {
    pub(super) fn freeze(&self, step: &Step, mut found: Candidates) -> Result<RouteStep, RouteProblem> {
        let skipped = match &step.kind {
            Kind::Approval(approval) => self.settle(step, approval, &mut found)?,
            Kind::ManualWork(work) => self.settle_work(step, work.quorum, &mut found)?,
            _ => found.asked.is_empty().then_some(SkipReason::NoApprover),
        };
        let asked = found.asked.iter().filter(|_| skipped.is_none());
        let reasons = asked.clone().map(|(person, because)| Reason {
            person: person.clone(),
            because: because.clone(),
        });
        let trace = Trace {
            asked: reasons.collect(),
            left_out: found.left_out,
        };
        Ok(RouteStep {
            assignees: asked.map(|(person, _)| person.clone()).collect(),
            skipped,
            waived: found.waived,
            trace,
            ..RouteStep::asking(step.key.clone(), [])
        })
    }

    fn settle(
        &self,
        step: &Step,
        approval: &Approval,
        found: &mut Candidates,
    ) -> Result<Option<SkipReason>, RouteProblem> {
        if found.is_waived(approval) {
            return Ok(Some(SkipReason::SamePerson));
        }
        if found.asked.is_empty() {
            if self.definition.self_rule == SelfRule::Skip && found.lacks_the_applicant() {
                return Ok(Some(SkipReason::Applicant));
            }
            self.fall_back(step.sources(), found)?;
        }
        self.enough(count(found.asked.len() + found.waived.len()), approval.quorum)
    }

    /// Work that nobody is left for is the administrators'. Only where the definition says so it is left out.
    fn settle_work(
        &self,
        step: &Step,
        quorum: Quorum,
        found: &mut Candidates,
    ) -> Result<Option<SkipReason>, RouteProblem> {
        if found.asked.is_empty() {
            self.fall_back(step.sources(), found)?;
        }
        if found.asked.is_empty() {
            let administrators = &self.request.organisation.administrators;
            self.ask_all(administrators, &Because::Administrators, found);
        }
        self.enough(count(found.asked.len()), quorum)
    }

    /// Whether so many people can settle a step; why it is skipped if the definition lets it be.
    fn enough(&self, asked: u32, quorum: Quorum) -> Result<Option<SkipReason>, RouteProblem> {
        match (asked, quorum.needed(asked)) {
            (0, _) if self.definition.nobody == Nobody::Skip {} => Ok(Some(SkipReason::NoApprover)),
            (0, _) => Err(RouteProblem::Nobody),
            (asked, needed) if asked < needed => Err(RouteProblem::TooFew { needed, asked }),
            _ => Ok(None),
        }
    }

    /// The definition's rule for a step that nobody is left for.
    pub(super) fn fall_back(&self, sources: &[Source], found: &mut Candidates) -> Result<(), RouteProblem> {
        let organisation = self.request.organisation;
        match &self.definition.nobody {
            Nobody::Administrators {} => {
                self.ask_all(&organisation.administrators, &Because::Administrators, found);
            }
            Nobody::People { people } => self.ask_all(people, &Because::Fallback, found),
            Nobody::Group { group } => {
                let members = organisation.groups.get(group).map(|group| &group.members);
                let members = members.ok_or_else(|| RouteProblem::NoSuchGroup(group.clone()))?;
                self.ask_all(members, &Because::Fallback, found);
            }
            Nobody::LiftToParentUnit {} => self.lift(sources, found),
            Nobody::Skip {} | Nobody::Stop {} => {}
        }
        Ok(())
    }

    fn ask_all(&self, people: &BTreeSet<PersonId>, because: &Because, found: &mut Candidates) {
        let is_barred = |person: &PersonId| {
            person == self.request.applicant && self.definition.self_rule != SelfRule::Allow
        };
        let fit = people
            .iter()
            .filter(|person| self.request.organisation.is_enabled(person) && !is_barred(person));
        found
            .asked
            .extend(fit.map(|person| (person.clone(), because.clone())));
    }

    /// The same post in the nearest unit above in which anybody fits.
    fn lift(&self, sources: &[Source], found: &mut Candidates) {
        for source in sources {
            let Some(unit) = self.unit_of(source) else {
                continue;
            };
            let above = self.request.organisation.upwards(unit);
            for (level, unit) in above.iter().enumerate().skip(1) {
                let holders = self.in_units(source, level, 0);
                let because = Because::ParentUnit {
                    unit: (*unit).to_owned(),
                };
                self.ask_all(&holders, &because, found);
                if !found.asked.is_empty() {
                    return;
                }
            }
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
