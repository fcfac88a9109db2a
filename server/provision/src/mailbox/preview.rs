//! Changes of shared mailboxes in words.

use super::{MailboxKey, MailboxStep, Right};
use crate::preview::{Words, change};

/// One line for each thing that changes.
pub(crate) fn step(words: &Words, key: &MailboxKey, step: &MailboxStep) -> Vec<String> {
    let what = words.say("共有メールボックス", "Shared mailbox");
    match step {
        MailboxStep::CreateMailbox(new) => vec![
            words.added(what, &new.display_name),
            words.added(words.say("メールアドレス", "Mail address"), &key.address),
        ],
        MailboxStep::BlockSignIn {} => {
            let account = words.say("メールボックスのアカウント", "Account of the mailbox");
            vec![format!(
                "{account}: {}",
                words.say("サインインできない", "nobody signs in")
            )]
        }
        MailboxStep::UpdateMailbox(changed) => words.changed(changed),
        MailboxStep::GiveRight { right, people } => vec![words.people(given(*right), people)],
        MailboxStep::TakeRight { right, people } => vec![words.people(taken(*right), people)],
        MailboxStep::DeleteMailbox {} => vec![words.removed(what, &key.address)],
        MailboxStep::RestoreMailbox {} => {
            vec![change(what, words.say("（削除済み）", "(deleted)"), &key.address)]
        }
    }
}

fn given(right: Right) -> (&'static str, &'static str) {
    match right {
        Right::FullAccess => ("フルアクセスの追加", "Full access given to"),
        Right::SendAs => ("所有者として送信の追加", "Send as given to"),
        Right::SendOnBehalf => ("代理人として送信の追加", "Send on behalf given to"),
    }
}

fn taken(right: Right) -> (&'static str, &'static str) {
    match right {
        Right::FullAccess => ("フルアクセスの削除", "Full access taken from"),
        Right::SendAs => ("所有者として送信の削除", "Send as taken from"),
        Right::SendOnBehalf => ("代理人として送信の削除", "Send on behalf taken from"),
    }
}
