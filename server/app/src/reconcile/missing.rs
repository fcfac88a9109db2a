//! An item of ours that is gone: the application stops, and administrators are told once.

use store::{ApplicationId, Tx};
use workflow::{Code, Command};

use crate::cases::{Case, Outcome};
use crate::jobs::{JobError, MailWish};
use crate::mail::{Facts, Kind};
use crate::people;
use crate::publish::{Flag, Shown};
use crate::service::Service;

pub(super) async fn tell(tx: &mut Tx, service: &Service, id: &ApplicationId) -> Result<(), JobError> {
    let Some(mut case) = Case::load(tx, id).await? else {
        return Ok(());
    };
    let mut shown = Shown::of(tx, id).await?;
    if !shown.flags.insert(Flag::Tampered) {
        return Ok(());
    }
    shown.keep(tx, service, id).await?;
    let why = "the item was deleted from SharePoint";
    if case.application.code() != Code::RV {
        let park = Command::Park { why: why.into() };
        if let Outcome::Done(_) = case.decide(tx, service, park).await? {
            return Ok(());
        }
    }
    // Nothing waits that could be stopped, so the mail does not come by itself.
    for to in people::administrators(tx).await? {
        let wish = attention(id, &to, why);
        tx.enqueue(&crate::jobs::Task::Mail(Box::new(wish)).job(service.now())?)
            .await?;
    }
    Ok(())
}

fn attention(id: &ApplicationId, to: &workflow::PersonId, why: &str) -> MailWish {
    MailWish {
        key: format!("{id}:missing:{to}"),
        application: id.clone(),
        to: to.clone(),
        by: None,
        kind: Kind::Attention,
        facts: Facts {
            reason: why.into(),
            ..Facts::default()
        },
    }
}
