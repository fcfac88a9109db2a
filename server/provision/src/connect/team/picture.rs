//! The picture of a team. An app was refused for years, and by which of the two ways it may is not certain: the team's
//! way is tried first, then its group's. A team without its picture is a team all the same.

use m365::graph::{Graph, Picture};
use m365::{Error, Result, Verdict};
use serde_json::{Value, json};

use super::Found;
use crate::Failure;
use crate::connect::{Next, StepOutcome};
use crate::group::GroupKey;

pub(super) struct SetPicture<'a> {
    pub(super) group: &'a GroupKey,
    /// None: its file is not there any more.
    pub(super) picture: Option<&'a Picture>,
}

impl SetPicture<'_> {
    pub(super) async fn before(&self, graph: &Graph) -> Result<Option<Value>> {
        let found = Found::read(graph, self.group).await?;
        let Some(team) = found.team else {
            return Ok(None);
        };
        let has = graph.has_group_picture(team.id).await;
        // Whether there was one helps nobody who cannot be told.
        let has = has.map_or_else(
            |error| is_refusal(&error).then_some(None).ok_or(error),
            |has| Ok(Some(has)),
        )?;
        Ok(Some(json!({ "group": team.id, "picture": has })))
    }

    /// Graph does not tell which picture there is, so it is written again whenever its answer was lost.
    pub(super) async fn run(&self, graph: &Graph) -> Result<StepOutcome> {
        let found = Found::read(graph, self.group).await?;
        let team = match found.team::<()>(self.group) {
            Ok(team) => team.id,
            Err(Next::Refuse(failure)) => return Ok(StepOutcome::Failed(failure)),
            Err(_) => return Ok(StepOutcome::Settling),
        };
        let Some(picture) = self.picture else {
            return Ok(StepOutcome::Failed(Failure::PictureGone));
        };
        match graph.set_team_picture(team, picture).await {
            Ok(()) => return Ok(done(team, "set")),
            Err(error) if is_hopeless(&error) => {}
            Err(error) => return later(error),
        }
        match graph.set_group_picture(team, picture).await {
            Ok(()) => Ok(done(team, "set")),
            Err(error) if is_refusal(&error) => Ok(done(team, "refused")),
            Err(error) => later(error),
        }
    }
}

fn done(team: uuid::Uuid, picture: &str) -> StepOutcome {
    StepOutcome::Done(json!({ "group": team, "picture": picture }))
}

/// The mailbox that keeps it may not be there yet, and an answer that was lost is asked for again.
fn later(error: Error) -> Result<StepOutcome> {
    match error.verdict {
        Verdict::Ambiguous | Verdict::NotFound | Verdict::Settling => Ok(StepOutcome::Settling),
        _ => Err(error),
    }
}

/// The other way may work: an app was seen to get an error of the gateway here.
fn is_hopeless(error: &Error) -> bool {
    is_refusal(error) || error.verdict == Verdict::NotFound || error.status == Some(502)
}

fn is_refusal(error: &Error) -> bool {
    matches!(error.verdict, Verdict::Denied { .. } | Verdict::Invalid)
}
