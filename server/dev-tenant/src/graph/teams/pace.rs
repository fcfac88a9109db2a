//! How fast an app may go with teams (Microsoft Graph throttling limits, "Microsoft Teams service limits").

use std::collections::{BTreeMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

use crate::caller::Caller;
use crate::directory::AppId;
use crate::graph::fault::Fault;
use crate::graph::request::Request;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Pace {
    Create,
    Teamify,
    Read,
    ReadMembers,
    Other,
}

impl Pace {
    /// Requests a second of one app in one tenant.
    const fn most(self) -> usize {
        match self {
            Self::Create => 10,
            Self::Teamify => 6,
            Self::Read | Self::Other => 30,
            Self::ReadMembers => 60,
        }
    }
}

/// Requests a second of one app on one team.
const MOST_ON_A_TEAM: usize = 4;
const WINDOW: SignedDuration = SignedDuration::from_secs(1);

/// When an app's latest calls came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Calls(BTreeMap<(AppId, String), VecDeque<Timestamp>>);

impl Calls {
    /// Counts a call, unless there were `most` within a second.
    fn count(&mut self, app: AppId, what: String, most: usize, now: Timestamp) -> bool {
        let calls = self.0.entry((app, what)).or_default();
        calls.retain(|at| now.duration_since(*at) < WINDOW);
        let is_free = calls.len() < most;
        if is_free {
            calls.push_back(now);
        }
        is_free
    }
}

pub(super) fn admit(request: &Request, pace: Pace, team: Option<&str>) -> Result<(), Fault> {
    let Caller::App(app) = request.caller else {
        return Ok(());
    };
    let mut tenant = request.world.tenant();
    if !tenant.switches.teams.limits {
        return Ok(());
    }
    let calls = &mut tenant.directory.team_calls;
    let mut may = calls.count(app.app_id, format!("{pace:?}"), pace.most(), request.now);
    if let Some(team) = team {
        may &= calls.count(app.app_id, team.to_ascii_lowercase(), MOST_ON_A_TEAM, request.now);
    }
    if may { Ok(()) } else { Err(Fault::Throttled) }
}
