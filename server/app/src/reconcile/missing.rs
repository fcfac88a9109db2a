//! An item of ours that is gone: the application stops, and administrators are told once.

use store::{ApplicationId, Tx};
use workflow::{Code, Command};

use crate::cases::{Case, Outcome};
use crate::jobs::{JobError, MailWish};
use crate::mail::{Facts, Kind};
use crate::people;
use crate::publish::Shown;
use crate::service::Service;

pub(super) async fn tell(tx: &mut Tx, service: &Service, id: &ApplicationId) -> Result<(), JobError> {
    let Some(mut case) = Case::load(tx, id).await? else {
        return Ok(());
    };
    let mut shown = Shown::of(tx, id).await?;
    if shown.is_told_gone {
        return Ok(());
    }
    shown.is_told_gone = true;
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
        translated: None,
    }
}

#[cfg(test)]
mod tests {
    use store::transaction;

    use super::*;
    use crate::publish::{Flag, change};
    use crate::testing::{Directory, TestService, approved, mails, person};

    /// Who is mailed when the item was not found.
    async fn told(service: &Service, id: &ApplicationId) -> Vec<workflow::PersonId> {
        mails(service).await;
        let told: Result<(), JobError> =
            transaction!(service.store.write(&service.tenant), tx => tell(tx, service, id).await);
        told.unwrap();
        mails(service).await.into_iter().map(|mail| mail.to).collect()
    }

    #[tokio::test]
    async fn a_lost_item_is_told_once_although_its_columns_had_been_altered() {
        let directory = Directory::start().await;
        let test = TestService::with(&directory).await;
        let service = &test.service;
        let id = approved(service).await;
        let known: Result<(), JobError> = transaction!(service.store.write(&service.tenant), tx =>
            Ok(people::keep_administrators(tx, &[person(90)], service.now()).await?));
        known.unwrap();
        change(service, &id, |shown| {
            shown.flags.insert(Flag::Tampered);
        })
        .await
        .unwrap();
        assert_eq!(told(service, &id).await, [person(90)]);
        assert_eq!(told(service, &id).await, []);
    }
}
