//! Faults by chance, the same ones for the same seed and the same order of calls.

use serde::{Deserialize, Serialize};

use super::rule::{Kind, Match, RuleError};
use crate::call::Call;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chance {
    /// Which calls may be struck; none has an effect yet when the dice are thrown.
    #[serde(rename = "match", default)]
    pub matching: Match,
    /// Of each fitting call, from 0 to 1.
    pub probability: f64,
    pub seed: u64,
    /// What may strike, each as likely as the others; one that is named twice is twice as likely.
    #[serde(default = "every_kind")]
    pub kinds: Vec<Kind>,
}

fn every_kind() -> Vec<Kind> {
    let throttle = |after: &str| Kind::Throttle {
        retry_after: after.to_owned(),
    };
    vec![
        throttle("1"),
        throttle("1.5"),
        Kind::Unavailable,
        Kind::ResetBefore,
        Kind::ResetAfter,
        Kind::Slow { millis: 300 },
    ]
}

impl Chance {
    pub(super) fn dice(&self) -> Result<Dice, RuleError> {
        if !(0.0..=1.0).contains(&self.probability) {
            return Err(RuleError::Probability(self.probability.to_string()));
        }
        if self.matching.effect_prefix.is_some() {
            return Err(RuleError::ChanceOnEffects);
        }
        Ok(Dice {
            chance: self.clone(),
            generator: fastrand::Rng::with_seed(self.seed),
        })
    }
}

#[derive(Debug)]
pub(super) struct Dice {
    chance: Chance,
    generator: fastrand::Rng,
}

impl Dice {
    pub(super) fn throw(&mut self, call: &Call) -> Option<Kind> {
        let fits = self.chance.matching.fits(call);
        if !fits || self.generator.f64() >= self.chance.probability {
            return None;
        }
        self.generator.choice(&self.chance.kinds).cloned()
    }
}
