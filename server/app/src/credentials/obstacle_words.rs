//! What to do about an obstacle, in both languages.

use jiff::SignedDuration;

use super::obstacle::Obstacle;
use super::span::span;
use crate::setup::Words;

impl Obstacle {
    /// What stands in the way, and the remedy.
    pub(crate) fn words(&self) -> Words {
        match self {
            Self::Unconfigured
            | Self::Federated
            | Self::MasterKey { .. }
            | Self::WrongMasterKey { .. }
            | Self::Unmakeable { .. }
            | Self::Altered
            | Self::DiskFull
            | Self::Busy { .. } => self.of_ours(),
            Self::LifetimeForbidden { .. }
            | Self::SecretForbidden { .. }
            | Self::ForbiddenByPolicy { .. } => self.of_policies(),
            Self::OldExpired { .. }
            | Self::OldUnknown
            | Self::NoWayBack
            | Self::NewLost
            | Self::Lagging { .. }
            | Self::ReplicationSlow { .. } => self.of_either(),
            _ => self.of_entra(),
        }
    }

    fn of_ours(&self) -> Words {
        match self {
            Self::MasterKey { why, fault } => {
                let Words { ja, en } = fault.remedy();
                Words::new(
                    format!("マスターキーを読めません({why})。{ja}"),
                    format!("the master key cannot be had ({why}): {en}"),
                )
            }
            Self::WrongMasterKey { under, given } => Words::new(
                format!(
                    "マスターキーが違います。保管されている資格情報は {under} で封じられ、設定の鍵は {given} です。正しい鍵に戻すか、以前の鍵を credentials.former_master_keys に加えてください。何も上書きしていません"
                ),
                format!(
                    "wrong master key: what is kept lies under {under}, the configured one is {given}. Put the right one back, or add the former one to credentials.former_master_keys; nothing was overwritten"
                ),
            ),
            Self::Federated => Words::new(
                "別の発行元(app.federation)がアプリを証明しているため、更新するものはありません",
                "another issuer proves the app (app.federation): there is nothing to renew",
            ),
            Self::Unmakeable { why } => Words::new(
                format!(
                    "このサーバーの OpenSSL では、新しい資格情報を作って封じることができません({why})。OpenSSL の設定(FIPS や暗号ポリシー)と credentials.renewal.bits を確かめてください"
                ),
                format!(
                    "this machine's OpenSSL cannot make and seal a new credential ({why}): check its settings (FIPS mode, crypto policy) and credentials.renewal.bits"
                ),
            ),
            Self::Altered => Words::new(
                "保管されている資格情報が書き換えられています。データベースの控えから credential の行を戻してください",
                "a kept credential was altered: restore the rows of the table credential from a copy of the database",
            ),
            Self::DiskFull => Words::new(
                "データベースのディスクに書き込めません(空きがないか、クォータなどの上限に達しています)。空きを作ってからもう一度実行してください。続きから進みます",
                "the database's disk takes no more (it is full, or a quota or limit is reached): make room and run it again; it goes on where it stopped",
            ),
            Self::Busy { by, left } => busy(by, *left),
            _ => Words::new(
                "設定に [credentials] がありません。`provisioning-flow credentials master-key FILE` で鍵を作り、credentials.master_key に書いてください",
                "the configuration has no section [credentials]: make a key with `provisioning-flow credentials master-key FILE` and name it as credentials.master_key",
            ),
        }
    }

