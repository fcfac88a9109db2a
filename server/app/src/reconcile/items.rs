//! A page of sealed items against our rows: newer versions, lost items, wrong permissions.

use std::collections::BTreeMap;

use m365::sharepoint::{Filter, Item, ItemId, ItemQuery, List};
use store::{ApplicationRow, StoreError, transaction};

use super::access;
use super::progress::{Mode, Pending, Run, Stage, Stride};
use super::report::{Entry, Outcome};
use crate::jobs::{JobError, Task};
use crate::service::Service;

/// Text like `3.0`.
const VERSION: &str = "OData__UIVersionString";

type Items = BTreeMap<i64, Item>;

/// Our rows are read before the items: one that is sealed in between is not missed, only not looked at.
pub(super) async fn stride(
    service: &Service,
    mut run: Run,
    at: usize,
    after: i64,
) -> Result<Stride, JobError> {
    let Some(url) = run.lists.get(at).cloned() else {
        run.stage = Stage::Inbox { after: 0 };
        return Ok(run.alone());
    };
    let most = service.config.nightly.page;
    let rows = rows(service, &run, (&url, after), most).await?;
    let next_list = Stage::Items {
        list: at + 1,
        after: 0,
    };
    let Some(end) = rows.last().and_then(item_of) else {
        run.stage = next_list;
        return Ok(run.alone());
    };
    run.stage = if rows.len() < usize::from(most) {
        next_list
    } else {
        Stage::Items { list: at, after: end }
    };
    run.looked_at += i64::try_from(rows.len()).unwrap_or(0);
    let list = service.list_at(&url);
    let items = items(&list, after, end).await?;
    let mut stride = run.alone();
    for row in &rows {
        compare(service, &mut stride, (row, &list, &url), &items).await?;
    }
    Ok(stride)
}

async fn rows(
    service: &Service,
    run: &Run,
    (list, after): (&str, i64),
    most: u16,
) -> Result<Vec<ApplicationRow>, StoreError> {
    let without = run.scope.without();
    transaction!(service.store.read(&service.tenant), tx =>
        tx.applications_in_list(list, after, without, i64::from(most)).await)
}

/// Those behind `after`, up to `end`.
async fn items(list: &List, after: i64, end: i64) -> Result<Items, JobError> {
    let part = Filter::above("ID", after).and(&Filter::up_to("ID", end));
    let items = list.items(&ItemQuery::select(&[VERSION]).filter(part)).await?;
    Ok(items
        .into_iter()
        .map(|item| (i64::from(item.id.0), item))
        .collect())
}

fn item_of(row: &ApplicationRow) -> Option<i64> {
    row.sealed.as_ref().map(|sealed| sealed.item)
}

async fn compare(
    service: &Service,
    stride: &mut Stride,
    (row, list, url): (&ApplicationRow, &List, &str),
    items: &Items,
) -> Result<(), JobError> {
    let Some(number) = item_of(row) else { return Ok(()) };
    let id = i32::try_from(number).map_err(|error| JobError::unreadable("an item", &error))?;
    let Some(item) = items.get(&number) else {
        return missing(stride, (row, list), id).await;
    };
    if is_newer(item, row) {
        stride.run.report.judged += 1;
        stride.tasks.push(Task::Judge {
            application: row.id.clone(),
        });
    }
    permissions(service, stride, (row, list, url), id).await
}

/// Looked for by itself before anybody is told.
async fn missing(
    stride: &mut Stride,
    (row, list): (&ApplicationRow, &List),
    id: i32,
) -> Result<(), JobError> {
    if list.item(ItemId(id), &ItemQuery::select(&[])).await?.is_none() {
        stride.run.report.missing.push(row.number.clone());
        stride.missing.push(row.id.clone());
    }
    Ok(())
}

/// Whether the item shows a version that is neither judged nor ours.
fn is_newer(item: &Item, row: &ApplicationRow) -> bool {
    let label = item.text(VERSION).and_then(|label| label.split('.').next());
    let version: Option<i64> = label.and_then(|major| major.parse().ok());
    version.is_none_or(|version| {
        version > row.judged_version.unwrap_or(0) && !row.own_versions.contains(&version)
    })
}

async fn permissions(
    service: &Service,
    stride: &mut Stride,
    (row, list, url): (&ApplicationRow, &List, &str),
    item: i32,
) -> Result<(), JobError> {
    let run = &mut stride.run;
    let Some(access) = access::look(service, &row.id, list, item).await? else {
        run.report.busy += 1;
        return Ok(());
    };
    if access.change().is_none() {
        run.report.right += 1;
        return Ok(());
    }
    run.report.wrong += 1;
    run.report.note(Entry {
        number: row.number.clone(),
        list: url.to_owned(),
        item,
        wrong: access.wrong(service).await?,
        outcome: Outcome::Found,
    });
    if run.mode == Mode::Repair {
        run.pending.push(Pending {
            application: row.id.clone(),
            number: row.number.clone(),
            list: url.to_owned(),
            item,
            tries: 0,
            is_set: false,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use serde_json::json;
    use store::{ApplicationId, PersonId, WorkflowKey};

    fn row(judged: Option<i64>, own: &[i64]) -> ApplicationRow {
        ApplicationRow {
            id: ApplicationId::new("a"),
            number: "USR-2026-00001".into(),
            version: 1,
            workflow: WorkflowKey::new("user-create"),
            definition_version: 1,
            code: "IA".into(),
            state: json!({}),
            applicant: PersonId::new("p"),
            inbox_item: Some(1),
            round: 1,
            source: "1.1".into(),
            sealed: None,
            judged_version: judged,
            own_versions: own.to_vec(),
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn showing(label: &str) -> Item {
        let fields = json!({ (VERSION): label });
        Item {
            id: ItemId(1),
            etag: None,
            fields: fields.as_object().cloned().unwrap(),
        }
    }

    #[test]
    fn only_what_is_neither_judged_nor_ours_is_newer() {
        for (label, judged, own, newer) in [
            ("1.0", None, &[1][..], false),
            ("2.0", None, &[1], true),
            ("2.0", Some(2), &[1], false),
            ("3.0", Some(2), &[1, 3], false),
            ("4.0", Some(2), &[1, 3], true),
            ("", Some(2), &[1, 3], true),
        ] {
            assert_eq!(
                is_newer(&showing(label), &row(judged, own)),
                newer,
                "{label} {judged:?}"
            );
        }
    }
}
