//! First pass: every row of the history list into the journal, as it stands there. What it is worth is seen
//! afterwards, application by application.

use std::collections::BTreeMap;

use jiff::Timestamp;
use store::{ApplicationId, StoreError, transaction};

use super::RecoverError;
use super::numbers::Numbers;
use crate::history::{Entry, Page, Row};
use crate::journal::Fault;
use crate::service::Service;

#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) numbers: Numbers,
    /// The moment of the newest line.
    pub(super) newest: Timestamp,
    /// The same, with rows that cannot be lines.
    pub(super) end: Timestamp,
    /// Applications with a row that cannot be a line, and the first such.
    pub(super) bad: BTreeMap<ApplicationId, String>,
    /// What applications are called.
    pub(super) names: BTreeMap<ApplicationId, String>,
    /// Names of those of which nothing says from which row of the inbox they came.
    pub(super) formless: Vec<String>,
    pub(super) faults: Vec<Fault>,
}

pub(super) async fn read(service: &Service) -> Result<Told, RecoverError> {
    let public = service.evidence.public()?;
    let mut told = Told::default();
    let mut page = Some(Page::first(service).await?);
    while let Some(these) = page {
        let (mut rows, mut pinned) = (Vec::new(), Vec::new());
        for entry in &these.entries {
            match entry {
                Entry::Line(row) => rows.extend(told.line(row)),
                Entry::Foreign(name, item, column) => {
                    told.fault(
                        name,
                        format!("history list, row {item}: not a line that we write ({column})"),
                    );
                }
                Entry::Pinned(row) => match row.check(&public) {
                    Ok(definition) => pinned.push(definition),
                    Err(problem) => told.fault(&row.key, problem.to_owned()),
                },
            }
        }
        let taken: Result<_, StoreError> = transaction!(service.store.write(&service.tenant), tx => {
            let mut taken = Vec::new();
            for definition in &pinned {
                tx.pin_definition(definition).await?;
            }
            for (row, line) in &rows {
                if !tx.restore_line(&row.application, line).await? {
                    taken.push(row.application.clone());
                    continue;
                }
                if let Some(head) = row.head(line) {
                    tx.keep_head(&row.application, &head).await?;
                }
            }
            Ok(taken)
        });
        for id in taken? {
            told.bad
                .entry(id)
                .or_insert_with(|| "a line stands there twice".to_owned());
        }
        page = these.next(service).await?;
    }
    Ok(told)
}

impl Told {
    fn line(&mut self, row: &Row) -> Option<(Row, store::JournalLine)> {
        self.numbers.note(&row.number);
        let at = Timestamp::from_second(row.second).unwrap_or_default();
        self.end = self.end.max(at);
        self.names
            .entry(row.application.clone())
            .or_insert_with(|| row.number.clone());
        match row.line() {
            Ok(line) => {
                self.newest = self.newest.max(line.at);
                Some((row.clone(), line))
            }
            Err(column) => {
                let problem = format!("line {}: {column} is not as it was written", row.seq);
                self.bad.entry(row.application.clone()).or_insert(problem);
                None
            }
        }
    }

    fn fault(&mut self, number: &str, problem: String) {
        self.faults.push(Fault {
            number: number.to_owned(),
            problem,
        });
    }
}
