//! Changes of mailing lists in words.

use super::{ListKey, ListKind, ListStep, NewList};
use crate::preview::Words;

/// One line for each thing that changes.
pub(crate) fn step(words: &Words, key: &ListKey, step: &ListStep) -> Vec<String> {
    match step {
        ListStep::CreateList(new) => created(words, key, new),
        ListStep::UpdateList(changed) => words.changed(changed),
        ListStep::AddOwners { people } => vec![words.people(("所有者の追加", "Owners added"), people)],
        ListStep::RemoveOwners { people } => vec![words.people(("所有者の削除", "Owners removed"), people)],
        ListStep::AddMembers { people } => vec![words.people(("メンバーの追加", "Members added"), people)],
        ListStep::RemoveMembers { people } => {
            vec![words.people(("メンバーの削除", "Members removed"), people)]
        }
        ListStep::DeleteList {} => {
            let (ja, en) = key.kind.words();
            vec![words.removed(words.say(ja, en), &key.address)]
        }
    }
}

fn created(words: &Words, key: &ListKey, new: &NewList) -> Vec<String> {
    let what = match new.kind {
        ListKind::Distribution => {
            let (ja, en) = new.kind.words();
            words.say(ja, en)
        }
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
    lines.push(words.people(("所有者の追加", "Owners added"), &new.owners));
    lines
}
