//! The applicant's own row tells him where the application is, and opens again when he may change it.

use m365::sharepoint::{ItemId, ItemQuery};
use serde_json::{Map, Value, json};
use store::transaction;
use workflow::{Code, State};

use crate::cases::Case;
use crate::config::Language;
use crate::inbox;
use crate::jobs::{JobError, Task};
use crate::service::{Service, WatchedList};
use crate::status_words;
use crate::versions::{self, ALL_JUDGED};

const COLUMNS: [&str; 7] = [
    "PFStatus",
    "PFStatusName",
    "PFNumber",
    "PFIssues",
    "PFRound",
    "PFApplicationUrl",
    "PFApplicantAction",
];

/// `url`: where he opens the item; none where only our API shows him the application.
pub(super) async fn run(service: &Service, case: &Case, url: Option<&str>) -> Result<(), JobError> {
    let Some(row) = case.application.source.inbox_item() else {
        return Ok(());
    };
    let id = i32::try_from(row);
    let id = ItemId(id.map_err(|error| JobError::unreadable("an inbox row", &error))?);
    let list = service.list(WatchedList::Inbox);
    // A row that its owner deleted needs to be told nothing.
    let Some(row) = list.item(id, &ItemQuery::select(&COLUMNS)).await? else {
        return Ok(());
    };
    let fields = differing(&row.fields, &wanted(case, url, service.config.mail.language)?);
    if fields.is_empty() {
        return Ok(());
    }
    let versions = versions::read(service, &list, id, &inbox::COLUMNS, ALL_JUDGED).await?;
    let application = &case.application;
    let author = application.drafter.as_ref().unwrap_or(&application.applicant);
    let submitted = inbox::submissions(&versions, author);
    if submitted > usize::try_from(application.round()).unwrap_or(usize::MAX) {
        // Submitted again meanwhile: that is taken in first, and publishes anew.
        let job = Task::Inbox { item: id.0 }.job(service.now())?;
        return transaction!(service.store.write(&service.tenant), tx => Ok(tx.enqueue(&job).await?));
    }
    if let Some(etag) = &row.etag {
        list.update_item(id, etag, &fields).await?;
    }
    Ok(())
}

fn wanted(case: &Case, url: Option<&str>, language: Language) -> Result<Map<String, Value>, JobError> {
    let application = &case.application;
    let issues = match &application.state {
        State::SentBack { issues, .. } if !issues.is_empty() => {
            let text = serde_json::to_string(issues);
            json!(text.map_err(|error| JobError::unreadable("issues", &error))?)
        }
        _ => Value::Null,
    };
    let mut wanted = status_words::cells(application.code(), language);
    wanted.extend([
        ("PFNumber".to_owned(), json!(application.number)),
        ("PFRound".to_owned(), json!(f64::from(application.round()))),
        ("PFIssues".to_owned(), issues),
        ("PFApplicationUrl".to_owned(), json!(url)),
    ]);
    if matches!(application.code(), Code::SB | Code::PB) {
        wanted.insert("PFApplicantAction".to_owned(), Value::Null);
    }
    Ok(wanted)
}

fn differing(current: &Map<String, Value>, wanted: &Map<String, Value>) -> Map<String, Value> {
    let spelled = |name: &str, value: Option<&Value>| crate::columns::spelled(name, value?);
    let differs =
        |(name, value): &(&String, &Value)| spelled(name, current.get(*name)) != spelled(name, Some(value));
    wanted
        .iter()
        .filter(differs)
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}
