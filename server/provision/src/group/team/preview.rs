//! Changes of teams in words.

use serde_json::{Map, Value};

use super::TeamStep;
use crate::Change;
use crate::group::People;
use crate::preview::{Words, change};

/// Member of the settings, Japanese, English. A name tells which part it stands in, but for channels of guests.
const SETTINGS: [(&str, &str, &str, &str); 12] = [
    (
        "memberSettings",
        "allowCreateUpdateChannels",
        "メンバーによるチャネルの作成と更新",
        "Members make and change channels",
    ),
    (
        "memberSettings",
        "allowCreatePrivateChannels",
        "メンバーによるプライベート チャネルの作成",
        "Members make private channels",
    ),
    (
        "memberSettings",
        "allowDeleteChannels",
        "メンバーによるチャネルの削除",
        "Members delete channels",
    ),
    (
        "memberSettings",
        "allowAddRemoveApps",
        "メンバーによるアプリの追加と削除",
        "Members add and remove apps",
    ),
    (
        "memberSettings",
        "allowCreateUpdateRemoveTabs",
        "メンバーによるタブの作成・更新・削除",
        "Members make, change and remove tabs",
    ),
    (
        "guestSettings",
        "allowCreateUpdateChannels",
        "ゲストによるチャネルの作成と更新",
        "Guests make and change channels",
    ),
    (
        "guestSettings",
        "allowDeleteChannels",
        "ゲストによるチャネルの削除",
        "Guests delete channels",
    ),
    (
        "messagingSettings",
        "allowUserEditMessages",
        "自分のメッセージの編集",
        "People edit their messages",
    ),
    (
        "messagingSettings",
        "allowUserDeleteMessages",
        "自分のメッセージの削除",
        "People delete their messages",
    ),
    (
        "messagingSettings",
        "allowOwnerDeleteMessages",
        "所有者によるメッセージの削除",
        "Owners delete messages",
    ),
    (
        "messagingSettings",
        "allowTeamMentions",
        "チームへのメンション",
        "Mentions of the team",
    ),
    (
        "messagingSettings",
        "allowChannelMentions",
        "チャネルへのメンション",
        "Mentions of channels",
    ),
];

pub(in crate::group) fn words(words: &Words, step: &TeamStep) -> Vec<String> {
    match step {
        TeamStep::UpdateTeam(change) => settings(words, change),
        TeamStep::AddTeamMembers { people } => {
            vec![named(words, ("メンバーの追加", "Members added"), people)]
        }
        TeamStep::AddTeamOwners { people } => vec![named(words, ("所有者の追加", "Owners added"), people)],
        TeamStep::RemoveTeamOwners { people } => {
            vec![named(words, ("所有者の削除", "Owners removed"), people)]
        }
        TeamStep::RemoveTeamMembers { people } => {
            vec![named(words, ("メンバーの削除", "Members removed"), people)]
        }
        TeamStep::SetTeamPicture(picture) => {
            let what = words.say("チームの画像", "Picture of the team");
            vec![format!("{what}: {}", picture.file)]
        }
        TeamStep::ArchiveTeam {} => vec![state(words, true)],
        TeamStep::UnarchiveTeam {} => vec![state(words, false)],
    }
}

fn named(words: &Words, (ja, en): (&str, &str), people: &People) -> String {
    let names: Vec<&str> = people.values().map(String::as_str).collect();
    format!("{}: {}", words.say(ja, en), names.join(words.say("、", ", ")))
}

fn state(words: &Words, archived: bool) -> String {
    let [open, closed] = [
        words.say("使用中", "in use"),
        words.say("アーカイブ済み", "archived"),
    ];
    let (before, after) = if archived { (open, closed) } else { (closed, open) };
    change(words.say("チームの状態", "State of the team"), before, after)
}

fn settings(words: &Words, changed: &Change) -> Vec<String> {
    let value = |of: &Map<String, Value>, part: &str, name: &str| of.get(part)?.get(name).cloned();
    let said = |value: Option<Value>| match value {
        Some(Value::Bool(true)) => words.say("許可", "allowed").to_owned(),
        Some(Value::Bool(false)) => words.say("禁止", "not allowed").to_owned(),
        _ => words.say("（不明）", "(unknown)").to_owned(),
    };
    let line = |(part, name, ja, en): &(&str, &str, &str, &str)| {
        let after = value(&changed.to, part, name)?;
        let before = said(value(&changed.from, part, name));
        Some(change(words.say(ja, en), &before, &said(Some(after))))
    };
    SETTINGS.iter().filter_map(line).collect()
}
