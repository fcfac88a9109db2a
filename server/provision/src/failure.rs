//! Why a step cannot be done. A person has to look.

use forms::Language;

use crate::CallFailure;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The name belongs to an account that we did not make; it is never touched.
    Taken,
    /// Something else has the name or the address of what shall be made.
    NameTaken,
    /// What shall be changed is not there any more.
    ObjectGone,
    /// The group would be left without an owner.
    LastOwner,
    /// The account that shall be changed is not there any more.
    AccountGone,
    /// Somebody else changed, after the approval, what the step would change.
    ChangedMeanwhile,
    ManagerGone,
    UnknownLicence,
    NoSeat,
    UnknownGroup,
    GroupNotWritable,
    /// The group is no team, or no longer one.
    NotTeam,
    /// The picture that was approved is not among the files any more.
    PictureGone,
    /// What shall stand longer has come to its end.
    ExpiryPassed,
    /// A call of another system came to nothing.
    Call(CallFailure),
    /// The app may not set this account's password.
    PasswordDenied,
    /// Services of the licences need or exclude one another, which Microsoft tells only when they are given.
    ServicesDisagree {
        /// Microsoft's words, with the ids of the services.
        told: String,
        /// For Microsoft's support.
        request_id: String,
    },
    /// Microsoft says that the request is wrong.
    Refused {
        /// What was asked, e.g. `create a user`.
        operation: &'static str,
        code: String,
        /// For Microsoft's support.
        request_id: String,
    },
}

/// Japanese, English.
const ACCOUNT_GONE: (&str, &str) = (
    "変更するアカウントが見つかりません。削除されたか、この申請の対象ではなくなっています。",
    "The account that shall be changed was not found: deleted, or no longer the one of this application.",
);
/// The same.
const CHANGED_MEANWHILE: (&str, &str) = (
    "承認の後に、対象が別の操作で変更されました。上書きはしていません。内容を確認してください。",
    "The object was changed by somebody else after the approval. Nothing was overwritten: please look at it.",
);
/// The same.
const PICTURE_GONE: (&str, &str) = (
    "承認された画像のファイルが見つかりません。",
    "The file of the picture that was approved was not found.",
);

/// The same.
const NOT_TEAM: (&str, &str) = (
    "グループは Teams のチームではありません。",
    "The group is not a team.",
);

/// The same.
const PASSWORD_DENIED: (&str, &str) = (
    "Microsoft 365 がパスワードの再発行を拒否しました。管理者ロールを持つアカウントのパスワードは、このサービスでは再発行できません。Entra 管理センターで特権認証管理者などが再発行してください。それ以外のアカウントでは、アプリの許可 User-PasswordProfile.ReadWrite.All と、サービス プリンシパルのロール「ユーザー管理者」を確認してから、再実行してください。",
    "Microsoft 365 refused to set the password. This service cannot set that of an account with an administrator's role: let a Privileged Authentication Administrator do it in the Entra admin center. Of any other account, see whether the app holds the permission User-PasswordProfile.ReadWrite.All and its service principal the role User Administrator, then retry.",
);

/// The same.
const EXPIRY_PASSED: (&str, &str) = (
    "有効期限がすでに過ぎています。必要であれば、新しい期限で申請してください。",
    "The end has come already. Apply with another day where it is still needed.",
);

impl Failure {
    /// For the administrator who is asked to look.
    pub fn words(&self, language: Language) -> String {
        let (ja, en) = match self {
            Self::ExpiryPassed => EXPIRY_PASSED,
            Self::Taken => (
                "ユーザー名は、この申請で作成していない別のアカウントが使っています。",
                "The user name belongs to an account that this application did not create.",
            ),
            Self::NameTaken => (
                "名前、メールの別名またはアドレスは、ほかのグループ、メールボックス、連絡先などが使っています。",
                "The name, the mail nickname or the address belongs to something else.",
            ),
            Self::ObjectGone => (
                "変更する対象が見つかりません。削除された可能性があります。",
                "What shall be changed was not found: it may have been deleted.",
            ),
            Self::LastOwner => (
                "グループの所有者が一人もいなくなるため、外せません。",
                "The group would be left without an owner.",
            ),
            Self::AccountGone => ACCOUNT_GONE,
            Self::ChangedMeanwhile => CHANGED_MEANWHILE,
            Self::ManagerGone => (
                "上長のアカウントが見つからないか、無効になっています。",
                "The account of the manager does not exist or is disabled.",
            ),
            Self::UnknownLicence => (
                "ライセンスがテナントにありません。",
                "The tenant does not have the licence.",
            ),
            Self::NoSeat => (
                "ライセンスに空きがありません。",
                "No seat of the licence is free.",
            ),
            Self::UnknownGroup => ("グループが見つかりません。", "The group does not exist."),
            Self::GroupNotWritable => (
                "グループはこのサービスから変更できません。",
                "The group cannot be changed by this service.",
            ),
            Self::NotTeam => NOT_TEAM,
            Self::PictureGone => PICTURE_GONE,
            Self::PasswordDenied => PASSWORD_DENIED,
            Self::Call(failure) => return failure.words(language),
            Self::ServicesDisagree { told, request_id } => return disagree(language, told, request_id),
            Self::Refused {
                operation,
                code,
                request_id,
            } => return refused(language, operation, code, request_id),
        };
        said(language, ja, en).to_owned()
    }
}

fn said<'a>(language: Language, ja: &'a str, en: &'a str) -> &'a str {
    match language {
        Language::Ja => ja,
        Language::En => en,
    }
}

fn disagree(language: Language, told: &str, request_id: &str) -> String {
    match language {
        Language::Ja => format!(
            "ライセンスのサービスの組み合わせを Microsoft 365 が拒否しました。必要な別のサービスを使わない設定になっているか、すでに割り当てられているライセンスのサービスと同時に使えません。ライセンス プロファイルか対象者のライセンスを直してから、再実行してください（{told}、要求 ID {request_id}）。"
        ),
        Language::En => format!(
            "Microsoft 365 refused the services of the licence: one of them needs another that is not used, or is not used together with one of a licence that is held. Correct the licence profile or the licences of the account, then retry ({told}, request {request_id})."
        ),
    }
}

fn refused(language: Language, operation: &str, code: &str, request_id: &str) -> String {
    match language {
        Language::Ja => {
            format!("Microsoft 365 が要求を拒否しました（{operation}: {code}、要求 ID {request_id}）。")
        }
        Language::En => {
            format!("Microsoft 365 refused the request ({operation}: {code}, request {request_id}).")
        }
    }
}
