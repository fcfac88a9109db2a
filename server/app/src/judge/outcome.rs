//! What a judgement leads to, in one transaction.

use store::{ApplicationId, Tx};
use workflow::application::{Channel, Marks};
use workflow::journal::Place;
use workflow::judge::{Editor, Judged, Judgement, Park, Reason, Ruling, Version};
use workflow::{Command, PersonId};

use crate::cases::{Case, Outcome};
use crate::jobs::{JobError, Task};
use crate::publish::{Flag, Shown};
use crate::service::Service;

/// `since`: up to where versions were judged when these were looked at. Each is judged once: of two runs, one
/// whose lease ran out and the next, the later one looks again.
pub(super) async fn keep(
    tx: &mut Tx,
    service: &Service,
    (id, since): (&ApplicationId, Option<Judged>),
    (versions, judgement): (&[Version], &Judgement),
) -> Result<(), JobError> {
    let missing = || JobError::Stuck(format!("there is no application {id}"));
    let mut case = Case::load(tx, id).await?.ok_or_else(missing)?;
    let mut shown = Shown::of(tx, id).await?;
    if shown.judged != since {
        return Err(JobError::Wait("another run has judged it meanwhile"));
    }
    for (number, ruling) in &judgement.rulings {
        let version = versions.iter().find(|version| version.number == *number);
        let version = version.ok_or_else(|| JobError::Stuck(format!("version {number} was never read")))?;
        count(tx, service, &mut case, version, ruling).await?;
    }
    if altered(judgement) {
        shown.flags.insert(Flag::Tampered);
    }
    shown.judged = judgement.judged;
    if let Some(park) = judgement.park {
        shown.flags.insert(Flag::Tampered);
        shown.judged = versions.last().map(judged);
        stop(tx, service, &mut case, (park, versions.last())).await?;
    }
    shown.keep(tx, service, id).await?;
    case.row.judged_version = shown.judged.map(|judged| i64::from(judged.number));
    case.save_row(tx).await?;
    // Whatever was written there must make room for the next entry.
    let publish = Task::Publish {
        application: id.clone(),
    };
    Ok(tx.enqueue(&publish.job(service.now())?).await?)
}

async fn count(
    tx: &mut Tx,
    service: &Service,
    case: &mut Case,
    version: &Version,
    ruling: &Ruling,
) -> Result<(), JobError> {
    let via = place(version);
    if let Some((by, command)) = asked(ruling)
        && let Outcome::Refused(refusal) = case.decide_at(tx, service, command, Some(via)).await?
    {
        case.turn_down(tx, service, by, refusal.code, via).await?;
    }
    if let Ruling::Refused { by, reason } = ruling {
        let number = version.number;
        tracing::warn!(application = %case.row.id, version = number, ?reason, "an entry does not count");
        if let Editor::Person(person) = by {
            case.turn_down(tx, service, person, reason, via).await?;
        }
    }
    Ok(())
}

/// What a ruling asks of the machine, and who asks it.
fn asked(ruling: &Ruling) -> Option<(&PersonId, Command)> {
    let marks = Marks::of(Channel::List);
    match ruling {
        Ruling::Decision {
            by,
            choice,
            comment,
            token,
        } => {
            let command = Command::Decide {
                by: by.clone(),
                token: *token,
                choice: choice.clone(),
                comment: comment.clone(),
                marks,
            };
            Some((by, command))
        }
        Ruling::Acknowledged { by, comment } => {
            let command = Command::Acknowledge {
                by: by.clone(),
                step: None,
                comment: comment.clone(),
                marks,
            };
            Some((by, command))
        }
        _ => None,
    }
}

fn place(version: &Version) -> Place {
    Place::Item {
        version: version.number,
        fingerprint: version.fingerprint(),
    }
}

fn altered(judgement: &Judgement) -> bool {
    let refused = |(_, ruling): &(u32, Ruling)| {
        let reason = match ruling {
            Ruling::Refused { reason, .. } => Some(reason),
            _ => None,
        };
        reason == Some(&Reason::SealedAltered)
    };
    !judgement.restore.is_empty() || judgement.rulings.iter().any(refused)
}

/// A person must look. Nothing that was written up to now counts; after that, judging goes on from here.
async fn stop(
    tx: &mut Tx,
    service: &Service,
    case: &mut Case,
    (park, last): (Park, Option<&Version>),
) -> Result<(), JobError> {
    let why = park.to_string();
    tracing::error!(application = %case.row.id, why, "versions are not as they were");
    // In other states nothing waits for a vote: the flag is what is left to set.
    let via = last.map(place);
    case.decide_at(tx, service, Command::Park { why }, via)
        .await
        .map(drop)
}

fn judged(version: &Version) -> Judged {
    Judged {
        number: version.number,
        fingerprint: version.fingerprint(),
    }
}
