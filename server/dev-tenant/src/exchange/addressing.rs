//! Addresses of a recipient, as `EmailAddresses`, `PrimarySmtpAddress` and `WindowsEmailAddress` change them.

use serde_json::{Map, Value};

use super::fault::Fault;
use super::invocation::{Edit, Invocation};
use super::parameter::{bare, is_address};
use super::recipient;
use crate::addresses::{holder, proxies, put_first, smtp};
use crate::directory::ObjectId;
use crate::world::Tenant;

/// The proxies after what the parameters ask for; `None` when they ask for nothing.
pub(super) fn asked(
    invocation: &Invocation,
    properties: &Map<String, Value>,
) -> Result<Option<Vec<String>>, Fault> {
    let first = invocation
        .text("PrimarySmtpAddress")
        .or_else(|| invocation.text("WindowsEmailAddress"));
    let Some(edit) = invocation.edit("EmailAddresses") else {
        return Ok(first.map(|first| {
            let mut changed = properties.clone();
            put_first(&mut changed, first);
            proxies(&changed)
        }));
    };
    if first.is_some() {
        return Err(Fault::binding(
            "Parameter set cannot be resolved using the specified named parameters: EmailAddresses and PrimarySmtpAddress exclude each other.",
        ));
    }
    let all = match edit {
        Edit::Replace(all) => replaced(all)?,
        Edit::Change { add, remove } => changed(proxies(properties), add, &remove)?,
    };
    Ok(Some(all))
}

/// A list with one primary address; without a mark it is the first.
fn replaced(all: Vec<String>) -> Result<Vec<String>, Fault> {
    let marked = all.iter().filter(|proxy| proxy.starts_with("SMTP:")).count();
    if marked > 1 {
        return Err(Fault::invalid(
            "EmailAddresses",
            "there are multiple primary SMTP addresses",
        ));
    }
    let mut is_marked = marked == 1;
    let mut read = Vec::new();
    for text in all {
        let proxy = proxy(&text)?;
        let leads = !is_marked && smtp(&proxy).is_some();
        is_marked |= leads;
        let proxy = if leads {
            format!("SMTP:{}", bare(&proxy))
        } else {
            proxy
        };
        if !read
            .iter()
            .any(|known: &String| known.eq_ignore_ascii_case(&proxy))
        {
            read.push(proxy);
        }
    }
    if is_marked {
        Ok(read)
    } else {
        Err(Fault::invalid(
            "EmailAddresses",
            "there is no primary SMTP address",
        ))
    }
}

fn changed(mut all: Vec<String>, add: Vec<String>, remove: &[String]) -> Result<Vec<String>, Fault> {
    for gone in remove {
        let is_gone = |proxy: &String| bare(proxy).eq_ignore_ascii_case(bare(gone));
        if all
            .iter()
            .any(|proxy| is_gone(proxy) && proxy.starts_with("SMTP:"))
        {
            return Err(Fault::invalid(
                "EmailAddresses",
                "the primary SMTP address can't be removed",
            ));
        }
        all.retain(|proxy| !is_gone(proxy));
    }
    for text in add {
        let new = proxy(&text)?;
        let is_held = |proxy: &String| bare(proxy).eq_ignore_ascii_case(bare(&new));
        if new.starts_with("SMTP:") {
            all.retain(|proxy| !is_held(proxy));
            for proxy in &mut all {
                if proxy.starts_with("SMTP:") {
                    *proxy = format!("smtp:{}", bare(proxy));
                }
            }
            all.insert(0, new);
        } else if !all.iter().any(is_held) {
            all.push(new);
        }
    }
    Ok(all)
}

/// With its kind: a bare address is a further SMTP address.
fn proxy(text: &str) -> Result<String, Fault> {
    let proxy = match text.split_once(':') {
        None => format!("smtp:{text}"),
        Some(_) => text.to_owned(),
    };
    match smtp(&proxy) {
        Some(address) if !is_address(address) => Err(Fault::invalid(
            "EmailAddresses",
            &format!("{text} is no SMTP address"),
        )),
        _ => Ok(proxy),
    }
}

/// Every SMTP address must be of a domain of the company and free.
pub(super) fn check(
    invocation: &Invocation,
    tenant: &Tenant,
    owner: Option<ObjectId>,
    all: &[String],
) -> Result<(), Fault> {
    let domain = &invocation.world.names.domain;
    for address in all.iter().filter_map(|proxy| smtp(proxy)) {
        let own = address
            .rsplit_once('@')
            .is_some_and(|(_, found)| found.eq_ignore_ascii_case(domain));
        if !own {
            return Err(Fault::refused(
                "Microsoft.Exchange.Management.Tasks.NotAcceptedDomainException",
                format!("The domain of '{address}' isn't an accepted domain for your organization."),
            ));
        }
        check_free(invocation, tenant, owner, address)?;
    }
    Ok(())
}

pub(super) fn check_free(
    invocation: &Invocation,
    tenant: &Tenant,
    owner: Option<ObjectId>,
    address: &str,
) -> Result<(), Fault> {
    let Some(id) = holder(&tenant.directory, owner, address) else {
        return Ok(());
    };
    let name = recipient::by_id(tenant, invocation.now, id).map(|found| found.name().to_owned());
    Err(Fault::address_taken(
        address,
        &name.unwrap_or_else(|| id.0.to_string()),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(all: &[&str]) -> Vec<String> {
        all.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn a_list_has_one_primary_address_and_its_first_leads_when_none_is_marked() {
        assert_eq!(
            replaced(owned(&["a@x.y", "smtp:b@x.y"])).unwrap(),
            ["SMTP:a@x.y", "smtp:b@x.y"]
        );
        assert_eq!(
            replaced(owned(&["smtp:a@x.y", "SMTP:b@x.y"])).unwrap(),
            ["smtp:a@x.y", "SMTP:b@x.y"]
        );
        assert!(replaced(owned(&["SMTP:a@x.y", "SMTP:b@x.y"])).is_err());
        assert!(replaced(Vec::new()).is_err());
    }

    #[test]
    fn a_new_primary_address_leaves_the_old_one_as_a_further_one() {
        let all = changed(owned(&["SMTP:a@x.y"]), owned(&["SMTP:b@x.y"]), &[]).unwrap();
        assert_eq!(all, ["SMTP:b@x.y", "smtp:a@x.y"]);
        assert!(changed(all.clone(), Vec::new(), &owned(&["b@x.y"])).is_err());
        assert_eq!(
            changed(all, Vec::new(), &owned(&["smtp:A@x.y"])).unwrap(),
            ["SMTP:b@x.y"]
        );
    }
}
