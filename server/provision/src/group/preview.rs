//! Changes of groups in words.

use serde_json::Value;

use super::{GroupKey, GroupKind, GroupStep, NewGroup, People, Visibility, team};
use crate::Change;
use crate::preview::{Words, change};

/// One line for each thing that changes.
pub(crate) fn step(words: &Words, key: &GroupKey, step: &GroupStep) -> Vec<String> {
    let name = key.display_name.as_str();
    let group = words.say("グループ", "Group");
    match step {
        GroupStep::CreateGroup(new) => created(words, new),
        GroupStep::UpdateGroup(changed) => words.changed(&with_shown_visibility(words, changed)),
        GroupStep::AddOwners { people } => one(words, ("所有者の追加", "Owners added"), people),
        GroupStep::RemoveOwners { people } => one(words, ("所有者の削除", "Owners removed"), people),
        GroupStep::AddMembers { people } => one(words, ("メンバーの追加", "Members added"), people),
        GroupStep::RemoveMembers { people } => one(words, ("メンバーの削除", "Members removed"), people),
        GroupStep::MakeTeam {} => vec![words.added(words.say("Teams のチーム", "Team"), name)],
        GroupStep::DeleteGroup { .. } => vec![words.removed(group, name)],
        GroupStep::RestoreGroup { .. } => vec![change(group, words.say("（削除済み）", "(deleted)"), name)],
        GroupStep::Team(step) => team::words(words, step),
    }
}

/// As the form calls it.
fn with_shown_visibility(words: &Words, changed: &Change) -> Change {
    let mut shown = changed.clone();
    for side in [&mut shown.from, &mut shown.to] {
        if let Some(Value::String(visibility)) = side.get_mut("visibility") {
            *visibility = match visibility.as_str() {
                "Public" => words.say("パブリック", "public"),
                "Private" => words.say("プライベート", "private"),
                other => other,
            }
            .to_owned();
        }
    }
    shown
}

fn created(words: &Words, new: &NewGroup) -> Vec<String> {
    let (what, address) = match new.kind {
        GroupKind::Security => (words.say("セキュリティ グループ", "Security group"), None),
        GroupKind::Microsoft365 => (
            words.say("Microsoft 365 グループ", "Microsoft 365 group"),
            Some(&new.address),
        ),
    };
    let mut lines = vec![
        words.added(what, &new.display_name),
        words.added(words.say("メールの別名", "Mail nickname"), &new.mail_nickname),
    ];
    lines.extend(address.map(|address| words.added(words.say("メールアドレス", "Mail address"), address)));
    if !new.description.is_empty() {
        lines.push(words.added(words.say("説明", "Description"), &new.description));
    }
    let shown = new.visibility.map(|visibility| match visibility {
        Visibility::Public => words.say("パブリック", "public"),
        Visibility::Private => words.say("プライベート", "private"),
    });
    lines.extend(shown.map(|shown| words.added(words.say("公開範囲", "Visibility"), shown)));
    lines
}

fn one(words: &Words, (ja, en): (&str, &str), people: &People) -> Vec<String> {
    let names: Vec<&str> = people.values().map(String::as_str).collect();
    let names = names.join(words.say("、", ", "));
    vec![format!("{}: {names}", words.say(ja, en))]
}
