//! What to do where another issuer's token does not prove the app, in both languages.

use m365::{CredentialFault, ManagedIdentity, Verdict};

use crate::config::Federation;
use crate::setup::Words;

/// `None`: it is no matter of the token.
pub(crate) fn remedy(federation: &Federation, error: &m365::Error) -> Option<Words> {
    let code = error.code.as_deref().unwrap_or("-");
    match (federation, &error.verdict) {
        (_, Verdict::Credentials(CredentialFault::Untrusted)) => Some(unmatched(error)),
        (Federation::ManagedIdentity { .. }, _) if error.operation == ManagedIdentity::OPERATION => {
            Some(machine(code))
        }
        (Federation::TokenFile(file), Verdict::Credentials(CredentialFault::Refused))
            if error.status.is_none() =>
        {
            let file = file.display();
            Some(Words::new(
                format!(
                    "トークンファイル {file} を読めません。app.federation.token_file と、serve を動かすユーザーの権限を確かめてください"
                ),
                format!(
                    "the token file {file} cannot be read: check app.federation.token_file, and the rights of the user that runs serve"
                ),
            ))
        }
        (Federation::TokenFile(file), Verdict::Credentials(CredentialFault::Expired)) => {
            let file = file.display();
            Some(Words::new(
                format!(
                    "トークンファイル {file} のトークンは期限が切れています({code})。プラットフォームが書き直しているか、このサーバーの時計が合っているかを確かめてください"
                ),
                format!(
                    "the token in {file} has run out ({code}): see to it that the platform writes it anew, and that this machine's clock is right"
                ),
            ))
        }
        _ => None,
    }
}

/// Entra says which of the three it does not know, and how the token has it.
fn unmatched(error: &m365::Error) -> Words {
    let told = error.message.lines().next().unwrap_or_default();
    Words::new(
        format!(
            "Entra はこの発行元のトークンを信頼しません({told})。アプリの登録の「証明書とシークレット」→「フェデレーション資格情報」の発行者・サブジェクト・対象ユーザーを、トークンの iss・sub・aud と一字一句同じにしてください"
        ),
        format!(
            "Entra does not trust this issuer's token ({told}): in the app registration, \"Certificates & secrets\", \"Federated credentials\", make issuer, subject and audience the token's iss, sub and aud, letter by letter"
        ),
    )
}

fn machine(code: &str) -> Words {
    Words::new(
        format!(
            "このマシンはマネージド ID のトークンを渡しません({code})。マシンに ID が割り当てられているか、app.federation.managed_identity の client_id と endpoint を確かめてください"
        ),
        format!(
            "this machine gives no token of a managed identity ({code}): check that one is assigned to it, and client_id and endpoint in app.federation.managed_identity"
        ),
    )
}