    fn of_policies(&self) -> Words {
        match self {
            Self::LifetimeForbidden {
                wished,
                allowed,
                policy,
            } => Words::new(
                format!(
                    "アプリ管理ポリシー「{policy}」は {allowed} までの期限しか許しません(希望 {wished})。credentials.renewal.lifetime_days を短くするか、管理者にポリシーの変更を依頼してください"
                ),
                format!(
                    "the app management policy \"{policy}\" allows an end up to {allowed} and no later (wished: {wished}): shorten credentials.renewal.lifetime_days, or have an administrator change the policy"
                ),
            ),
            Self::SecretForbidden { policy } => Words::new(
                format!(
                    "アプリ管理ポリシー「{policy}」はシークレットを許しません。credentials.renewal.secret を false にしてください"
                ),
                format!(
                    "the app management policy \"{policy}\" allows no secrets: set credentials.renewal.secret to false"
                ),
            ),
            Self::ForbiddenByPolicy { code } => Words::new(
                format!(
                    "アプリ管理ポリシーが登録を拒みました({code})。credentials.renewal.lifetime_days を短くするか、管理者にポリシーを確かめてください。Policy.Read.All を与えると、この製品が事前に読んで確かめます"
                ),
                format!(
                    "an app management policy refused it ({code}): shorten credentials.renewal.lifetime_days or ask an administrator about the policy; with Policy.Read.All it is read and told beforehand"
                ),
            ),
            _ => self.of_entra(),
        }
    }

    /// Of the old credential, or of the new one.
    fn of_either(&self) -> Words {
        match self {
            Self::ReplicationSlow { since } => Words::new(
                format!(
                    "{since} に登録した新しい資格情報が、まだ Microsoft 365 の全体に行き渡っていません。今の資格情報で動き続けています。あとでもう一度実行してください"
                ),
                format!(
                    "the new credential, registered at {since}, has not spread through Microsoft 365 yet; everything runs on the present one. Run it again later"
                ),
            ),
            Self::OldExpired { ends } => by_hand(&Words::new(
                format!("今の資格情報は {ends:.0} に期限が切れました"),
                format!("the present credential ran out at {ends:.0}"),
            )),
            Self::OldUnknown => by_hand(&Words::new(
                "Entra が今の資格情報を知りません",
                "Entra does not know the present credential",
            )),
            Self::Lagging { instances } => Words::new(
                format!(
                    "まだ以前の資格情報で動いているインスタンス({})があるため、以前の資格情報を残してあります。そのインスタンスの設定の [credentials] とマスターキーを確かめて(古い版なら更新して)、再起動してください。もう止めてあるものなら、1 分待ってからもう一度実行してください",
                    instances.join("、")
                ),
                format!(
                    "instances ({}) still work by the former credential, so it was left in place: check [credentials] and the master key in their configuration, bring an older version up to date, and restart them; if they were stopped, run it again after a minute",
                    instances.join(", ")
                ),
            ),
            Self::NoWayBack => Words::new(
                "元の資格情報はもう使えないため、戻せません。`credentials renew` で先へ進めてください",
                "the former credential proves nothing any more, so there is no way back: go on with `credentials renew`",
            ),
            _ => Words::new(
                "切り替えた新しい資格情報が、アプリの登録から消えています。以前の資格情報は残してあります。`credentials rollback` のあと `credentials renew` をやり直してください。rollback で戻せないときは、`credentials certificate > new.crt` で書き出し、管理者が登録にもう一度追加してください",
                "the new credential is no longer registered; the former one was left in place. Run `credentials rollback`, then `credentials renew` again; where rollback finds no way back, write the new one with `credentials certificate > new.crt` and have an administrator add it to the registration again",
            ),
        }
    }

    fn of_entra(&self) -> Words {
        match self {
            Self::PermissionMissing { permission } => Words::new(
                format!(
                    "アプリに権限がありません。アプリケーション許可 {permission} を追加し、管理者の同意を与えてください"
                ),
                format!(
                    "the app lacks a right: add the application permission {permission} and grant admin consent"
                ),
            ),
            Self::NotOwner {
                application,
                principal,
            } => {
                let principal = principal.map_or("(unknown)".to_owned(), |id| id.to_string());
                Words::new(
                    format!(
                        "アプリの登録 {application} の所有者に、このアプリ自身のサービスプリンシパル {principal} を加えてください(POST /applications/{application}/owners/$ref)"
                    ),
                    format!(
                        "make the app's own service principal {principal} an owner of the registration {application} (POST /applications/{application}/owners/$ref)"
                    ),
                )
            }
            Self::ClockSkew => Words::new(
                "このサーバーの時計がずれています(AADSTS700024)。時刻同期を確かめてください",
                "this machine's clock is wrong (AADSTS700024): check its time synchronisation",
            ),
            _ => Words::new(
                "テナントにこのアプリがありません。app.client_id を確かめ、管理者の同意を与えてください",
                "the tenant has no such app: check app.client_id and grant admin consent",
            ),
        }
    }
}

