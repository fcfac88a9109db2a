//! Faults on demand: rules that strike chosen calls, and a seeded mode that strikes any.

mod chance;
mod identity;
pub(super) mod refusals;
mod rule;
mod strike;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use chance::Chance;
use chance::Dice;
pub use rule::{Kind, Match, Rule, RuleError};
pub use strike::Strike;

use crate::call::Call;

/// What a tester asks for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Plan {
    /// The first rule that fits a call strikes it; later ones are left as they are.
    pub rules: Vec<Rule>,
    pub random: Option<Chance>,
}

/// The plan under way: rules count down as they strike.
#[derive(Debug, Default)]
pub struct Faults {
    plan: Plan,
    dice: Option<Dice>,
}

impl Faults {
    /// # Errors
    /// A rule that can never strike as it is written.
    pub fn follow(plan: Plan) -> Result<Self, RuleError> {
        plan.rules.iter().try_for_each(Rule::check)?;
        let dice = plan.random.as_ref().map(Chance::dice).transpose()?;
        Ok(Self { plan, dice })
    }

    /// What is left of the plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The fault that strikes a call before a service sees it.
    pub fn on_arrival(&mut self, call: &Call) -> Option<Kind> {
        let mut rules = self.plan.rules.iter_mut();
        let struck = rules.find_map(|rule| rule.strike(call, None));
        struck.or_else(|| self.dice.as_mut().and_then(|dice| dice.throw(call)))
    }

    /// The fault that strikes one request inside a Graph batch, by a rule that names a part of its path.
    pub fn on_part(&mut self, part: &Call) -> Option<Kind> {
        let mut rules = self.plan.rules.iter_mut().filter(|rule| rule.is_for_parts());
        rules.find_map(|rule| rule.strike(part, None))
    }

    /// The fault that strikes the answer of a call that had effects of these keys.
    pub fn on_effects(&mut self, call: &Call, keys: &[&str]) -> Option<Kind> {
        let mut rules = self.plan.rules.iter_mut();
        rules.find_map(|rule| rule.strike(call, Some(keys)))
    }
}
