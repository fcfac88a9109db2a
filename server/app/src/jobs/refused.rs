//! Microsoft 365 does not let the app do its work: a permission, a consent or a credential is gone. Work waits and is tried
//! again every few minutes, and administrators are told once a day for each reason. Entra's own provisioning goes to
//! quarantine at once for bad credentials, and mails once.

use m365::{Error, Verdict};
use store::Tx;
use store::jobs::Job;

use super::{About, Alarm, JobError, Task};
use crate::config::Language;
use crate::people;
use crate::service::Service;

/// Whose fault it is that a call was refused: not the request's, but ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    service: m365::Service,
    needs: Option<&'static str>,
    why: String,
}

impl Refusal {
    pub(super) fn of(error: &JobError) -> Option<Self> {
        let JobError::Remote(error) = error else {
            return None;
        };
        let Error { service, verdict, .. } = error;
        let (needs, why) = match verdict {
            Verdict::Denied { needs } => (Some(*needs), (*needs).to_owned()),
            Verdict::Credentials(fault) => (None, format!("{fault:?}")),
            _ => return None,
        };
        Some(Self {
            service: *service,
            needs,
            why: format!("{service:?}: {why}"),
        })
    }
}

/// One mail to each administrator, in the transaction that lets the work wait. What cannot be mailed is not told by mail.
pub(super) async fn tell(
    tx: &mut Tx,
    service: &Service,
    job: &Job,
    refusal: &Refusal,
) -> Result<(), JobError> {
    let task = Task::read(job).map_err(|error| JobError::unreadable("the job", &error))?;
    if matches!(task, Task::Mail(_) | Task::Alarm(_) | Task::Digest { .. }) {
        return Ok(());
    }
    for to in people::administrators(tx).await? {
        let alarm = Alarm {
            to,
            work: format!("{:?}", refusal.service),
            why: refusal.why.clone(),
            day: service.today(),
            about: About::Refused {
                needs: refusal.needs.map(str::to_owned),
            },
        };
        tx.enqueue(&Task::Alarm(Box::new(alarm)).job(service.now())?)
            .await?;
    }
    Ok(())
}

/// As a mail says it.
pub(super) fn reason(needs: Option<&str>, why: &str, language: Language) -> String {
    match (needs, language) {
        (Some(needs), Language::Ja) => format!("アクセス許可 {needs} がありません"),
        (Some(needs), Language::En) => format!("the permission {needs} is missing"),
        (None, Language::Ja) => format!("アプリの資格情報が受け付けられません（{why}）"),
        (None, Language::En) => format!("the app's credentials are not accepted ({why})"),
    }
}