/// Nothing proves the app: a person registers the next certificate. What `renew` has made stays until then, so that this
/// order holds however often it is begun.
fn by_hand(why: &Words) -> Words {
    let Words { ja, en } = why;
    Words::new(
        format!(
            "{ja}。(1) `provisioning-flow credentials renew` を実行すると新しい証明書が作られます(このメッセージで止まります)。(2) `provisioning-flow credentials certificate > new.crt` で書き出し、(3) 管理者が Entra のアプリの登録(「証明書とシークレット」)に追加してから、(4) もう一度 `credentials renew` を実行してください"
        ),
        format!(
            "{en}: (1) run `provisioning-flow credentials renew`, which makes the new certificate and stops with this message; (2) write it with `provisioning-flow credentials certificate > new.crt`; (3) have an administrator add it to the app registration in Entra (\"Certificates & secrets\"); (4) run `credentials renew` again"
        ),
    )
}

fn busy(by: &str, left: SignedDuration) -> Words {
    let Words { ja, en } = span(left);
    Words::new(
        format!(
            "別の実行({by})が更新を進めています。終わるのを待ってください。途中で止めた実行なら、{ja}後にもう一度実行すれば続きから進みます"
        ),
        format!(
            "another run ({by}) is renewing: wait for its end; if it was broken off, run it again in {en}, and it goes on where it was"
        ),
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::credentials::key_fault::KeyFault;

    fn all() -> Vec<Obstacle> {
        let (at, text) = (Timestamp::UNIX_EPOCH, || "x".to_owned());
        vec![
            Obstacle::Unconfigured,
            Obstacle::Federated,
            Obstacle::MasterKey {
                why: text(),
                fault: KeyFault::Missing,
            },
            Obstacle::WrongMasterKey {
                under: text(),
                given: text(),
            },
            Obstacle::Unmakeable { why: text() },
            Obstacle::Altered,
            Obstacle::PermissionMissing { permission: text() },
            Obstacle::NotOwner {
                application: Uuid::nil(),
                principal: None,
            },
            Obstacle::LifetimeForbidden {
                wished: at,
                allowed: at,
                policy: text(),
            },
            Obstacle::SecretForbidden { policy: text() },
            Obstacle::ForbiddenByPolicy { code: text() },
            Obstacle::ClockSkew,
            Obstacle::ReplicationSlow { since: at },
            Obstacle::DiskFull,
            Obstacle::OldExpired { ends: at },
            Obstacle::OldUnknown,
            Obstacle::NoWayBack,
            Obstacle::Busy {
                by: text(),
                left: SignedDuration::ZERO,
            },
            Obstacle::NewLost,
            Obstacle::Lagging {
                instances: vec![text()],
            },
            Obstacle::NoApplication,
        ]
    }

    #[test]
    fn each_obstacle_has_words_of_its_own_in_both_languages() {
        let said: BTreeSet<_> = all()
            .iter()
            .flat_map(|one| {
                let Words { ja, en } = one.words();
                [ja, en]
            })
            .collect();
        assert_eq!(said.len(), all().len() * 2);
        for words in all().iter().map(Obstacle::words) {
            assert!(words.en.is_ascii() && !words.ja.is_ascii(), "{words:?}");
        }
    }
}
