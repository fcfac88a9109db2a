//! What becomes of a mailbox and of mailing lists, in words.

use crate::account::{AccountStep, Forward};
use crate::preview::{Words, change};

/// None: it is about something else.
pub(crate) fn words(words: &Words, step: &AccountStep) -> Option<String> {
    let whose = |shared: bool| {
        let kinds = [
            words.say("本人のメールボックス", "a person's mailbox"),
            words.say("共有メールボックス", "a shared mailbox"),
        ];
        let (before, after) = if shared {
            (kinds[0], kinds[1])
        } else {
            (kinds[1], kinds[0])
        };
        change(words.say("メールボックス", "Mailbox"), before, after)
    };
    let access = words.say("メールボックスへのフル アクセス", "Full access to the mailbox");
    let list = |name: &str| format!("{}「{name}」", words.say("メーリングリスト", "Mailing list "));
    let belongs = [
        words.say("メンバーでない", "not a member"),
        words.say("メンバー", "member"),
    ];
    Some(match step {
        AccountStep::ShareMailbox {} => whose(true),
        AccountStep::UnshareMailbox {} => whose(false),
        AccountStep::OpenMailbox { person } => words.added(access, &person.name),
        AccountStep::CloseMailbox { person } => words.removed(access, &person.name),
        AccountStep::SetForwarding { from, to, name } => {
            let what = words.say("メールの転送先", "Mail goes on to");
            let before = shown(words, from.as_ref());
            let after = to.as_ref().map_or_else(|| shown(words, None), |_| name.clone());
            change(what, &before, &after)
        }
        AccountStep::AddToList { name, .. } => change(&list(name), belongs[0], belongs[1]),
        AccountStep::RemoveFromList { name, .. } => change(&list(name), belongs[1], belongs[0]),
        _ => return None,
    })
}

fn shown(words: &Words, forward: Option<&Forward>) -> String {
    let none = || words.say("（なし）", "(none)").to_owned();
    forward.map_or_else(none, |forward| forward.address.clone())
}
