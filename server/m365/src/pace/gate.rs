//! Whether a call may go out now: pure, with time as an argument.

use std::time::Duration;

use jiff::Timestamp;

use super::budget::Budget;
use crate::{
    Priority, Service,
    clock::{after, between},
    verdict::RateLimit,
};

/// While one call tries whether the service takes calls again, the others come back after this long.
const WHILE_TRYING: Duration = Duration::from_secs(1);

/// What a call that goes out is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    Ordinary,
    /// The only one after a refusal: its answer says whether the others may follow.
    Trial,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    /// Refused: nobody sends until then, and then one.
    Closed {
        until: Timestamp,
    },
    /// One call is out.
    Trying,
}

#[derive(Debug, Clone)]
pub(super) struct Gate {
    state: State,
    /// The service has said that little is left: background work stays away until then.
    scarce: Timestamp,
    budget: Budget,
}

impl Gate {
    pub(super) fn new(service: Service) -> Self {
        Self {
            state: State::Open,
            scarce: Timestamp::MIN,
            budget: Budget::of(service),
        }
    }

    pub(super) fn budget(&mut self) -> &mut Budget {
        &mut self.budget
    }

    /// Lets a call of so many units out, or says how long to stay away.
    pub(super) fn ask(&mut self, priority: Priority, units: u32, now: Timestamp) -> Result<Pass, Duration> {
        match self.state {
            State::Closed { until } if until > now => return Err(between(now, until)),
            State::Trying => return Err(WHILE_TRYING),
            _ => {}
        }
        if priority == Priority::Background && self.scarce > now {
            return Err(between(now, self.scarce));
        }
        let spent = self.budget.spend(priority, units, now);
        spent.map_err(|room| between(now, room))?;
        if self.state == State::Open {
            return Ok(Pass::Ordinary);
        }
        self.state = State::Trying;
        Ok(Pass::Trial)
    }

    /// The service refused, and wants `wait`. A longer wait that was asked for before stands.
    pub(super) fn refused(&mut self, wait: Duration, now: Timestamp) {
        let until = after(now, wait);
        self.state = match self.state {
            State::Closed { until: longer } => State::Closed {
                until: longer.max(until),
            },
            State::Open | State::Trying => State::Closed { until },
        };
    }

    /// The service took a call. Those that were under way before a refusal prove nothing.
    pub(super) fn taken(&mut self, pass: Pass) {
        if pass == Pass::Trial && self.state == State::Trying {
            self.state = State::Open;
        }
    }

    /// A trial ended without an answer: the next call is one.
    pub(super) fn lost(&mut self, pass: Pass, now: Timestamp) {
        if pass == Pass::Trial && self.state == State::Trying {
            self.state = State::Closed { until: now };
        }
    }

    /// SharePoint sends these headers from 80 % of use on: what is left is people's. Nobody sends into nothing.
    pub(super) fn told(&mut self, limit: RateLimit, now: Timestamp) {
        self.scarce = self.scarce.max(after(now, limit.reset));
        if limit.remaining == 0 {
            self.refused(limit.reset, now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn gate() -> Gate {
        Gate::new(Service::SharePoint)
    }

    const PEOPLE: Priority = Priority::People;
    const SWEEP: Priority = Priority::Background;

    #[test]
    fn a_refusal_holds_everyone_until_its_time_and_never_shortens() {
        let mut gate = gate();
        gate.refused(Duration::from_secs(30), at(0));
        gate.refused(Duration::from_secs(5), at(1));
        assert_eq!(gate.ask(PEOPLE, 1, at(10)), Err(Duration::from_secs(20)));
        assert_eq!(gate.ask(SWEEP, 1, at(29)), Err(Duration::from_secs(1)));
    }

    #[test]
    fn after_a_refusal_one_call_tries_before_the_others_follow() {
        let mut gate = gate();
        gate.refused(Duration::from_secs(30), at(0));
        assert_eq!(gate.ask(PEOPLE, 1, at(30)), Ok(Pass::Trial));
        assert_eq!(gate.ask(PEOPLE, 1, at(30)), Err(WHILE_TRYING));
        gate.taken(Pass::Ordinary);
        assert_eq!(
            gate.ask(PEOPLE, 1, at(31)),
            Err(WHILE_TRYING),
            "one from before proves nothing"
        );
        gate.taken(Pass::Trial);
        assert_eq!(gate.ask(PEOPLE, 1, at(31)), Ok(Pass::Ordinary));
    }

    #[test]
    fn a_refused_trial_closes_again_and_a_lost_one_lets_another_try() {
        let mut gate = gate();
        gate.refused(Duration::from_secs(30), at(0));
        assert_eq!(gate.ask(PEOPLE, 1, at(30)), Ok(Pass::Trial));
        gate.refused(Duration::from_mins(1), at(31));
        gate.lost(Pass::Trial, at(31));
        assert_eq!(gate.ask(PEOPLE, 1, at(32)), Err(Duration::from_secs(59)));
        assert_eq!(gate.ask(PEOPLE, 1, at(91)), Ok(Pass::Trial));
        gate.lost(Pass::Trial, at(92));
        assert_eq!(gate.ask(PEOPLE, 1, at(92)), Ok(Pass::Trial));
    }

    #[test]
    fn a_shrinking_budget_stops_background_work_and_spares_people_until_nothing_is_left() {
        let mut gate = gate();
        let limit = |remaining| RateLimit {
            remaining,
            reset: Duration::from_secs(30),
        };
        gate.told(limit(200), at(0));
        assert_eq!(gate.ask(SWEEP, 1, at(0)), Err(Duration::from_secs(30)));
        assert_eq!(gate.ask(PEOPLE, 1, at(0)), Ok(Pass::Ordinary));
        gate.told(limit(0), at(1));
        assert_eq!(gate.ask(PEOPLE, 1, at(1)), Err(Duration::from_secs(30)));
    }
}
