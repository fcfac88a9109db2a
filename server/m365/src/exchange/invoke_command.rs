//! `InvokeCommand` of the admin API: what Microsoft's own module ExchangeOnlineManagement calls. The documented API
//! (v2.0, in preview) makes no groups, mailboxes or contacts and gives no rights on mailboxes.

use http::{HeaderName, HeaderValue, Method, header};
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::{Cmdlet, Driver, Output};
use crate::{
    Error, Result, Service, Tenant, Work,
    call::{Answer, Call},
    odata::Options,
    random_uuid,
    tenant::header,
};

/// The mailbox that finds the right server for a caller without one: the same in every tenant.
const ANCHOR: &str = "APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}";

/// Most rows that the module asks for in one page.
const PAGE: HeaderValue = HeaderValue::from_static("odata.maxpagesize=1000");

/// The admin API of one tenant.
#[derive(Debug, Clone)]
pub struct InvokeCommand {
    tenant: Tenant,
    /// Which calls belong together.
    connection: Uuid,
}

#[derive(Deserialize)]
pub(super) struct Page {
    pub(super) value: Vec<Value>,
    #[serde(default, rename = "@adminapi.warnings")]
    warnings: Vec<String>,
    #[serde(rename = "@odata.nextLink")]
    pub(super) next: Option<String>,
}

impl Page {
    pub(super) fn read(answer: &Answer) -> Result<Self> {
        let mut page: Self = answer.json()?;
        if page.warnings.is_empty() {
            page.warnings = warned(answer);
        }
        Ok(page)
    }
}

impl InvokeCommand {
    pub(super) fn new(tenant: Tenant) -> Self {
        let connection = random_uuid();
        Self { tenant, connection }
    }

    pub(super) fn for_work(&self, work: Work) -> Self {
        Self {
            tenant: self.tenant.for_work(work),
            connection: work.correlation,
        }
    }

    fn address(&self, cmdlet: &Cmdlet) -> String {
        let (origin, tenant) = (&self.tenant.inner.exchange, self.tenant.inner.tenant_id);
        let select = Options::default().list("$select", cmdlet.fields());
        format!("{origin}/adminapi/beta/{tenant}/InvokeCommand{select}")
    }

    /// A page is asked for by the whole command; a page on another host is not asked for.
    fn call(&self, cmdlet: &Cmdlet, address: &str) -> Result<Call> {
        let unaddressable = || Error::unaddressable(Service::Exchange, cmdlet.operation().name);
        let url = self
            .tenant
            .inner
            .exchange
            .own(address)
            .ok_or_else(unaddressable)?;
        let anchor = format!("{ANCHOR}@{}", self.tenant.inner.tenant_id);
        let call = Call::of(cmdlet.operation(), Method::POST, url)
            .body("application/json; charset=utf-8", cmdlet.input().to_string())
            .header(header::ACCEPT, HeaderValue::from_static("application/json"));
        let call = if cmdlet.changes() { call } else { call.read_only() };
        let call = if cmdlet.is_on_known_object() {
            call.known()
        } else {
            call
        };
        let mut named = vec![
            ("x-cmdletname", HeaderValue::from_static(cmdlet.name())),
            ("x-responseformat", HeaderValue::from_static("json")),
            ("prefer", PAGE),
        ];
        for (name, text) in [
            ("x-anchormailbox", anchor),
            ("connection-id", self.connection.to_string()),
            ("client-request-id", random_uuid().to_string()),
        ] {
            let value = HeaderValue::from_str(&text).map_err(|_| unaddressable())?;
            named.push((name, value));
        }
        Ok(named.into_iter().fold(call, |call, (name, value)| {
            call.header(HeaderName::from_static(name), value)
        }))
    }

    async fn page(&self, cmdlet: &Cmdlet, address: &str) -> Result<Page> {
        let answer = self.tenant.send(self.call(cmdlet, address)?).await?;
        Page::read(&answer)
    }
}

/// Some answers carry their warnings beside the body.
fn warned(answer: &Answer) -> Vec<String> {
    let text = header(&answer.headers, "x-warnings").map(str::trim);
    text.filter(|text| !text.is_empty())
        .map(|text| vec![text.to_owned()])
        .unwrap_or_default()
}

impl Driver for InvokeCommand {
    async fn run(&self, cmdlet: &Cmdlet) -> Result<Output> {
        let mut page = self.page(cmdlet, &self.address(cmdlet)).await?;
        let (mut rows, mut warnings) = (page.value, page.warnings);
        // The command of a change is never sent again: asking for its next page would be doing it twice.
        while let Some(next) = page.next.filter(|_| !cmdlet.changes()) {
            page = self.page(cmdlet, &next).await?;
            rows.append(&mut page.value);
            warnings.append(&mut page.warnings);
        }
        Ok(Output { rows, warnings })
    }
}
