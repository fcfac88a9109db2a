//! `GetListItemChangesSinceToken` as clients send it.

use serde_json::{Map, Value};

use super::body;
use super::reply::{Answer, Body};
use crate::sharepoint::caml::parse;
use crate::sharepoint::operations::changes::ChangeToken;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::ids::{ItemId, ListId};
use crate::sharepoint::stream::since_token::{Asked, render};
use crate::sharepoint::xml;

pub(super) fn answer(
    session: &Session<'_>,
    list: ListId,
    given: &Map<String, Value>,
) -> Result<Answer, Fault> {
    let text = render(session, list, &asked(&body::inner(given, "query"))?)?;
    let answer = Answer {
        body: Body::Bytes(text.into_bytes()),
        ..Answer::empty(200)
    };
    Ok(answer.with("Content-Type", "application/xml;charset=utf-8".to_owned()))
}

fn asked(query: &Map<String, Value>) -> Result<Asked, Fault> {
    let given = |name: &str| body::optional_text(query, name).filter(|text| !text.trim().is_empty());
    let filter = match given("Query") {
        Some(query) => parse::parse(&query)?.filter,
        None => None,
    };
    Ok(Asked {
        token: given("ChangeToken")
            .map(|text| ChangeToken::parse(&text))
            .transpose()?,
        filter,
        row_limit: body::whole(query, "RowLimit")
            .filter(|limit| *limit > 0)
            .and_then(|limit| usize::try_from(limit).ok()),
        after: given("QueryOptions")
            .map(|options| after(&options))
            .transpose()?
            .flatten(),
    })
}

/// `<QueryOptions><Paging ListItemCollectionPositionNext="Paged=TRUE&amp;p_ID=10"/></QueryOptions>`.
fn after(options: &str) -> Result<Option<ItemId>, Fault> {
    let options = xml::read(options).map_err(|error| Fault::argument(error.to_string()))?;
    let paging = options.child("Paging");
    let position = paging.and_then(|paging| paging.attribute("ListItemCollectionPositionNext"));
    let id = position.and_then(|text| text.split('&').find_map(|part| part.strip_prefix("p_ID=")));
    Ok(id.and_then(|id| id.parse().ok()).map(ItemId))
}
