//! One rule: which calls it strikes, how, and how often.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::identity::Identity;
use crate::call::Call;

/// The only service that answers 400 to what would go well a moment later.
const EXCHANGE: &str = "outlook.office365.com";

/// A rule passes over the first `skip` calls that fit, then strikes `times` of them (1 when absent).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Rule {
    #[serde(rename = "match", default)]
    pub matching: Match,
    pub kind: Kind,
    #[serde(default = "once")]
    pub times: u32,
    #[serde(default)]
    pub skip: u32,
    /// The same call is struck once: whoever repeats it comes through.
    #[serde(default)]
    pub once_each: bool,
    #[serde(skip)]
    struck: BTreeSet<Identity>,
}

fn once() -> u32 {
    1
}

/// Which calls fit: what is absent fits all. Letter case matters in paths and effect keys alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct Match {
    pub host: Option<String>,
    pub method: Option<String>,
    /// A rule that refuses and has this also strikes single requests inside a batch of Graph or Exchange.
    pub path_contains: Option<String>,
    /// The body contains this, as it came: a cmdlet of Exchange, whose calls have one path.
    pub body_contains: Option<String>,
    /// The call added an effect to the ledger whose key begins so, e.g. `graph:create:user`.
    pub effect_prefix: Option<String>,
    /// The caller's `User-Agent` contains this: the calls of one program among others.
    pub user_agent_contains: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Kind {
    /// 429 with this `Retry-After`; Graph is known to send decimals.
    Throttle { retry_after: String },
    /// 503 without a word on when to come back.
    Unavailable,
    /// Exchange alone: 400 that passes by itself, told from others by this name in its text.
    Transient { exception: String },
    /// The connection is reset and the service never sees the call.
    ResetBefore,
    /// The connection is reset after the service did its work.
    ResetAfter,
    /// The answer comes late by so many milliseconds of real time.
    Slow { millis: u64 },
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    #[error(
        "match.effectPrefix: {0:?} strikes before there is an effect; take resetAfter or slow, or leave effectPrefix out"
    )]
    EffectComesLater(Kind),
    #[error("match.host: transient is an answer of outlook.office365.com alone; name that host")]
    TransientElsewhere,
    #[error("random.probability: {0} does not lie between 0 and 1")]
    Probability(String),
    #[error("random.match.effectPrefix: chance strikes before there is an effect; leave it out")]
    ChanceOnEffects,
}

impl Rule {
    pub(super) fn check(&self) -> Result<(), RuleError> {
        let late = matches!(self.kind, Kind::ResetAfter | Kind::Slow { .. });
        if self.matching.effect_prefix.is_some() && !late {
            return Err(RuleError::EffectComesLater(self.kind.clone()));
        }
        let is_exchange = |host: &String| host.eq_ignore_ascii_case(EXCHANGE);
        let is_there = self.matching.host.as_ref().is_some_and(is_exchange);
        if matches!(self.kind, Kind::Transient { .. }) && !is_there {
            return Err(RuleError::TransientElsewhere);
        }
        Ok(())
    }

    /// A part of a batch has no connection of its own: it can but be refused.
    pub(super) fn is_for_parts(&self) -> bool {
        let refuses = matches!(
            self.kind,
            Kind::Throttle { .. } | Kind::Unavailable | Kind::Transient { .. }
        );
        refuses && self.matching.path_contains.is_some()
    }

    /// `effects` = keys that the call added; `None` = the service has not seen the call yet.
    pub(super) fn strike(&mut self, call: &Call, effects: Option<&[&str]>) -> Option<Kind> {
        if self.times == 0 || !self.matching.fits(call) || !self.matching.fits_moment(effects) {
            return None;
        }
        if self.skip > 0 {
            self.skip -= 1;
            return None;
        }
        if self.once_each && !self.struck.insert(Identity::of(call)) {
            return None;
        }
        self.times -= 1;
        Some(self.kind.clone())
    }
}

impl Match {
    pub(super) fn fits(&self, call: &Call) -> bool {
        let method = call.header("x-http-method").unwrap_or(call.method.as_str());
        let same = |wanted: &Option<String>, is: &str| {
            wanted
                .as_ref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(is))
        };
        let part = self.path_contains.as_ref();
        let program = self.user_agent_contains.as_ref();
        let agent = call.header("user-agent").unwrap_or_default();
        same(&self.host, &call.host)
            && same(&self.method, method)
            && part.is_none_or(|part| call.path.contains(part.as_str()))
            && self.fits_body(&call.body)
            && program.is_none_or(|program| agent.contains(program.as_str()))
    }

    fn fits_body(&self, body: &[u8]) -> bool {
        let wanted = self.body_contains.as_ref();
        wanted.is_none_or(|wanted| String::from_utf8_lossy(body).contains(wanted.as_str()))
    }

    fn fits_moment(&self, effects: Option<&[&str]>) -> bool {
        match (&self.effect_prefix, effects) {
            (None, None) => true,
            (Some(prefix), Some(keys)) => keys.iter().any(|key| key.starts_with(prefix.as_str())),
            _ => false,
        }
    }
}
