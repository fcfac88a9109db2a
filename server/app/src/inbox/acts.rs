//! 操作: a person asks something of an application on which he has no right to edit. Only version 1.0 counts.

use store::jobs::JobEnd;
use store::{Tx, transaction};
use workflow::application::Channel;
use workflow::journal::Place;
use workflow::judge::{Act, ActRefusal, judge_act};
use workflow::{Code, PersonId, PrincipalRef, access};

use super::answer::{self, Answer};
use super::seen::Seen;
use super::{Row, rows};
use crate::asked::{Asked, Asker};
use crate::cases::{Case, Outcome};
use crate::jobs::JobError;
use crate::judge;
use crate::people;
use crate::service::Service;

/// The only version of an act that counts.
const FIRST: u32 = 1;

pub(super) async fn run(service: &Service, row: &Row, seen: &Seen) -> Result<JobEnd, JobError> {
    if seen.version > 0 {
        return answer::show(service, row.item).await.map(|()| JobEnd::Done);
    }
    let judged = judge_act(&row.versions, &row.author);
    if let (Ok((number, _)), Some(first)) = (&judged, row.versions.first())
        && judge::has_older_entry(service, number, first.created).await?
    {
        return Err(JobError::Wait("an entry into the item before it comes first"));
    }
    let judged = match judged {
        Ok((number, act)) if is_of_somebody_here(service, row, &act).await? => {
            let who = Asker {
                by: &row.author,
                channel: Channel::WebPart,
            };
            match with_rows(service, row, &number, act).await? {
                Ok(act) => Ok((number.clone(), Asked::of(service, &number, &who, &act).await?)),
                Err(refusal) => Err(refusal),
            }
        }
        Ok(_) => return drop_of_leaver(service, row).await,
        Err(refusal) => Err(refusal),
    };
    let end = keep(service, row, &judged).await?;
    answer::show(service, row.item).await?;
    Ok(end)
}

/// Of two runs, one whose lease ran out and the next, one counts: the other finds it carried out.
async fn keep(service: &Service, row: &Row, judged: &Judged) -> Result<JobEnd, JobError> {
    transaction!(service.store.write(&service.tenant), tx => {
        let seen = Seen::of(tx, row.item).await?;
        if seen.version >= FIRST {
            return Ok(JobEnd::Done);
        }
        let (end, answer) = match judged {
            Ok((number, asked)) => carry_out(tx, service, row, (number, asked)).await?,
            Err(refusal) => unreadable(*refusal)?,
        };
        Seen { version: FIRST, answer, ..seen }.keep(tx, service, row.item).await?;
        Ok(end)
    })
}

/// It was looked at once and for all: nothing else may wait for it any longer.
async fn drop_of_leaver(service: &Service, row: &Row) -> Result<JobEnd, JobError> {
    transaction!(service.store.write(&service.tenant), tx => {
        let seen = Seen::of(tx, row.item).await?;
        let version = seen.version.max(FIRST);
        Seen { version, ..seen }.keep(tx, service, row.item).await
    })?;
    Ok(JobEnd::Drop("whoever asked for it has left".into()))
}

/// A form may carry rows as a file of the act's own row.
async fn with_rows(
    service: &Service,
    row: &Row,
    number: &str,
    act: Act,
) -> Result<Result<Act, ActRefusal>, JobError> {
    let Act::Resubmit { form } = act else {
        return Ok(Ok(act));
    };
    let case: Result<_, JobError> =
        transaction!(service.store.read(&service.tenant), tx => Case::by_number(tx, number).await);
    let Some(case) = case? else {
        return Ok(Ok(Act::Resubmit { form }));
    };
    let (form, issues) = rows::fetch(service, row.item, &case.definition.form, form).await?;
    Ok(if issues.is_empty() {
        Ok(Act::Resubmit { form })
    } else {
        Err(ActRefusal::FormUnreadable)
    })
}

/// The application's number and what is asked of it, or why it cannot be read.
type Judged = Result<(String, Asked), ActRefusal>;

/// How the job ends, and what the row shall say.
type End = (JobEnd, Option<Answer>);

fn unreadable(refusal: ActRefusal) -> Result<End, JobError> {
    Ok((JobEnd::Drop(refusal.to_string()), Some(Answer::refused(refusal)?)))
}

/// What the applicant asked before he left still counts; nobody else decides anything after he left.
async fn is_of_somebody_here(service: &Service, row: &Row, act: &Act) -> Result<bool, JobError> {
    Ok(act.is_applicants() || people::person(service, &row.author).await?.is_active())
}

async fn carry_out(
    tx: &mut Tx,
    service: &Service,
    row: &Row,
    (number, asked): (&str, &Asked),
) -> Result<End, JobError> {
    let Some(mut case) = Case::by_number(tx, number).await? else {
        return Ok((JobEnd::Drop("names no application of ours".into()), None));
    };
    if case.application.code() == Code::SU {
        return Err(JobError::Wait("the application is being prepared"));
    }
    let by = &row.author;
    let via = Place::Inbox {
        row: i64::from(row.item.0),
        version: FIRST,
    };
    if let Some(first) = row.versions.first() {
        case.represent_as_of(tx, service, first.created).await?;
    }
    let outcome = asked.carry_out(tx, service, &mut case, Some(via)).await?;
    match outcome {
        Outcome::Done(_) => {
            let state = case.application.code().as_str().to_owned();
            Ok((JobEnd::Done, Some(Answer::Done { state })))
        }
        Outcome::Refused(refusal) if asked.administers || may_read(&case, by) => {
            case.turn_down(tx, service, by, refusal.code, via).await?;
            Ok((JobEnd::Done, Some(Answer::refused(refusal.code)?)))
        }
        // Whoever has no part in it learns nothing of it, not even that it exists.
        Outcome::Refused(refusal) => Ok((JobEnd::Drop(refusal.to_string()), None)),
    }
}

fn may_read(case: &Case, person: &PersonId) -> bool {
    let set = access(&case.application);
    set.iter()
        .any(|(who, _)| *who == PrincipalRef::Person(person.clone()))
}

#[cfg(test)]
mod tests;
