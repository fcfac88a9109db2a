//! メール設定: a person chooses one mail a day, or one for each event. Nobody chooses for others.

use store::jobs::JobEnd;
use store::transaction;
use workflow::Code;
use workflow::judge::{Mails, judge_mails};

use super::Row;
use super::answer::{self, Answer};
use super::seen::Seen;
use crate::digest::Choice;
use crate::jobs::{JobError, Task};
use crate::service::Service;

/// The only version that counts.
const FIRST: u32 = 1;

pub(super) async fn run(service: &Service, row: &Row, seen: &Seen) -> Result<JobEnd, JobError> {
    if seen.version == 0 {
        take(service, row).await?;
    }
    answer::show(service, row.item).await.map(|()| JobEnd::Done)
}

/// The choice, its answer, and what it lets go out commit together.
async fn take(service: &Service, row: &Row) -> Result<(), JobError> {
    let asked = judge_mails(&row.versions, &row.author);
    let now = service.now();
    transaction!(service.store.write(&service.tenant), tx => {
        let answer = match &asked {
            Ok(mails) => {
                Choice { mails: *mails, row: row.item.0 }.keep(tx, &row.author, now).await?;
                let person = row.author.clone();
                if *mails == Mails::Each {
                    // What waited for the mail of the day waits no longer.
                    tx.enqueue(&Task::Digest { person }.job(now)?).await?;
                }
                Answer::Done { state: Code::CO.as_str().to_owned() }
            }
            Err(refusal) => Answer::refused(*refusal)?,
        };
        let seen = Seen { version: FIRST, answer: Some(answer), ..Seen::default() };
        seen.keep(tx, service, row.item).await
    })
}
