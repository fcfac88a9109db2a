//! Pages of a list: the next one is a POST of the same body to `@odata.nextLink`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openssl::sha::sha256;
use serde_json::{Map, Value};

use super::cmdlets::Listing;
use super::fault::Fault;
use super::invocation::{Done, Invocation};
use super::reply;
use crate::call::Reply;

type Row = Map<String, Value>;

/// Rows of a page when `Prefer: odata.maxpagesize` does not say.
const PAGE: usize = 1000;
const TOKEN: &str = "$skiptoken";
const TRUNCATED: &str = "There are more results available than are currently displayed. To view them, increase the value for the ResultSize parameter.";

pub(super) fn answer(invocation: &Invocation, done: Done) -> Result<Reply, Fault> {
    if invocation.cmdlet.lists == Listing::No {
        return Ok(reply::success(invocation, done.rows, &done.warnings, None));
    }
    let Done {
        mut rows,
        mut warnings,
    } = done;
    let begun = start(invocation, &rows)?;
    let mut size = wished_size(invocation).unwrap_or(PAGE);
    match most(invocation) {
        Most::Rows(most) if rows.len() > most => {
            rows.truncate(most);
            warnings.push(TRUNCATED.to_owned());
        }
        Most::All | Most::Rows(_) => {}
        Most::Unsaid => {
            let truncates = invocation.world.tenant().switches.exchange.truncates_lists;
            if truncates && begun == 0 && rows.len() > 1 {
                size = 1;
                warnings.push(TRUNCATED.to_owned());
            }
        }
    }
    let page: Vec<Row> = rows.iter().skip(begun).take(size).cloned().collect();
    let more = begun + page.len() < rows.len();
    let next = page.last().filter(|_| more).map(|last| link(invocation, last));
    Ok(reply::success(invocation, page, &warnings, next))
}

/// What `ResultSize` asks for.
enum Most {
    All,
    Rows(usize),
    Unsaid,
}

fn most(invocation: &Invocation) -> Most {
    let number = |text: &str| text.parse().map_or(Most::All, Most::Rows);
    match invocation.value("ResultSize") {
        Some(Value::String(text)) => number(text),
        Some(other) => number(&other.to_string()),
        // Whoever names one object gets that one.
        None if invocation.has("Identity") && invocation.cmdlet.lists == Listing::Objects => Most::All,
        None => Most::Unsaid,
    }
}

fn wished_size(invocation: &Invocation) -> Option<usize> {
    let wishes = invocation.call.header("prefer")?;
    let mut wishes = wishes.split([',', ';']);
    let size = wishes.find_map(|wish| wish.trim().strip_prefix("odata.maxpagesize="))?;
    size.trim().parse().ok().filter(|size| *size > 0)
}

/// Position and body of a page: whoever changes the body in between has lost his place.
fn token(invocation: &Invocation, last: &str) -> String {
    let digest = sha256(&invocation.call.body);
    let digest = URL_SAFE_NO_PAD.encode(&digest[..12]);
    URL_SAFE_NO_PAD.encode(format!("{digest}{last}"))
}

fn key(row: &Row) -> String {
    let part = |name: &str| row.get(name).map(Value::to_string).unwrap_or_default();
    let parts = ["Guid", "Identity", "User", "Trustee"].map(part);
    parts.concat()
}

fn link(invocation: &Invocation, last: &Row) -> String {
    let call = invocation.call;
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in url::form_urlencoded::parse(call.query.as_bytes()) {
        if name != TOKEN {
            query.append_pair(&name, &value);
        }
    }
    query.append_pair(TOKEN, &token(invocation, &key(last)));
    let query = query.finish().replace("%24", "$");
    format!("https://{}{}?{query}", call.host, call.path)
}

fn start(invocation: &Invocation, rows: &[Row]) -> Result<usize, Fault> {
    let mut pairs = url::form_urlencoded::parse(invocation.call.query.as_bytes());
    let Some((_, asked)) = pairs.find(|(name, _)| name == TOKEN) else {
        return Ok(0);
    };
    let mut keys = rows.iter().map(key);
    keys.position(|key| token(invocation, &key) == asked)
        .map(|position| position + 1)
        .ok_or_else(|| Fault::Unreadable("The skip token belongs to another request.".to_owned()))
}
