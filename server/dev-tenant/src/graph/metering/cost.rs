//! What one operation costs, and whose budget pays.

use http::Method;

use crate::call::Call;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Bill {
    /// Identity and access.
    Directory { units: u64, writes: bool },
    /// Outlook: one call of an app to this mailbox.
    Mailbox(String),
    /// The budgets of teams stand with teams; no figure is published for the rest.
    Free,
}

/// Below a user these are Outlook's.
const OF_MAILBOX: [&str; 5] = [
    "sendmail",
    "messages",
    "mailfolders",
    "mailboxsettings",
    "outlook",
];
/// Actions that change nothing.
const READING: [&str; 6] = [
    "getbyids",
    "checkmembergroups",
    "checkmemberobjects",
    "getmembergroups",
    "getmemberobjects",
    "validateproperties",
];

/// By address and query. Where the table says "GET users", reading one of them is charged like reading many.
pub(super) fn of(call: &Call) -> Bill {
    let path = call.path.to_ascii_lowercase();
    let segments: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).skip(1).collect();
    let name = |at: usize| segments.get(at).map_or("", |part| head(part));
    match (name(0), name(2)) {
        ("users", below) if OF_MAILBOX.contains(&below) => {
            Bill::Mailbox(segments.get(1).copied().unwrap_or_default().to_owned())
        }
        ("teams" | "sites" | "subscriptions" | "$batch", _) | ("groups", "team") => Bill::Free,
        _ => directory(call, &segments),
    }
}

/// `users('x')` is `users`.
fn head(segment: &str) -> &str {
    segment.split('(').next().unwrap_or(segment)
}

fn directory(call: &Call, segments: &[&str]) -> Bill {
    let last = head(segments.last().copied().unwrap_or_default());
    let writes = ![Method::GET, Method::HEAD].contains(&call.method) && !READING.contains(&last);
    let units = if writes {
        1
    } else {
        asked_otherwise(base(segments, last), &call.query)
    };
    Bill::Directory { units, writes }
}

fn base(segments: &[&str], last: &str) -> u64 {
    let first = head(segments.first().copied().unwrap_or_default());
    match (first, last, segments.len()) {
        (_, "transitivemembers", _) => 5,
        (_, "checkmembergroups", _) => 4,
        ("groups", "members", 3) | ("subscribedskus", ..) | (_, "getbyids", _) => 3,
        (_, "licensedetails", _) | ("users" | "applications", _, ..=2) => 2,
        _ => 1,
    }
}

/// `$select` makes it cheaper, `$expand` dearer, a small page cheaper; never below 1.
fn asked_otherwise(base: u64, query: &str) -> u64 {
    let query = query.to_ascii_lowercase().replace("%24", "$");
    let options: Vec<(&str, &str)> = query
        .split('&')
        .filter_map(|option| option.split_once('='))
        .collect();
    let has = |name: &str| u64::from(options.iter().any(|(option, _)| *option == name));
    let is_small =
        |(name, value): &(&str, &str)| *name == "$top" && value.parse::<u32>().is_ok_and(|top| top < 20);
    let less = has("$select") + u64::from(options.iter().any(is_small));
    (base + has("$expand")).saturating_sub(less).max(1)
}
