//! What is lost when a plan is carried out, and does not come back with its way back.

use forms::{Label, Language};

use crate::action::ActionStep;
use crate::contact::ContactStep;
use crate::group::{GroupKind, GroupStep, TeamStep};
use crate::list::{ListKind, ListStep};
use crate::mailbox::MailboxStep;
use crate::{AccountStep, Plan, Step, licences};

impl Plan {
    /// What is lost when it is carried out, and does not come back.
    pub fn lost(&self) -> Vec<Lost> {
        let lost = self.steps().into_iter().flat_map(Lost::with);
        let by_hand = matches!(self, Self::ByHand(_)).then_some(Lost::WorkByHand);
        lost.chain(by_hand).collect()
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lost {
    /// What was done with the account since: mails, files, sign-ins.
    WorkOfAccount,
    /// The password that was there.
    Password,
    /// What the licence's services hold.
    DataOfLicence { name: String },
    /// The group, after a time or at once.
    Group { kind: GroupKind },
    /// The mailing list, at once.
    List { kind: ListKind },
    /// The mailbox and its mails, after a time.
    Mailbox,
    /// The contact's memberships; another one is made in its place.
    Contact,
    /// The picture that the team had.
    Picture,
    /// What people changed on premises.
    WorkByHand,
    /// What another system did and cannot undo.
    Call { title: Label },
}

impl Lost {
    /// What is lost with this step.
    fn with(step: Step<'_>) -> Vec<Self> {
        match step {
            Step::Account(_, AccountStep::DeleteUser {}) => vec![Self::WorkOfAccount],
            Step::Account(_, AccountStep::ResetPassword { .. }) => vec![Self::Password],
            Step::Group(_, GroupStep::DeleteGroup { kind }) => vec![Self::Group { kind: *kind }],
            Step::Group(_, GroupStep::Team(TeamStep::SetTeamPicture(_))) => vec![Self::Picture],
            Step::List(key, ListStep::DeleteList {}) => vec![Self::List { kind: key.kind }],
            Step::Mailbox(_, MailboxStep::DeleteMailbox {}) => vec![Self::Mailbox],
            Step::Contact(_, ContactStep::DeleteContact {}) => vec![Self::Contact],
            Step::Action(_, ActionStep::Call(call)) if !call.undo => {
                let title = call.title.clone();
                vec![Self::Call { title }]
            }
            Step::Account(_, step) => of_licences(step),
            Step::Group(..)
            | Step::List(..)
            | Step::Mailbox(..)
            | Step::Contact(..)
            | Step::Action(..)
            | Step::Renewal(_) => Vec::new(),
        }
    }

    /// For whoever decides on the way back.
    pub fn words(&self, language: Language) -> String {
        let (ja, en) = match self {
            Self::DataOfLicence { name } => return data_of_licence(language, name),
            Self::WorkOfAccount => (
                "作成後にこのアカウントで行われたこと(メール、ファイルなど)は元に戻りません。削除したアカウントは、30日以内なら取消申請で復元できます。",
                "What was done with the account since (mails, files) does not come back. An application that undoes this one restores a deleted account within 30 days.",
            ),
            Self::Password => (
                "パスワードは以前のものに戻りません。取消申請もできません。必要なときは、もう一度再発行を申請してください。",
                "The password that was there does not come back, and no application undoes this. Where another one is needed, apply once more.",
            ),
            Self::List { kind } => return list(language, *kind),
            Self::Call { title } => return call(language, title),
            Self::WorkByHand => (
                "手作業で行った変更は、取消申請や補償では元に戻りません。戻すときは、元の内容への変更を申請してください。",
                "What people do by hand does not come back with an application that undoes this one: apply for a change to what was there.",
            ),
            Self::Mailbox => (
                "共有メールボックスのメールと権限も削除されます。30日以内なら取消申請で復元できます。",
                "Mails and rights of the mailbox are deleted with it. An application that undoes this one restores them within 30 days.",
            ),
            Self::Contact => (
                "削除したメール連絡先そのものは復元できません。取消申請では同じ内容で作り直します。配布グループなどへの登録は戻りません。",
                "A deleted contact does not come back. An application that undoes this one makes a like one, which is in no group that the old one was in.",
            ),
            Self::Picture => (
                "チームの画像は、変更すると以前のものに戻せません。Teams が画像を受け付けないときは、画像なしで完了します。",
                "The picture that the team had does not come back. Where Teams takes no picture, everything else is done without it.",
            ),
            Self::Group {
                kind: GroupKind::Security,
            } => (
                "セキュリティ グループは、削除するとすぐに完全に失われることがあります。ごみ箱に残っていれば、30日以内は取消申請で復元できます。",
                "A deleted security group may be gone at once. Where it lies in the recycle bin, an application that undoes this one restores it within 30 days.",
            ),
            Self::Group {
                kind: GroupKind::Microsoft365,
            } => (
                "グループのメール、ファイル、サイトも削除されます。30日以内なら取消申請で復元できます。",
                "Mails, files and the site of the group are deleted with it. An application that undoes this one restores them within 30 days.",
            ),
        };
        match language {
            Language::Ja => ja.to_owned(),
            Language::En => en.to_owned(),
        }
    }
}

/// Services that are switched off lose what they hold like licences that are taken away.
fn of_licences(step: &AccountStep) -> Vec<Lost> {
    let (give, take) = step.licences();
    let off = give.iter().flat_map(licences::switched_off);
    let names = off.chain(take.iter().map(|one| one.name.clone()));
    names.map(|name| Lost::DataOfLicence { name }).collect()
}

fn call(language: Language, title: &Label) -> String {
    let title = title.in_language(language);
    match language {
        Language::Ja => {
            format!(
                "「{title}」は、取消申請や補償では元に戻りません。相手のシステムの担当者に取消しを依頼してください。"
            )
        }
        Language::En => {
            format!("\"{title}\" does not come back: whoever runs the other system has to undo it there.")
        }
    }
}

fn list(language: Language, kind: ListKind) -> String {
    let (ja, en) = kind.words();
    match language {
        Language::Ja => format!("{ja}は、削除すると復元できません。同じアドレスで作り直すことはできます。"),
        Language::En => {
            format!("{en}: once deleted it does not come back. Another one can be made with its address.")
        }
    }
}

fn data_of_licence(language: Language, name: &str) -> String {
    match language {
        Language::Ja => {
            format!(
                "ライセンス {name} のサービスに保存されたデータは、取り外してからしばらくすると失われます。"
            )
        }
        Language::En => {
            format!(
                "Data that the services of the licence {name} hold is lost some time after it is taken away."
            )
        }
    }
}
