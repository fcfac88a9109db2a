//! What we know of an application's item: what we wrote into it, and how far it was judged.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use store::{ApplicationId, Document, Shelf, Tx, transaction};
use workflow::judge::Judged;

use crate::columns::Columns;
use crate::jobs::JobError;
use crate::service::Service;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Shown {
    /// The sealed columns that the item is known to have got from us.
    pub(crate) confirmed: Columns,
    /// What we have begun to write since then, oldest first: an answer may have been lost, so each may stand there.
    pub(crate) intended: Vec<Columns>,
    /// Newest judged version.
    pub(crate) judged: Option<Judged>,
    /// Shown in PFFlags.
    pub(crate) flags: BTreeSet<Flag>,
    /// Number of journal lines in the history list.
    pub(crate) lines: i64,
    /// Names of the attachments that the item has from us, or that we took from it.
    pub(crate) files: BTreeSet<String>,
    /// What it has when an attempt to put some up or take some off is through.
    pub(crate) files_intended: BTreeSet<String>,
    /// Administrators were told that the item is gone.
    pub(crate) is_told_gone: bool,
    /// Whoever saved up to this version may have seen an altered file.
    pub(crate) files_doubted: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Flag {
    /// 不整合: somebody altered what only we may write.
    Tampered,
}

impl Flag {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Tampered => "不整合",
        }
    }
}

impl Shown {
    pub(crate) async fn load(service: &Service, id: &ApplicationId) -> Result<Self, JobError> {
        transaction!(service.store.read(&service.tenant), tx => Self::of(tx, id).await)
    }

    pub(crate) async fn of(tx: &mut Tx, id: &ApplicationId) -> Result<Self, JobError> {
        let document = tx.get(Shelf::Shown, id.as_str()).await?;
        let shown = document.map(|document| serde_json::from_value(document.body));
        shown
            .transpose()
            .map(Option::unwrap_or_default)
            .map_err(|error| JobError::unreadable("what an item shows", &error))
    }

    pub(crate) async fn keep(
        &self,
        tx: &mut Tx,
        service: &Service,
        id: &ApplicationId,
    ) -> Result<(), JobError> {
        let document = Document {
            name: id.to_string(),
            body: serde_json::to_value(self).map_err(|error| JobError::unreadable("an item", &error))?,
            at: service.now(),
        };
        Ok(tx.put(Shelf::Shown, &document).await?)
    }

    /// A write begins.
    pub(crate) fn intend(&mut self, columns: &Columns) {
        if self.intended.last() != Some(columns) {
            self.intended.push(columns.clone());
        }
    }

    /// The item is known to show this.
    pub(crate) fn confirm(&mut self, columns: Columns) {
        self.confirmed = columns;
        self.intended.clear();
    }

    /// Whether these are the columns of a write of ours.
    pub(crate) fn is_ours(&self, written: &Columns) -> bool {
        self.confirmed == *written || self.intended.contains(written)
    }
}

/// Changes the document in a transaction of its own.
pub(crate) async fn change(
    service: &Service,
    id: &ApplicationId,
    change: impl Fn(&mut Shown),
) -> Result<(), JobError> {
    transaction!(service.store.write(&service.tenant), tx => {
        let mut shown = Shown::of(tx, id).await?;
        change(&mut shown);
        shown.keep(tx, service, id).await
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn columns(status: &str) -> Columns {
        Columns::from([("PFStatus".to_owned(), json!(status))])
    }

    #[test]
    fn a_write_whose_answer_was_lost_stays_ours_when_the_next_one_begins() {
        let mut shown = Shown::default();
        shown.confirm(columns("SU"));
        shown.intend(&columns("IA"));
        shown.intend(&columns("IA"));
        shown.intend(&columns("AP"));
        for status in ["SU", "IA", "AP"] {
            assert!(shown.is_ours(&columns(status)), "{status}");
        }
        assert!(!shown.is_ours(&columns("CO")));
        shown.confirm(columns("AP"));
        assert!(!shown.is_ours(&columns("IA")));
    }
}
