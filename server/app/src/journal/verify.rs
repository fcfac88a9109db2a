//! Every hash and every signature of every journal.

use openssl::pkey::PKey;
use store::{ApplicationRow, JournalLine, SignedHead, StoreError, transaction};
use workflow::Code;
use workflow::journal::{Head, Sealed, verify};

use super::JournalError;
use crate::evidence;
use crate::service::Service;

/// Rows read at a time.
const PAGE: i64 = 200;
const CODES: [Code; 10] = [
    Code::SU,
    Code::IA,
    Code::SB,
    Code::PB,
    Code::AP,
    Code::EX,
    Code::RV,
    Code::CO,
    Code::RJ,
    Code::WD,
];

/// What is wrong with one journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub number: String,
    /// Names the line and the problem.
    pub problem: String,
}

/// Checks all journals of the tenant; gives how many there are and what is wrong.
pub async fn verify_all(service: &Service) -> Result<(usize, Vec<Fault>), JournalError> {
    let mut faults = Vec::new();
    let mut count = 0;
    for code in CODES {
        let mut after = None;
        loop {
            let page: Result<Vec<ApplicationRow>, StoreError> = transaction!(service.store.read(&service.tenant),
                tx => tx.applications_in(code.as_str(), after.as_ref(), PAGE).await);
            let page = page?;
            let Some(last) = page.last() else { break };
            after = Some(last.id.clone());
            count += page.len();
            for row in page {
                faults.extend(fault(service, &row).await?);
            }
        }
    }
    Ok((count, faults))
}

async fn fault(service: &Service, row: &ApplicationRow) -> Result<Option<Fault>, JournalError> {
    let read: Result<_, StoreError> = transaction!(service.store.read(&service.tenant), tx => {
        Ok((tx.journal(&row.id).await?, tx.heads(&row.id).await?))
    });
    let (lines, heads) = read?;
    let problem = problem(service, row, &lines, &heads)?;
    Ok(problem.map(|problem| Fault {
        number: row.number.clone(),
        problem,
    }))
}

fn problem(
    service: &Service,
    row: &ApplicationRow,
    lines: &[JournalLine],
    heads: &[SignedHead],
) -> Result<Option<String>, JournalError> {
    let id = workflow::ApplicationId::new(row.id.as_str());
    let sealed = |line: &JournalLine| Sealed {
        body: line.body.clone(),
        hash: workflow::Hash(line.hash.0),
    };
    let chain: Vec<_> = lines.iter().map(sealed).collect();
    let (end, _) = match verify(&id, &chain) {
        Ok(verified) => verified,
        Err(broken) => return Ok(Some(broken.to_string())),
    };
    let newest = heads.last();
    let Some(head) =
        newest.filter(|head| u64::try_from(head.seq) == Ok(end.seq) && head.hash.0 == end.hash.0)
    else {
        return Ok(Some(format!("line {}: it has no signed head", end.seq)));
    };
    let public = PKey::public_key_from_pem(&service.evidence.public_pem()?)?;
    let digest = Head {
        seq: end.seq,
        hash: end.hash,
    }
    .digest(&id);
    let genuine = evidence::verify(&public, &digest.0, &head.signature)?;
    Ok((!genuine).then(|| {
        format!(
            "line {}: the signature of its head does not fit this key",
            end.seq
        )
    }))
}
