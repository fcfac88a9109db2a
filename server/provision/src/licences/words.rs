//! Licences in words, by the names of their services.

use uuid::Uuid;

use super::{Assignment, Services, service};
use crate::preview::{Words, change};

/// The licence, where it is a new one, and each service that is used otherwise than before.
pub(crate) fn given(words: &Words, one: &Assignment) -> Vec<String> {
    let what = words.say("ライセンス", "Licence");
    let line = one.takes_seat().then(|| words.added(what, &one.name));
    let (used, unused) = (words.say("使う", "used"), words.say("使わない", "not used"));
    let services = changed(one).map(|(name, is_off)| {
        let what = of_licence(words, service::name(name), &one.name);
        match (&one.from, is_off) {
            (None, _) => format!("{what}: {unused}"),
            (Some(_), true) => change(&what, used, unused),
            (Some(_), false) => change(&what, unused, used),
        }
    });
    line.into_iter().chain(services).collect()
}

/// The same in one line.
pub(crate) fn summed(words: &Words, one: &Assignment) -> String {
    let is_plain = one.without.is_empty() && one.takes_seat();
    if is_plain {
        return one.name.clone();
    }
    let names: Vec<&str> = one.without.values().map(|name| service::name(name)).collect();
    let names = match names.as_slice() {
        [] => words.say("なし", "none").to_owned(),
        names => names.join(words.say("、", ", ")),
    };
    let unused = words.say("使わないサービス", "services not used");
    of_licence(words, &one.name, &format!("{unused}: {names}"))
}

/// Services that were used until then.
pub(crate) fn switched_off(one: &Assignment) -> impl Iterator<Item = String> {
    let off = changed(one).filter(|(_, is_off)| *is_off && !one.takes_seat());
    off.map(|(name, _)| format!("{} ({})", one.name, service::name(name)))
}

/// Services that are used otherwise than before, by name, and whether they are off from now on.
fn changed(one: &Assignment) -> impl Iterator<Item = (&str, bool)> {
    static NONE: Services = Services::new();
    let from = one.from.as_ref().unwrap_or(&NONE);
    let beyond = |these: &'_ Services, id: &Uuid| !these.contains_key(id);
    let off = one.without.iter().filter(move |(id, _)| beyond(from, id));
    let on = from.iter().filter(move |(id, _)| beyond(&one.without, id));
    let off = off.map(|(_, name)| (name.as_str(), true));
    off.chain(on.map(|(_, name)| (name.as_str(), false)))
}

fn of_licence(words: &Words, what: &str, more: &str) -> String {
    format!("{what}{}{more}{}", words.say("（", " ("), words.say("）", ")"))
}
