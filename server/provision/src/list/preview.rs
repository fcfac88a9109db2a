//! Changes of mailing lists in words.

use super::{ListKey, ListKind, ListStep, NewList, Recipients};
use crate::preview::Words;

/// One line for each thing that changes.
pub(crate) fn step(words: &Words, key: &ListKey, step: &ListStep) -> Vec<String> {
    match step {
        ListStep::CreateList(new) => created(words, key, new),
        ListStep::UpdateList(changed) => words.changed(changed),
        ListStep::AddOwners { people } => one(words, ("所有者の追加", "Owners added"), people),
        ListStep::RemoveOwners { people } => one(words, ("所有者の削除", "Owners removed"), people),
        ListStep::AddMembers { people } => one(words, ("メンバーの追加", "Members added"), people),
        ListStep::RemoveMembers { people } => one(words, ("メンバーの削除", "Members removed"), people),
        ListStep::DeleteList {} => {
            vec![words.removed(words.say("メーリングリスト", "Mailing list"), &key.address)]
        }
    }
}

fn created(words: &Words, key: &ListKey, new: &NewList) -> Vec<String> {
    let what = match new.kind {
        ListKind::Distribution => words.say("メーリングリスト", "Mailing list"),
        ListKind::Security => words.say(
            "メーリングリスト（メール対応セキュリティ グループ）",
            "Mailing list (mail-enabled security group)",
        ),
    };
    let outside = if new.open_to_outside {
        words.say("受け取る", "accepted")
    } else {
        words.say("受け取らない", "turned away")
    };
    let mut lines = vec![
        words.added(what, &new.display_name),
        words.added(words.say("メールアドレス", "Mail address"), &key.address),
        format!(
            "{}: {outside}",
            words.say("社外からのメール", "Mail from outside")
        ),
    ];
    lines.extend(one(words, ("所有者の追加", "Owners added"), &new.owners));
    lines
}

fn one(words: &Words, (ja, en): (&str, &str), people: &Recipients) -> Vec<String> {
    let names: Vec<&str> = people.values().map(|person| person.name.as_str()).collect();
    let names = names.join(words.say("、", ", "));
    vec![format!("{}: {names}", words.say(ja, en))]
}
