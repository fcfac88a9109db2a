//! The whole journal in the history list, one row a line: SharePoint is also the backup.

use m365::Verdict;
use m365::sharepoint::{Filter, ItemQuery};
use serde_json::{Map, Value, json};
use store::{JournalLine, SignedHead};

use super::shown::{self, Shown};
use super::story::Story;
use crate::cases::Case;
use crate::jobs::JobError;
use crate::service::Service;

const LIST: &str = "Lists/PFHistory";

/// Adds the lines that are not there yet, in order.
pub(super) async fn run(service: &Service, case: &Case, story: &Story) -> Result<(), JobError> {
    let id = &case.row.id;
    let there = Shown::load(service, id).await?.lines;
    for line in story.kept.iter().filter(|line| line.seq > there) {
        let signature = story.heads.iter().find(|head| head.seq == line.seq);
        add(service, case, line, signature).await?;
        shown::change(service, id, |shown| shown.lines = line.seq).await?;
    }
    Ok(())
}

/// Found by its key first: a lost answer leaves no second row.
async fn add(
    service: &Service,
    case: &Case,
    line: &JournalLine,
    signed: Option<&SignedHead>,
) -> Result<(), JobError> {
    let list = service.list_at(LIST);
    let key = format!("{}:{}", case.row.id, line.seq);
    let query = ItemQuery::select(&[]).filter(Filter::text("PFLineKey", &key));
    if !list.page(&query).await?.items.is_empty() {
        return Ok(());
    }
    match list.add_item(&fields(case, &key, line, signed)).await {
        Ok(_) => Ok(()),
        Err(error) if error.verdict == Verdict::Conflict => {
            Err(JobError::Wait("the history line was written already"))
        }
        Err(error) => Err(error.into()),
    }
}

fn fields(case: &Case, key: &str, line: &JournalLine, signed: Option<&SignedHead>) -> Map<String, Value> {
    let hash = |hash: &store::Hash| workflow::Hash(hash.0).to_string();
    let signature = signed.map(|head| {
        let bytes = head.signature.iter();
        let hex = bytes.fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        format!("{}:{hex}", head.key_id)
    });
    let fields = json!({
        "Title": format!("{} #{}", case.row.number, line.seq),
        "PFLineKey": key,
        "PFNumber": case.row.number,
        "PFSeq": line.seq,
        "PFAt": line.at.to_string(),
        "PFActorOid": line.actor,
        "PFBody": line.body,
        "PFPrevHash": hash(&line.prev_hash),
        "PFHash": hash(&line.hash),
        "PFSignature": signature,
    });
    fields.as_object().cloned().unwrap_or_default()
}
