//! The way of SOAP messages out of the farm.

use std::fmt;

use super::soap;
use crate::sharepoint::webhooks::courier::Courier;
use crate::world::World;

type Ask = dyn Fn(&str, &str, &str) -> Option<String> + Send + Sync;

/// Sends an envelope and waits for the answer; called where waiting is allowed.
pub(crate) struct Post(Box<Ask>);

impl Post {
    /// `ask` takes the address, the SOAP action and the envelope, and gives the body of a good answer.
    pub(crate) fn new(ask: impl Fn(&str, &str, &str) -> Option<String> + Send + Sync + 'static) -> Self {
        Self(Box::new(ask))
    }

    pub(super) fn ask(&self, url: &str, action: &str, envelope: &str) -> Option<String> {
        (self.0)(url, action, envelope)
    }
}

impl fmt::Debug for Post {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Post")
    }
}

impl Courier {
    pub(crate) async fn soap(&self, url: &str, action: &str, envelope: String) -> Option<String> {
        let request = self
            .client
            .post(url)
            .header("Content-Type", "text/xml; charset=utf-8")
            .header("SOAPAction", format!("\"{action}\""))
            .body(envelope);
        let answer = request.send().await.ok()?;
        if answer.status().is_success() {
            answer.text().await.ok()
        } else {
            None
        }
    }

    /// Tells receivers what has happened; a message that does not arrive is lost, as with SharePoint.
    pub(crate) async fn tell_due(&self, world: &World) {
        let due: Vec<_> = {
            let mut tenant = world.tenant();
            let farms = tenant
                .sharepoint
                .sites
                .iter_mut()
                .filter_map(|site| site.farm.as_mut());
            farms.flat_map(|farm| farm.due.drain(..)).collect()
        };
        for (url, occurrence) in due {
            let told = self
                .soap(&url, soap::action(&occurrence), soap::envelope(&occurrence))
                .await;
            if told.is_none() {
                tracing::debug!("an event receiver was not reached");
            }
        }
    }
}
