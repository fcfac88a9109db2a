//! What the product's calls cost by Microsoft's tables, and how long the budgets need to grant as much. Whoever spends
//! evenly cannot be faster. Sources: "Microsoft Graph service-specific throttling limits", identity and access, and
//! Outlook; figures and costs as the reference has them (graph-exchange-api.md 0.2), the cheapest reading of each.

use std::collections::BTreeMap;

use dev_tenant::ledger::Operation;
use e2e::house::House;
use e2e::ledger;
use jiff::Timestamp;
use serde_json::{Value, json};

const GRAPH: &str = "graph.microsoft.com";
/// Identity, app and tenant: resource units in [`UNITS_SECONDS`], of a tenant with at most so many users. Of the largest
/// that the tenant grows to.
const UNITS: [(usize, f64); 3] = [(49, 3_500.0), (500, 5_000.0), (usize::MAX, 8_000.0)];
const UNITS_SECONDS: f64 = 10.0;
/// Identity, app and tenant: writes.
const WRITES: f64 = 3_000.0;
const WRITES_SECONDS: f64 = 150.0;
/// Outlook, app and mailbox: requests.
const MAILBOX: f64 = 10_000.0;
const MAILBOX_SECONDS: f64 = 600.0;

/// One budget, and what was taken out of it.
struct Share {
    service: &'static str,
    calls: usize,
    cost: f64,
    budget: f64,
    span: f64,
}

pub(crate) struct Bound {
    shares: Vec<Share>,
    writes: usize,
    /// Requests over the wire, by host: a batch is one.
    requests: BTreeMap<String, usize>,
}

impl Share {
    fn seconds(&self) -> f64 {
        self.cost * self.span / self.budget
    }
}

impl Bound {
    /// Of what the product called from one moment to another.
    pub(crate) fn of(house: &House, [from, until]: [Timestamp; 2]) -> Self {
        let operations: Vec<Operation> = ledger::operations(house)
            .into_iter()
            .filter(|operation| (from..=until).contains(&operation.at))
            .collect();
        let users = house.world().tenant().directory.users.len();
        let of_graph: Vec<Call> = operations.iter().filter_map(Call::read).collect();
        let (mail, directory): (Vec<&Call>, Vec<&Call>) = of_graph.iter().partition(|call| call.is_mail());
        let writes = directory.iter().filter(|call| call.writes()).count();
        let row = UNITS.iter().find(|(most, _)| users <= *most);
        let units: usize = directory.iter().map(|call| call.units()).sum();
        let share = |service, (calls, cost): (usize, usize), budget, span| Share {
            service,
            calls,
            cost: as_figure(cost),
            budget,
            span,
        };
        let shares = vec![
            share(
                "identity, resource units",
                (directory.len(), units),
                row.map_or(f64::INFINITY, |(_, units)| *units),
                UNITS_SECONDS,
            ),
            share("identity, writes", (writes, writes), WRITES, WRITES_SECONDS),
            share("outlook", (mail.len(), mail.len()), MAILBOX, MAILBOX_SECONDS),
        ];
        Self {
            shares,
            writes,
            requests: requests(&operations),
        }
    }

    /// The budget that takes longest.
    pub(crate) fn seconds(&self) -> f64 {
        self.shares.iter().map(Share::seconds).fold(0.0, f64::max)
    }

    pub(crate) fn writes(&self) -> usize {
        self.writes
    }

    pub(crate) fn told(&self) -> Value {
        let shares: Vec<Value> = self
            .shares
            .iter()
            .map(|share| {
                let budget = format!("{} in {} s", share.budget, share.span);
                json!({ "service": share.service, "calls": share.calls, "cost": share.cost, "budget": budget,
                    "seconds": share.seconds() })
            })
            .collect();
        json!({ "budgets": shares, "requests": self.requests })
    }
}

fn requests(operations: &[Operation]) -> BTreeMap<String, usize> {
    let mut ids = std::collections::BTreeSet::new();
    let mut requests = BTreeMap::new();
    for operation in operations {
        if ids.insert(operation.request_id) {
            *requests.entry(operation.host.clone()).or_default() += 1;
        }
    }
    requests
}

fn as_figure(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

/// One operation of Graph; the envelope of a batch is none.
struct Call<'a> {
    operation: &'a Operation,
    segments: Vec<&'a str>,
}

impl<'a> Call<'a> {
    fn read(operation: &'a Operation) -> Option<Self> {
        if operation.host != GRAPH || operation.path.ends_with("/$batch") {
            return None;
        }
        let segments = operation.path.trim_start_matches('/').split('/').skip(1);
        Some(Self {
            operation,
            segments: segments.collect(),
        })
    }

    fn is_mail(&self) -> bool {
        let below = self.segments.get(2).copied().unwrap_or_default();
        self.segments[0] == "users"
            && ["messages", "sendMail", "mailFolders", "mailboxSettings"].contains(&below)
    }

    fn last(&self) -> &str {
        self.segments.last().copied().unwrap_or_default()
    }

    fn writes(&self) -> bool {
        self.operation.method != "GET" && !["getByIds", "checkMemberGroups"].contains(&self.last())
    }

    fn units(&self) -> usize {
        if self.writes() {
            return 1;
        }
        let query = self.operation.query.replace("%24", "$");
        let has = |name: &str| query.split('&').any(|option| option.starts_with(name));
        let top = query.split('&').find_map(|option| option.strip_prefix("$top="));
        let is_small = top
            .and_then(|top| top.parse::<u32>().ok())
            .is_some_and(|top| top < 20);
        let dearer = self.base() + usize::from(has("$expand="));
        let cheaper = usize::from(has("$select=")) + usize::from(is_small);
        dearer.saturating_sub(cheaper).max(1)
    }

    fn base(&self) -> usize {
        match (self.segments[0], self.segments.len(), self.last()) {
            (_, _, "transitiveMembers") => 5,
            (_, _, "checkMemberGroups") => 4,
            ("groups", 3, "members") | ("subscribedSkus", ..) | (_, _, "getByIds") => 3,
            (_, _, "licenseDetails") | ("users" | "applications", 1, _) => 2,
            _ => 1,
        }
    }
}
