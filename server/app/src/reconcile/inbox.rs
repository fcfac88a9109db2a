//! Rows of the inbox that ask for something and that nobody took up.

use m365::sharepoint::{Filter, Item, ItemQuery, SHAREPOINT_APP};
use store::transaction;

use super::progress::{Run, Stage, Stride};
use crate::inbox::Seen;
use crate::jobs::{JobError, Task};
use crate::service::{Service, WatchedList};

/// Rows that are read between two savings of the progress.
const PAGE: u32 = 1_000;
const VERSION: &str = "OData__UIVersionString";

pub(super) async fn stride(service: &Service, mut run: Run, after: i64) -> Result<Stride, JobError> {
    let fields = [VERSION, "PFKind", "PFApplicantAction", "EditorId"];
    let query = ItemQuery::select(&fields)
        .filter(Filter::above("ID", after))
        .top(PAGE);
    let page = service.list(WatchedList::Inbox).page(&query).await?;
    run.stage = match page.items.last() {
        Some(last) if page.next.is_some() => Stage::Inbox {
            after: i64::from(last.id.0),
        },
        _ => Stage::Done { at: service.now() },
    };
    let asking: Vec<_> = page.items.iter().filter(|item| asks(item)).collect();
    let unknown = unknown(service, &asking).await?;
    run.report.taken_up += i64::try_from(unknown.len()).unwrap_or(0);
    let mut stride = run.alone();
    stride.tasks = unknown;
    Ok(stride)
}

/// Drafts ask for nothing, and what we wrote last was taken up.
fn asks(item: &Item) -> bool {
    let by_person = item.number("EditorId") != Some(i64::from(SHAREPOINT_APP.0));
    let is_application = item.text("PFKind") == Some("application");
    by_person && (is_ask(item) || (is_application && item.text("PFApplicantAction").is_some()))
}

async fn unknown(service: &Service, asking: &[&Item]) -> Result<Vec<Task>, JobError> {
    transaction!(service.store.read(&service.tenant), tx => {
        let mut tasks = Vec::new();
        for item in asking {
            let seen = Seen::of(tx, item.id).await?.version;
            if is_unknown(item, seen) {
                tasks.push(Task::Inbox { item: item.id.0 });
            }
        }
        Ok(tasks)
    })
}

/// Something that is asked by the first version alone: an act, a deputy, how somebody wants his mails.
fn is_ask(item: &Item) -> bool {
    matches!(item.text("PFKind"), Some("act" | "deputy" | "mails"))
}

fn is_unknown(item: &Item, seen: u32) -> bool {
    if is_ask(item) {
        return seen == 0;
    }
    let label = item.text(VERSION).and_then(|label| label.split('.').next());
    let version: Option<u32> = label.and_then(|major| major.parse().ok());
    version.is_none_or(|version| version > seen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use m365::sharepoint::ItemId;
    use serde_json::{Value, json};

    fn row(fields: &Value) -> Item {
        Item {
            id: ItemId(1),
            etag: None,
            fields: fields.as_object().cloned().unwrap(),
        }
    }

    #[test]
    fn only_what_a_person_asked_for_and_nobody_saw_is_taken_up() {
        let app = SHAREPOINT_APP.0;
        for (kind, action, editor, version, seen, wanted) in [
            ("application", json!("申請"), 11, "1.0", 0, true),
            ("application", json!("申請"), 11, "2.0", 2, false),
            ("application", json!("申請"), 11, "5.0", 2, true),
            ("application", json!(null), 11, "1.0", 0, false),
            ("application", json!("申請"), app, "3.0", 1, false),
            ("act", json!("取下げ"), 11, "1.0", 0, true),
            ("act", json!("取下げ"), 11, "2.0", 1, false),
            ("deputy", json!(null), 11, "1.0", 0, true),
            ("mails", json!(null), 11, "2.0", 1, false),
        ] {
            let item = row(&json!({
                "PFKind": kind, "PFApplicantAction": action, "EditorId": editor, (VERSION): version,
            }));
            assert_eq!(asks(&item) && is_unknown(&item, seen), wanted, "{item:?} {seen}");
        }
    }
}
