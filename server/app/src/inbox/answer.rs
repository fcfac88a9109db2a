//! What became of an act, in the act's own row: whoever wrote it sees it there, with or without our API.

use m365::sharepoint::{ItemId, ItemQuery};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use store::transaction;
use workflow::Code;

use super::seen::Seen;
use crate::columns;
use crate::config::Language;
use crate::jobs::JobError;
use crate::service::{Service, WatchedList};
use crate::status_words;

const COLUMNS: [&str; 3] = ["PFStatus", "PFStatusName", "PFIssues"];

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "camelCase")]
pub(crate) enum Answer {
    /// Carried out: the code of the state in which the application was then.
    Done { state: String },
    /// Decides nothing, for the reason of this code of `workflow`.
    Refused { code: String },
}

impl Answer {
    /// `code` serialises as its code.
    pub(super) fn refused(code: impl Serialize) -> Result<Self, JobError> {
        let code = serde_json::to_value(code).map_err(|error| JobError::unreadable("a reason", &error))?;
        Ok(Self::Refused {
            code: code.as_str().unwrap_or_default().to_owned(),
        })
    }

    fn fields(&self, language: Language) -> Map<String, Value> {
        match self {
            Self::Done { state } => {
                let code = Code::ALL.iter().find(|code| code.as_str() == state);
                code.map_or_else(Map::new, |code| status_words::cells(*code, language))
            }
            Self::Refused { code } => {
                let issues = json!([{ "code": code }]).to_string();
                Map::from_iter([("PFIssues".to_owned(), json!(issues))])
            }
        }
    }
}

/// Writes the answer that is still to be shown, if there is one. Only version 1.0 of an act counts: this write
/// changes nothing about it.
pub(super) async fn show(service: &Service, item: ItemId) -> Result<(), JobError> {
    let Some(answer) = Seen::load(service, item).await?.answer else {
        return Ok(());
    };
    let list = service.list(WatchedList::Inbox);
    let found = list.item(item, &ItemQuery::select(&COLUMNS)).await?;
    if let Some(found) = found
        && let Some(etag) = &found.etag
    {
        let fields = answer.fields(service.config.mail.language);
        let wanted: Vec<&str> = fields.keys().map(String::as_str).collect();
        if columns::of_item(&found.fields, &wanted) != columns::of_item(&fields, &wanted) {
            list.update_item(item, etag, &fields).await?;
        }
    }
    transaction!(service.store.write(&service.tenant), tx => {
        let seen = Seen { answer: None, ..Seen::of(tx, item).await? };
        seen.keep(tx, service, item).await
    })
}
