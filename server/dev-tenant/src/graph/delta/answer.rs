//! One page of a round.

use serde_json::Value;

use super::Kind;
use super::entries::{Interest, Place, entries};
use super::query;
use super::token::{Round, Token};
use crate::graph::fault::Fault;
use crate::graph::model::Entity;
use crate::graph::request::{Outcome, Request, context_url, json};
use crate::world::Tenant;

pub(crate) fn answer(request: &Request, kind: Kind) -> Outcome {
    request.may(kind.permissions())?;
    query::check(&request.options)?;
    let mut tenant = request.world.tenant();
    let tenant = &mut *tenant;
    let until = tenant.directory.look(request.now);
    let given = request
        .options
        .skip_token
        .as_ref()
        .or(request.options.delta_token.as_ref());
    let token = match given.map(String::as_str) {
        None | Some("") => begin(request, kind)?,
        Some("latest") => return page(kind, &known(begin(request, kind)?, until), Vec::new()),
        Some(text) => Token::read(kind, text)?,
    };
    let resets = tenant.switches.delta_reset_percent;
    let is_reset = token.since.is_some() && token.round.is_none() && tenant.ids.chance(resets);
    if is_reset || !token.is_good(request.now) {
        return Err(expired(tenant, &token));
    }
    let token = under_way(tenant, token, until);
    let (told, next) = turn(request, tenant, token);
    page(
        kind,
        &Token {
            issued: request.now,
            ..next
        },
        told,
    )
}

/// A client that knows nothing yet.
fn begin(request: &Request, kind: Kind) -> Result<Token, Fault> {
    Ok(Token {
        kind,
        select: query::select(kind, &request.options)?,
        ids: query::ids(&request.options)?,
        since: None,
        before: None,
        issued: request.now,
        round: None,
    })
}

/// The token of a client that knows everything up to a look.
fn known(token: Token, until: u64) -> Token {
    Token {
        before: token.since,
        since: Some(until),
        round: None,
        ..token
    }
}

/// The token with its round begun; now and then the round before is told again.
fn under_way(tenant: &mut Tenant, token: Token, until: u64) -> Token {
    if token.round.is_some() {
        return token;
    }
    let again = token.since.is_some() && tenant.ids.chance(tenant.switches.delta_replay_percent);
    let since = if again {
        Some(token.before.unwrap_or(0))
    } else {
        token.since
    };
    let round = Round {
        until,
        after: None,
        rested: false,
    };
    Token {
        since,
        round: Some(round),
        ..token
    }
}

/// Takes the next entries of the round, or none at all, and what the client knows then.
fn turn(request: &Request, tenant: &mut Tenant, token: Token) -> (Vec<Entity>, Token) {
    let Some(round) = token.round.clone() else {
        return (Vec::new(), token);
    };
    let switches = tenant.switches;
    let rests = !round.rested && tenant.ids.chance(switches.delta_empty_page_percent);
    if rests {
        let round = Some(Round {
            rested: true,
            ..round
        });
        return (Vec::new(), Token { round, ..token });
    }
    let interest = Interest {
        kind: token.kind,
        select: &token.select,
        ids: &token.ids,
        whole: switches.delta_tells_unchanged && !request.prefers("return=minimal"),
    };
    let all = entries(&tenant.directory.track, &interest, token.since);
    let mut rest = all
        .into_iter()
        .filter(|(place, _)| round.after.is_none_or(|after| *place > after));
    let size = usize::try_from(switches.delta_page_size.max(1)).unwrap_or(usize::MAX);
    let told: Vec<(Place, Entity)> = rest.by_ref().take(size).collect();
    let more = rest.next().is_some();
    let after = told.last().map(|(place, _)| *place);
    let next = if more {
        let round = Some(Round {
            after,
            rested: false,
            ..round
        });
        Token { round, ..token }
    } else {
        known(token, round.until)
    };
    (doubled(tenant, told), next)
}

/// The same entry may come twice.
fn doubled(tenant: &mut Tenant, told: Vec<(Place, Entity)>) -> Vec<Entity> {
    let percent = tenant.switches.delta_replay_percent;
    let mut all = Vec::new();
    for (_, entry) in told {
        if tenant.ids.chance(percent) {
            all.push(entry.clone());
        }
        all.push(entry);
    }
    all
}

fn page(kind: Kind, next: &Token, told: Vec<Entity>) -> Outcome {
    let (name, option) = match next.round {
        Some(_) => ("@odata.nextLink", "$skiptoken"),
        None => ("@odata.deltaLink", "$deltatoken"),
    };
    let selected = match next.select.as_slice() {
        [] => String::new(),
        names => format!("({})", names.join(",")),
    };
    let mut body = Entity::new();
    let context = context_url(&format!("{}{selected}", kind.collection()));
    body.insert("@odata.context".to_owned(), context.into());
    let link = format!("{}?{option}={}", address(kind), next.write()?);
    body.insert(name.to_owned(), link.into());
    body.insert("value".to_owned(), told.into_iter().map(Value::Object).collect());
    Ok(json(200, &Value::Object(body)))
}

fn address(kind: Kind) -> String {
    format!("https://graph.microsoft.com/v1.0/{}/delta", kind.collection())
}

/// A token that is too old: begin anew, at the address told if the switch says so.
fn expired(tenant: &Tenant, token: &Token) -> Fault {
    if tenant.switches.delta_expiry_is_gone {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if !token.select.is_empty() {
            query.append_pair("$select", &token.select.join(","));
        }
        let query = query
            .append_pair("$deltatoken", "")
            .finish()
            .replace("%24", "$")
            .replace("%2C", ",");
        return Fault::Gone {
            location: format!("{}?{query}", address(token.kind)),
        };
    }
    Fault::refused(
        400,
        "syncStateNotFound",
        "The sync state is not found. A full synchronization is needed.",
    )
}
