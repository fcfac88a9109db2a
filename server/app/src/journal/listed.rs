//! The history list beside the journal: what was edited, deleted or added there.

use std::collections::{BTreeMap, HashMap};

use m365::sharepoint::{Filter, ItemQuery};
use store::{ApplicationId, JournalLine, SignedHead};

use super::{Fault, JournalError};
use crate::history::{Entry, LIST, Page, Row};
use crate::publish::Shown;
use crate::service::Service;

/// The rows of one application by their line, the text replaced by its hash.
pub(super) type Rows = BTreeMap<i64, Row>;

/// The whole list, and what is wrong with it for itself.
pub(super) struct Listed {
    pub(super) rows: HashMap<ApplicationId, Rows>,
    pub(super) faults: Vec<Fault>,
}

impl Listed {
    /// Read before the journals: a line is in the database first.
    pub(super) async fn read(service: &Service) -> Result<Self, JournalError> {
        let mut listed = Self {
            rows: HashMap::new(),
            faults: Vec::new(),
        };
        let public = service.evidence.public()?;
        let mut page = Some(Page::first(service).await?);
        while let Some(these) = page {
            for entry in &these.entries {
                match entry {
                    Entry::Line(row) => listed.keep(row.clone()),
                    Entry::Pinned(pinned) => {
                        let problem = pinned.check(&public).err().map(str::to_owned);
                        listed.tell(&pinned.key, problem);
                    }
                    Entry::Foreign(name, item, column) => {
                        let problem =
                            format!("history list, row {item}: not a line that we write ({column})");
                        listed.tell(name, Some(problem));
                    }
                }
            }
            page = these.next(service).await?;
        }
        Ok(listed)
    }

    fn keep(&mut self, row: Row) {
        let rows = self.rows.entry(row.application.clone()).or_default();
        rows.insert(row.seq, row.shortened());
    }

    fn tell(&mut self, number: &str, problem: Option<String>) {
        self.faults.extend(problem.map(|problem| Fault {
            number: number.to_owned(),
            problem,
        }));
    }
}

/// Differences between an application's journal and its rows, by line.
pub(super) async fn differences(
    service: &Service,
    (id, number): (&ApplicationId, &str),
    (lines, heads): (&[JournalLine], &[SignedHead]),
    mut rows: Rows,
) -> Result<Vec<String>, JournalError> {
    let mut problems = Vec::new();
    for line in lines {
        let head = heads.iter().find(|head| head.seq == line.seq);
        let wanted = Row::of(id, number, line, head);
        let problem = match rows.remove(&line.seq) {
            Some(row) => row
                .difference(&wanted.shortened())
                .map(|column| format!("{column} is not what the journal holds")),
            None if is_missing(service, &wanted).await? => Some("it is missing".to_owned()),
            None => None,
        };
        problems.extend(problem.map(|what| told(line.seq, &what)));
    }
    let added = rows.keys().map(|seq| told(*seq, "the journal has no such line"));
    problems.extend(added);
    Ok(problems)
}

pub(super) fn told(seq: i64, what: &str) -> String {
    format!("history list, line {seq}: {what}")
}

/// Known to have been written, and not there: it was perhaps on its way when the list was read.
async fn is_missing(service: &Service, row: &Row) -> Result<bool, JournalError> {
    let written = Shown::load(service, &row.application).await?.lines;
    if written < row.seq {
        return Ok(false);
    }
    let query = ItemQuery::select(&[]).filter(Filter::text("PFLineKey", &row.key()));
    Ok(service.list_at(LIST).page(&query).await?.items.is_empty())
}
