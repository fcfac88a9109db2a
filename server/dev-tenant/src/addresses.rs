//! Mail addresses, which nobody in the tenant may have twice: people, groups and contacts draw on one stock.

use serde_json::{Map, Value};

use crate::directory::{Directory, ObjectId};

type Properties = Map<String, Value>;

/// The address of a proxy such as `SMTP:a@b`; `None` for those of other systems (`x500:`, `SIP:`).
pub(crate) fn smtp(proxy: &str) -> Option<&str> {
    let (kind, address) = proxy.split_once(':')?;
    kind.eq_ignore_ascii_case("smtp").then_some(address)
}

/// All of `proxyAddresses`, as they are written.
pub(crate) fn proxies(properties: &Properties) -> Vec<String> {
    let all = properties.get("proxyAddresses").and_then(Value::as_array);
    let texts = all.into_iter().flatten().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

/// The address that mails show.
pub(crate) fn primary(properties: &Properties) -> Option<String> {
    let all = proxies(properties);
    let proxy = all.iter().find(|proxy| proxy.starts_with("SMTP:"))?;
    smtp(proxy).map(str::to_owned)
}

/// Makes `mail` the primary address of `proxyAddresses`; the one before stays as a further address.
pub(crate) fn put_first(properties: &mut Properties, mail: &str) {
    let others = proxies(properties).into_iter().filter_map(|proxy| {
        let address = smtp(&proxy)?;
        (!address.eq_ignore_ascii_case(mail)).then(|| format!("smtp:{address}"))
    });
    let all: Vec<String> = [format!("SMTP:{mail}")].into_iter().chain(others).collect();
    properties.insert("proxyAddresses".to_owned(), all.into());
}

/// Whether mail to `address` goes there.
fn has(properties: &Properties, address: &str) -> bool {
    let mut held = proxies(properties).into_iter();
    held.any(|proxy| smtp(&proxy).is_some_and(|own| own.eq_ignore_ascii_case(address)))
}

/// Who has `address`, besides `except`. What lies in the deleted items has none.
pub(crate) fn holder(directory: &Directory, except: Option<ObjectId>, address: &str) -> Option<ObjectId> {
    let same = |mail: Option<&Value>| {
        mail.and_then(Value::as_str)
            .is_some_and(|mail| mail.eq_ignore_ascii_case(address))
    };
    let holds = |properties: &Properties| same(properties.get("mail")) || has(properties, address);
    let users = directory.users.values().filter(|user| user.deleted.is_none());
    let users = users.filter(|user| holds(&user.properties)).map(|user| user.id);
    let groups = directory.groups.values().filter(|group| group.deleted.is_none());
    let groups = groups
        .filter(|group| holds(&group.properties))
        .map(|group| group.id);
    let contacts = directory.contacts.values();
    let contacts = contacts
        .filter(|contact| has(&contact.properties, address))
        .map(|contact| contact.id);
    users.chain(groups).chain(contacts).find(|id| Some(*id) != except)
}
