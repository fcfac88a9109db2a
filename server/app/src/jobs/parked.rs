//! A job that cannot go on by itself: administrators are told by mail which application waits for them, or which row
//! of the inbox became none.

use m365::sharepoint::ItemId;
use store::jobs::{Job, JobEnd};
use store::{ApplicationId, Tx};

use super::{About, Alarm, JobError, MailWish, Task, refused};
use crate::config::Language;
use crate::inbox::Seen;
use crate::mail::{Facts, Kind};
use crate::ownerless;
use crate::people;
use crate::post;
use crate::service::Service;

/// One mail to each administrator, once for each time that the job stops. In the transaction that parks it.
pub(super) async fn tell(tx: &mut Tx, service: &Service, job: &Job, why: &str) -> Result<(), JobError> {
    let task = Task::read(job).map_err(|error| JobError::unreadable("the job", &error))?;
    let Some(application) = waiting(tx, &task).await? else {
        return match task {
            Task::Inbox { .. } => alarm(tx, service, job, why).await,
            _ => Ok(()),
        };
    };
    let kind = Kind::Attention;
    for administrator in people::administrators(tx).await? {
        let stop = format!("{}-{}", job.kind, job.lease.fence);
        let wish = MailWish {
            key: format!("{application}:{}:{stop}:{administrator}", kind.word()),
            application: application.clone(),
            to: administrator,
            by: None,
            kind,
            facts: Facts {
                reason: why.to_owned(),
                ..Facts::default()
            },
            translated: None,
        };
        tx.enqueue(&Task::Mail(Box::new(wish)).job(service.now())?)
            .await?;
    }
    Ok(())
}

/// Whoever applied waits, and nothing else would tell anybody.
async fn alarm(tx: &mut Tx, service: &Service, job: &Job, why: &str) -> Result<(), JobError> {
    for to in people::administrators(tx).await? {
        let alarm = Alarm {
            to,
            work: format!("{} {}", job.kind, job.key),
            why: why.to_owned(),
            day: service.today(),
            about: About::Row,
        };
        tx.enqueue(&Task::Alarm(Box::new(alarm)).job(service.now())?)
            .await?;
    }
    Ok(())
}

/// Sends it, unless he was told the same today.
pub(super) async fn warn(service: &Service, alarm: &Alarm) -> Result<JobEnd, JobError> {
    let reader = people::reread(service, &alarm.to).await?;
    if !reader.is_active() {
        return Ok(JobEnd::Drop("the reader has left".into()));
    }
    let mut facts = Facts {
        to: reader.name.clone(),
        title: alarm.work.clone(),
        reason: alarm.why.clone(),
        ..Facts::default()
    };
    let language = reader.reads(service.config.mail.language);
    let kind = match &alarm.about {
        About::Row => Kind::Stopped,
        About::Refused { needs } => {
            facts.reason = refused::reason(needs.as_deref(), &alarm.why, language);
            Kind::Refused
        }
        About::Credentials { ends, days, ja } => {
            if let (Language::Ja, Some(ja)) = (language, ja) {
                facts.reason.clone_from(ja);
            }
            let zone = service.calendar.zone().clone();
            facts.due = ends.to_zoned(zone).date().to_string();
            facts.count = days.to_string();
            Kind::Credentials
        }
        About::Ownerless { count, some } => {
            facts.count = count.to_string();
            facts.open = ownerless::lines(some, *count, language);
            Kind::Ownerless
        }
    };
    let text = service.mails.write(kind, language, &facts);
    post::deliver(service, &alarm.key(), (&text, reader.address())).await?;
    Ok(JobEnd::Done)
}

/// The application that waits for this work. A row of the inbox may not have become one yet.
async fn waiting(tx: &mut Tx, task: &Task) -> Result<Option<ApplicationId>, JobError> {
    match task {
        Task::Inbox { item } => Ok(Seen::of(tx, ItemId(*item)).await?.application),
        _ => Ok(task.application().cloned()),
    }
}

#[cfg(test)]
mod tests;
