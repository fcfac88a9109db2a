//! Sends one ProcessQuery.

use http::Method;

use super::{answer::Results, request::Request};
use crate::{Error, Result, Service, sharepoint::Site};

impl Site {
    /// `units`: what the actions of the request cost together. Whether SharePoint charges them one by one is not
    /// published; we do.
    pub(super) async fn process(
        &self,
        operation: &'static str,
        request: &Request,
        units: u32,
    ) -> Result<Results> {
        let xml = request
            .xml()
            .map_err(|_| Error::unaddressable(Service::SharePoint, operation))?;
        let address = format!("{}/_vti_bin/client.svc/ProcessQuery", self.url());
        let call = self
            .call_to(operation, Method::POST, &address)?
            .body("text/xml", xml)
            .costing(units);
        Results::read(self.tenant.send(call).await?)
    }
}

/// Puts parts into one request as long as its object paths suffice. `cost` is the number of paths that `add`
/// will make for a part; `shared` is what parts of a request have in common.
pub(super) fn fit<P, S, T>(
    request: &mut Request,
    shared: &mut S,
    parts: &[P],
    cost: impl Fn(&P, &S) -> usize,
    add: impl Fn(&P, &mut Request, &mut S) -> T,
) -> Vec<T> {
    let mut added = Vec::new();
    for part in parts {
        if request.paths() + cost(part, shared) > super::MAX_OBJECT_PATHS {
            break;
        }
        added.push(add(part, request, shared));
    }
    added
}
