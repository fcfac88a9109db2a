//! Get-cmdlets that list recipients: by identity, by type, or by a simple filter.

use serde_json::{Map, Value};

use super::fault::Fault;
use super::invocation::{Done, Invocation, Outcome};
use super::recipient::{self, Kind, Recipient};
use super::row;
use crate::world::Tenant;

/// All recipients of a kind, or those that the parameters name.
pub(super) fn list(invocation: &Invocation, wanted: fn(Kind) -> bool) -> Outcome {
    let tenant = invocation.world.tenant();
    let now = invocation.now;
    if let Some(identity) = invocation.text("Identity") {
        let found = recipient::find(&tenant, now, identity, wanted)?;
        return Ok(Done::rows(vec![row::of(&tenant, now, &found)]));
    }
    let filter = invocation.text("Filter").map(Filter::parse).transpose()?;
    let details = invocation.list("RecipientTypeDetails");
    let is_asked = |found: &Recipient| {
        details.is_empty()
            || details
                .iter()
                .any(|name| name.eq_ignore_ascii_case(found.kind.details()))
    };
    let known = recipient::all(&tenant, now);
    let rows = known
        .iter()
        .filter(|found| wanted(found.kind) && is_asked(found))
        .map(|found| row::of(&tenant, now, found))
        .filter(|row| filter.as_ref().is_none_or(|filter| filter.holds(row)));
    Ok(Done::rows(rows.collect()))
}

/// Rows of recipients by id, for members of groups.
pub(super) fn rows<'i>(
    tenant: &Tenant,
    invocation: &Invocation,
    ids: impl IntoIterator<Item = &'i crate::directory::ObjectId>,
) -> Vec<Map<String, Value>> {
    let known = recipient::all(tenant, invocation.now);
    let found = ids
        .into_iter()
        .filter_map(|id| known.iter().find(|known| known.id == *id));
    found
        .map(|found| row::of(tenant, invocation.now, found))
        .collect()
}

/// `Property -eq 'value'`: the part of OPATH that the product needs.
pub(super) struct Filter {
    property: String,
    value: String,
}

impl Filter {
    pub(super) fn parse(text: &str) -> Result<Self, Fault> {
        let unknown = || Fault::NotModelled(format!("the filter {text}"));
        let inner = text.trim().trim_start_matches('{').trim_end_matches('}').trim();
        let (property, value) = inner.split_once(" -eq ").ok_or_else(unknown)?;
        let value = value.trim();
        let quoted = value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
        let value = quoted.ok_or_else(unknown)?.replace("''", "'");
        if property.contains(char::is_whitespace) {
            return Err(unknown());
        }
        Ok(Self {
            property: property.to_owned(),
            value,
        })
    }

    pub(super) fn holds(&self, row: &Map<String, Value>) -> bool {
        let mut fields = row.iter();
        let field = fields.find(|(name, _)| name.eq_ignore_ascii_case(&self.property));
        let same = |value: &Value| {
            value.as_str().is_some_and(|text| {
                text.eq_ignore_ascii_case(&self.value)
                    || super::parameter::bare(text).eq_ignore_ascii_case(&self.value)
            })
        };
        match field {
            Some((_, Value::Array(all))) => all.iter().any(same),
            Some((_, value)) => same(value),
            None => false,
        }
    }
}
