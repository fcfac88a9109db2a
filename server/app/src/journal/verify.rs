//! Every journal against itself, its row, the history list and the versions that were judged.

use std::collections::HashSet;

use openssl::pkey::{PKey, Public};
use store::{ApplicationId, ApplicationRow, StoreError, transaction};
use workflow::Code;

use super::listed::{self, Listed, Rows};
use super::{JournalError, check, item};
use crate::service::Service;

/// Rows read at a time.
const PAGE: i64 = 200;

/// What is wrong with one journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub number: String,
    /// Names the line and the problem.
    pub problem: String,
}

/// Checks all journals of the tenant; gives how many there are and what is wrong.
pub async fn verify_all(service: &Service) -> Result<(usize, Vec<Fault>), JournalError> {
    let mut check = Check {
        service,
        public: service.evidence.public()?,
        listed: Listed::read(service).await?,
        seen: HashSet::new(),
        faults: Vec::new(),
    };
    for code in Code::ALL {
        let mut after = None;
        loop {
            let page: Result<Vec<ApplicationRow>, StoreError> = transaction!(service.store.read(&service.tenant),
                tx => tx.applications_in(code.as_str(), after.as_ref(), PAGE).await);
            let page = page?;
            let Some(last) = page.last() else { break };
            after = Some(last.id.clone());
            for row in page {
                check.application(&row).await?;
            }
        }
    }
    check.left_over().await?;
    Ok((check.seen.len(), check.faults))
}

struct Check<'a> {
    service: &'a Service,
    public: PKey<Public>,
    listed: Listed,
    /// An application may move from one state to another meanwhile.
    seen: HashSet<ApplicationId>,
    faults: Vec<Fault>,
}

impl Check<'_> {
    async fn application(&mut self, row: &ApplicationRow) -> Result<(), JournalError> {
        if !self.seen.insert(row.id.clone()) {
            return Ok(());
        }
        let rows = self.listed.rows.remove(&row.id).unwrap_or_default();
        let problems = self.problems(&row.id, rows).await?;
        let fault = |problem| Fault {
            number: row.number.clone(),
            problem,
        };
        self.faults.extend(problems.into_iter().map(fault));
        Ok(())
    }

    /// Rows of the history list that no application of the database has.
    async fn left_over(&mut self) -> Result<(), JournalError> {
        let left: Vec<ApplicationId> = self.listed.rows.keys().cloned().collect();
        for id in left {
            let service = self.service;
            let found: Result<_, StoreError> =
                transaction!(service.store.read(&service.tenant), tx => tx.application(&id).await);
            match (found?, self.listed.rows.get(&id)) {
                (Some(row), _) => self.application(&row).await?,
                (None, Some(rows)) => self.faults.extend(rows.values().map(|row| Fault {
                    number: row.number.clone(),
                    problem: listed::told(row.seq, "the database has no such application"),
                })),
                (None, None) => {}
            }
        }
        self.faults.append(&mut self.listed.faults);
        Ok(())
    }

    async fn problems(&self, id: &ApplicationId, rows: Rows) -> Result<Vec<String>, JournalError> {
        let service = self.service;
        let read: Result<_, StoreError> = transaction!(service.store.read(&service.tenant), tx => {
            Ok((tx.application(id).await?, tx.journal(id).await?, tx.heads(id).await?))
        });
        let (row, kept, heads) = read?;
        let Some(row) = row else {
            return Ok(Vec::new());
        };
        let mut problems = check::heads(&self.public, id, &kept, &heads);
        let end = kept.last().map_or(0, |line| line.seq);
        if check::signed_end(&heads) != end {
            problems.push(format!("line {end}: it has no signed head"));
        }
        match check::chain(id, &kept) {
            Err(broken) => problems.insert(0, broken),
            Ok(lines) => {
                problems.extend(match check::fold(&lines) {
                    Err(problem) => Some(problem),
                    Ok(told) => check::row_differs(&row, &told)
                        .map(|member| format!("the stored {member} is not what the journal tells")),
                });
                problems.extend(item::problems(service, &row, &lines).await?);
            }
        }
        let number = row.state["provisional"].as_str().unwrap_or(&row.number);
        let compared = listed::differences(service, (id, number), (&kept, &heads), rows).await?;
        problems.extend(compared);
        Ok(problems)
    }
}

#[cfg(test)]
mod tests {
    use store::SignedHead;

    use super::*;
    use crate::testing::{Directory, TestService, approved};

    async fn told(service: &Service) -> Vec<String> {
        let (count, faults) = verify_all(service).await.unwrap();
        assert_eq!(count, 1);
        faults.into_iter().map(|fault| fault.problem).collect()
    }

    #[tokio::test]
    async fn a_row_that_is_not_the_fold_of_its_journal_is_named() {
        let directory = Directory::start().await;
        let test = TestService::with(&directory).await;
        let service = &test.service;
        let id = approved(service).await;
        assert_eq!(told(service).await, Vec::<String>::new());
        let saved: Result<(), StoreError> = transaction!(service.store.write(&service.tenant), tx => {
            let mut row = tx.application(&id).await?.expect("the application");
            row.code = "CO".to_owned();
            tx.save_application(&mut row).await
        });
        saved.unwrap();
        assert_eq!(
            told(service).await,
            ["the stored code is not what the journal tells"]
        );
    }

    #[tokio::test]
    async fn an_older_head_that_another_key_signed_is_named() {
        let directory = Directory::start().await;
        let test = TestService::with(&directory).await;
        let service = &test.service;
        let id = approved(service).await;
        let signed: Result<(), StoreError> = transaction!(service.store.write(&service.tenant), tx => {
            let lines = tx.journal(&id).await?;
            let heads = tx.heads(&id).await?;
            let unsigned = lines.iter().find(|line| heads.iter().all(|head| head.seq != line.seq));
            let line = unsigned.expect("a decision of two lines");
            let head = SignedHead { seq: line.seq, hash: line.hash, signature: vec![7; 64], key_id: "x".into() };
            tx.keep_head(&id, &head).await
        });
        signed.unwrap();
        let told = told(service).await;
        assert!(
            told[0].ends_with("the signature of its head does not fit this key"),
            "{told:?}"
        );
    }
}
